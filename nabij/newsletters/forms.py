"""The forms around a centre: SIS, a question with its answer, one more language, where it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, Language
from nabij.centres.norms import norms
from nabij.centres.queries import commissioning_organisations
from nabij.incidents.fields import PlainText
from nabij.kit.offering import offer
from nabij.newsletters.actions import Where
from nabij.newsletters.models import CentrePlace, Mode
from nabij.notify.contact_rules import DAYS


class SisForm(forms.Form):
    """Who decided that SIS is on."""

    decided_by = forms.ModelChoiceField(label=_("Wie besloot dit?"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, centre: AdviceCentre, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, decided_by=commissioning_organisations(centre.incident))


class QuestionForm(forms.Form):
    """A question and its answer."""

    question = PlainText(label=_("Vraag"), most=200)
    answer = PlainText(
        label=_("Antwoord"), most=norms().most_characters, widget=forms.Textarea(attrs={"rows": 8})
    )


class LanguageForm(forms.Form):
    """One more language for the page."""

    language = forms.ChoiceField(
        label=_("Taal"), choices=[each for each in Language.choices if each[0] not in BASE_LANGUAGES]
    )


_CLOCK = {"type": "time"}


class PlaceForm(forms.Form):
    """Where the centre is: online, or a building with its hours, how one gets in, and who speaks what."""

    mode = forms.ChoiceField(
        label=_("Hoe is het IAC er voor mensen?"), choices=Mode.choices, widget=forms.RadioSelect,
        help_text=_("Bij een plek vult u ook gebouw, adres, dagen, uren en talen in."),
    )  # fmt: skip
    name = PlainText(
        label=_("Gebouw"), most=120, required=False, help_text=_("Bijvoorbeeld: Wijkhuis De Meent")
    )
    address = PlainText(
        label=_("Adres van het gebouw"), most=200, required=False,
        help_text=_("Alleen het adres van het centrum, nooit dat van een mens."),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Open op"), choices=list(enumerate(DAYS, start=1)), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opens = forms.TimeField(label=_("Open vanaf"), required=False, widget=forms.TimeInput(_CLOCK, "%H:%M"))
    closes = forms.TimeField(label=_("Open tot"), required=False, widget=forms.TimeInput(_CLOCK, "%H:%M"))
    route = PlainText(
        label=_("Route"), most=300, required=False,
        help_text=_("Bus, parkeren, welke ingang. Dit staat in elke taal zoals u het hier schrijft."),
    )  # fmt: skip
    is_step_free = forms.BooleanField(label=_("Toegankelijk met een rolstoel"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Talen aan de balie"), choices=Language.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = PlainText(label=_("Waarom?"), most=500, widget=forms.Textarea(attrs={"rows": 2}))
    known = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(place: CentrePlace | None) -> dict[str, Any]:
        """What the form shows first: the decision that counts now."""
        if place is None:
            return {"mode": Mode.ONLINE, "known": 0}
        names = ("mode", *Where.__dataclass_fields__)
        return {"known": place.number, **{name: getattr(place, name) for name in names}}

    def clean(self) -> dict[str, Any]:
        """A place says where, when and in which languages; online says none of it."""
        clean = super().clean() or {}
        if clean.get("mode") in (None, "", Mode.ONLINE):
            return clean
        wanting = {
            "name": _("Schrijf op in welk gebouw."),
            "address": _("Schrijf het adres van het gebouw op."),
            "weekdays": _("Kies de dagen waarop het open is."),
            "opens": _("Vul een tijd in, bijvoorbeeld 09:00."),
            "closes": _("Vul een tijd in, bijvoorbeeld 17:00."),
            "languages": _("Kies ten minste één taal."),
        }
        for field, message in wanting.items():
            if field not in self.errors and not clean.get(field):
                self.add_error(field, message)
        if clean.get("opens") and clean.get("closes") and clean["closes"] <= clean["opens"]:
            self.add_error("closes", _("Het centrum sluit na het opengaat. Kies een later uur."))
        return clean

    def where(self) -> Where | None:
        """The place, or nothing when the centre is only online."""
        clean = self.cleaned_data
        if clean["mode"] == Mode.ONLINE:
            return None
        return Where(
            name=clean["name"], address=clean["address"], weekdays=tuple(clean["weekdays"]),
            opens=clean["opens"], closes=clean["closes"], languages=tuple(clean["languages"]),
            route=clean["route"], is_step_free=clean["is_step_free"],
        )  # fmt: skip
