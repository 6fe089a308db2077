"""What happened, where, when and to how many."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.guide import topics
from nabij.incidents.fields import (
    SUMMER,
    WINTER,
    CountField,
    LocalMomentField,
    MunicipalitiesField,
    PlainText,
    TwoHours,
    in_amsterdam,
)
from nabij.kit.clock import local

_HOURS = [(SUMMER, _("Het eerste uur (zomertijd)")), (WINTER, _("Het tweede uur (wintertijd)"))]
_PLACE_HINT = _("Zonder huisnummer van mensen die het meemaakten. Bijvoorbeeld de straat, of een sporthal.")
_WORDS_FOR_PLACES = {
    "required": _("Kies de gemeente."),
    "invalid_choice": _("Deze gemeente kennen wij niet. Kies een gemeente uit de lijst."),
}


class EventForm(forms.Form):
    """What happened, where, when and to how many: shared by asking for help and changing the facts."""

    topic = forms.ChoiceField(
        label=_("Wat is er gebeurd?"),
        error_messages={
            "required": _("Kies wat er is gebeurd."),
            "invalid_choice": _("Kies een soort gebeurtenis uit de lijst."),
        },
    )
    district = PlainText(label=_("Stadsdeel of wijk"), most=120, required=False)
    place = PlainText(label=_("Straat of plek"), most=200, required=False, help_text=_PLACE_HINT)
    happened_at = LocalMomentField(
        label=_("Wanneer?"), required=False, help_text=_("Nederlandse tijd. Leeg betekent: nu.")
    )
    which_hour = forms.ChoiceField(
        label=_("Welk uur?"), required=False, choices=_HOURS, widget=forms.HiddenInput
    )
    people = CountField(_("Hoeveel mensen?"), help_text=_("Een schatting is goed. Leeg: nog niet bekend."))
    injured = CountField(_("Gewonden"))
    dead = CountField(_("Overledenen"))
    homes = CountField(_("Woningen waar niemand kan blijven"))
    children = CountField(_("Kinderen"))

    def __init__(self, data: Any = None, *, at: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        self.at = self.when_empty = at
        topic = forms.ChoiceField(
            label=self.base_fields["topic"].label,
            choices=[("", _("Kies of zoek")), *topics.choices()],
            widget=forms.Select(attrs={"data-searchable": ""}),
            error_messages=self.base_fields["topic"].error_messages,
        )
        self._places = MunicipalitiesField(
            local(at).date(),
            label=_("In welke gemeente?"),
            help_text=_("Meer dan een gemeente mag."),
            widget=forms.SelectMultiple(attrs={"size": 6, "data-searchable": ""}),
            error_messages=_WORDS_FOR_PLACES,
        )
        self.fields.update({"topic": topic, "municipalities": self._places})
        self.order_fields(["urgency", "topic", "municipalities", "district", "place"])

    @property
    def remarks_on_input(self) -> list[str]:
        """What Nabij changed in the input: municipalities that took over from one that no longer exists."""
        text = str(_("Een gekozen gemeente bestaat niet meer. Wij gebruiken nu %(name)s."))
        return [text % {"name": name} for name in self._places.successors]

    def clean(self) -> dict[str, Any]:
        """Place the clock time in Amsterdam, and compare the counts."""
        cleaned = super().clean() or {}
        if "happened_at" in cleaned:
            self._clean_moment(cleaned)
        people, children = cleaned.get("people"), cleaned.get("children")
        if people is not None and children is not None and children > people:
            text = _("Dit zijn meer kinderen dan mensen. Tel de kinderen ook mee bij de mensen.")
            self.add_error("children", text)
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned["happened_at"]
        if typed is None:
            cleaned["happened_at"] = self.when_empty
            return
        try:
            cleaned["happened_at"] = in_amsterdam(typed, self.at, cleaned.get("which_hour", ""))
        except TwoHours:
            self.fields["which_hour"].widget = forms.RadioSelect(choices=_HOURS)
            self.add_error("which_hour", _("Die nacht kwam dit uur twee keer. Kies welk uur u bedoelt."))
        except forms.ValidationError as error:
            self.add_error("happened_at", error)
