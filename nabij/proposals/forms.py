"""Input for a roster that is to be made, and for a place in it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from nabij.kit.offering import offer
from nabij.proposals.queries.places import Option
from nabij.proposals.rules import norms


class ProposalForm(forms.Form):
    """From which Monday, how many weeks, and how long the search may last."""

    starts_on = forms.DateField(
        label=_("Eerste dag"),
        help_text=_("Een maandag."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    weeks = forms.IntegerField(label=_("Hoeveel weken?"), min_value=1)
    seconds = forms.TypedChoiceField(
        label=_("Hoe lang mag de computer rekenen?"), coerce=int,
        help_text=_("Langer rekenen geeft een betere verdeling."),
    )  # fmt: skip
    is_roster_changeable = forms.BooleanField(
        label=_("Diensten die al in het rooster staan, mogen naar iemand anders"),
        help_text=_("Zo weinig mogelijk. Bevestigde diensten blijven altijd staan."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        most = norms()["weeks_at_most"]
        self.fields["weeks"].validators.append(MaxValueValidator(most))
        seconds = [
            (each, _("%(seconds)s seconden") % {"seconds": each}) for each in norms()["seconds_choices"]
        ]
        offer(self, seconds=seconds)

    def clean(self) -> dict[str, Any]:
        """A roster begins on a Monday; its last day follows from the weeks."""
        clean = super().clean() or {}
        first, weeks = clean.get("starts_on"), clean.get("weeks")
        if first and first.weekday() != 0:
            self.add_error("starts_on", _("Dit is geen maandag. Kies een maandag."))
        if first and weeks:
            clean["ends_on"] = first + timedelta(days=7 * weeks - 1)
        return clean


class PlaceForm(forms.Form):
    """Who gets a place."""

    membership = forms.ChoiceField(label=_("Wie zet u hier vast?"))

    def __init__(self, *args: Any, options_of_place: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self,
            membership=[
                (str(each.membership.pk), each.membership.user.name)
                for each in options_of_place
                if each.is_allowed
            ],
        )
