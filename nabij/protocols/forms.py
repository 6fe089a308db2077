"""Input about protocols: a step without code, a file, a yes or no."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.protocols.editing import Change, change_of
from nabij.protocols.lists import codes, in_dutch, roles
from nabij.protocols.plan import Owner, Step
from nabij.protocols.reading import LARGEST
from nabij.protocols.units import UNITS

REASON = 500
NEVER_COUNTED = ("told", "standing")
NO_NAMES = _("Schrijf geen namen op van mensen die iets meemaakten.")
_LAST = {
    "minutes": 1440, "hours": 1000, "days": 1000, "working_days": 60, "weeks": 200, "months": 60, "years": 10,
}  # fmt: skip


def _owner_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    words = {
        org: [
            (f"{org}:{word}", f"{in_dutch('org', org)}, {role.nl}")
            for word, role in roles().items()
            if org in role.orgs
        ]
        for org in codes("org")
    }
    return [(in_dutch("org", org), offered) for org, offered in words.items() if offered]


class StepForm(forms.Form):
    """When a step is due, between which hours, who does it, whether it is on; and why it changes."""

    is_on = forms.BooleanField(label=_("Deze stap hoort bij ons protocol"), required=False)
    number = forms.IntegerField(
        label=_("Binnen hoeveel?"), min_value=0, error_messages={"min_value": _("Kies 0 of meer.")}
    )
    unit = forms.ChoiceField(label=_("Minuten, uren of dagen?"), choices=UNITS)
    window_from = forms.TimeField(
        label=_("Niet vóór"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Laat leeg als het op elk uur mag."),
    )  # fmt: skip
    window_to = forms.TimeField(
        label=_("Niet na"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    owner = forms.ChoiceField(label=_("Wie doet het?"), choices=_owner_choices)
    reason = forms.CharField(
        label=_("Waarom wijzigt u dit?"), max_length=REASON, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *given: Any, step: Step, is_on: bool, **named: Any) -> None:
        self.now = change_of(step, is_on=is_on)
        begin, end = self.now.window.split("-") if self.now.window else ("", "")
        initial = {
            "is_on": is_on, "number": self.now.number, "unit": self.now.unit, "window_from": begin,
            "window_to": end, "owner": f"{step.owner.org}:{step.owner.role}",
        }  # fmt: skip
        super().__init__(*given, **{"initial": initial, **named})
        if step.due.start in NEVER_COUNTED:
            del self.fields["number"], self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        """The number fits its unit, and the hours have a begin and a later end."""
        clean = super().clean() or {}
        most = _LAST.get(clean.get("unit", ""), 0)
        if clean.get("number") and clean["number"] > most:
            self.add_error("number", _("Dit is te lang. Kies hoogstens %(most)s.") % {"most": most})
        begin, end = clean.get("window_from"), clean.get("window_to")
        if (begin is None) != (end is None):
            self.add_error("window_to", _("Vul beide tijden in, of geen van beide."))
        elif begin and end and end <= begin:
            self.add_error("window_to", _("Deze tijd ligt voor het begin. Kies een later uur."))
        return clean

    def change(self) -> Change:
        """What was typed, as one value."""
        clean = self.cleaned_data
        org, role = clean["owner"].split(":")
        return Change(
            number=clean.get("number", self.now.number),
            unit=clean.get("unit", self.now.unit),
            window=_window(clean["window_from"], clean["window_to"]),
            owner=Owner(org=org, role=role),
            is_on=clean["is_on"],
            reason=clean["reason"],
        )


def _window(begin: time | None, end: time | None) -> str | None:
    return f"{begin:%H:%M}-{end:%H:%M}" if begin and end else None


class ImportForm(forms.Form):
    """A protocol as a file."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een protocol dat u eerder hier opsloeg (.toml)."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def clean_file(self) -> Any:
        """Not too large, and text."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Dit bestand is te groot. Een protocol is hoogstens 200 kB."))
        try:
            self.text = file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Dit bestand is geen tekst. Kies een .toml-bestand.")) from error
        return file


class AnswerForm(forms.Form):
    """Yes, or no with what should be different."""

    answer = forms.ChoiceField(
        label=_("Geeft u akkoord?"),
        choices=[("yes", _("Ja, wij gaan akkoord")), ("no", _("Nee, dit moet anders"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Wat moet er anders?"), max_length=REASON, required=False, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A no says what should be different."""
        clean = super().clean() or {}
        if clean.get("answer") == "no" and not clean.get("reason"):
            self.add_error("reason", _("Schrijf op wat er anders moet. Dan kan de ander het aanpassen."))
        return clean


class WrittenForm(forms.Form):
    """Which function at the party agreed in writing, and when."""

    job_title = forms.CharField(
        label=_("Welke functie gaf akkoord?"), max_length=120, help_text=_("De functie, niet de naam.")
    )
    agreed_on = forms.DateField(
        label=_("Op welke dag?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_agreed_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies vandaag of eerder."))
        return day
