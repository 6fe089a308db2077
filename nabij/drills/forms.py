"""Input for a drill: what is practised, where, from when, how fast, and who plays themselves."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Municipality
from nabij.drills.actions import DrillData
from nabij.drills.content import farthest_days, scenes, speeds
from nabij.drills.models import Practised
from nabij.kit.offering import offer
from nabij.protocols.lists import in_dutch
from nabij.rosters.forms import LocalMoment

LIVING = ("municipality", "victim_support")
GAMES = [each for each in Practised.choices if each[0] != Practised.CENTRE]


def _speed_in_words(times: int) -> str:
    return str(_("gewoon")) if times == 1 else str(_("%(times)s keer zo snel")) % {"times": times}


class DrillForm(forms.Form):
    """A new drill."""

    practised = forms.ChoiceField(label=_("Wat wilt u oefenen?"), choices=GAMES, widget=forms.RadioSelect)
    scene = forms.ChoiceField(label=_("Welk verhaal?"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("In welke gemeente?"), empty_label=None
    )
    starts_at = LocalMoment(label=_("Wanneer gebeurt het, op de klok van de oefening?"))
    played = forms.MultipleChoiceField(
        label=_("Wie speelt u zelf?"),
        help_text=_("De stappen van de anderen doet het spel."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    speed = forms.TypedChoiceField(label=_("Hoe snel loopt de klok?"), coerce=int)
    seed = forms.IntegerField(
        label=_("Nummer van het spel"),
        help_text=_("Met hetzelfde nummer gaat het spel weer precies zo."),
        min_value=1,
        max_value=999_999,
    )

    def __init__(self, *args: Any, at: datetime, municipalities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        offer(
            self,
            scene=[(each.code, str(each)) for each in scenes().values()],
            municipality=municipalities,
            played=[(side, in_dutch("org", side)) for side in LIVING],
            speed=[(each, _speed_in_words(each)) for each in speeds()],
        )

    def clean_starts_at(self) -> datetime:
        """A day not too far from today, before or after: further away calendars end."""
        moment: datetime = self.cleaned_data["starts_at"]
        if abs(moment - self.at).days > farthest_days():
            raise forms.ValidationError(_("Deze dag ligt te ver weg. Kies een dag dichter bij vandaag."))
        return moment

    def data_of(self) -> DrillData:
        """The drill as its action takes it."""
        told = self.cleaned_data
        return DrillData(
            **{**told, "practised": Practised(told["practised"]), "played": tuple(told["played"])}
        )


class CentreDrillForm(forms.Form):
    """A centre to drill: what happened, and where."""

    scene = forms.ChoiceField(label=_("Welk verhaal?"), widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("In welke gemeente?"), empty_label=None
    )

    def __init__(self, *args: Any, municipalities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        told = [(each.code, str(each)) for each in scenes().values() if each.is_for_centre]
        offer(self, scene=told, municipality=municipalities)

    def data_of(self, at: datetime) -> DrillData:
        """The drill as its action takes it; it begins now, on the real clock."""
        return DrillData(Practised.CENTRE, starts_at=at, **self.cleaned_data)
