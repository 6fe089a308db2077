"""Input for the two hours and the years of a centre."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.kit.offering import offer
from nabij.openings.content import closing_norm, seat_choices
from nabij.rosters.forms import LocalMoment

LINE, TEXT = 120, 2000
_DAY = {"type": "date"}


class DayField(forms.DateField):
    """A day, as browsers send it."""

    widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class HeardForm(forms.Form):
    """What somebody heard or saw at a test, and whether it works."""

    heard = _text(_("Wat hoorde of zag u?"), rows=2, help_text=_("Geen namen van mensen die bellen."))
    works = forms.ChoiceField(
        label=_("Werkt het?"), choices=[("yes", _("Ja")), ("no", _("Nee"))], widget=forms.RadioSelect
    )

    def works_well(self) -> bool:
        """Whether the answer was yes."""
        return bool(self.cleaned_data["works"] == "yes")


class ReasonForm(forms.Form):
    """Why."""

    reason = _text(_("Waarom?"))


class SeatForm(forms.Form):
    """Which seat, and who: a colleague, or the name of somebody from outside; from when till when."""

    seat = forms.ChoiceField(label=_("Welke plaats?"), choices=seat_choices)
    membership = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Wie?"), required=False, empty_label=_("Iemand van buiten")
    )
    outsider = forms.CharField(label=_("Naam van iemand van buiten"), max_length=LINE, required=False)
    starts_at = LocalMoment(label=_("Van"), required=False, help_text=_("Leeg: vanaf nu."))
    ends_at = LocalMoment(label=_("Tot"), required=False)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, membership=people)

    def clean(self) -> dict[str, Any]:
        """Somebody sits there, one person, and the end lies after the beginning."""
        clean = super().clean() or {}
        has_colleague, has_name = bool(clean.get("membership")), bool(clean.get("outsider"))
        if has_colleague == has_name and "membership" not in self.errors:
            self.add_error("outsider", _("Kies een collega, of schrijf één naam op."))
        start, end = clean.get("starts_at"), clean.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("Het einde ligt voor het begin. Kies een later moment."))
        return clean

    def who(self) -> Membership | str:
        """The colleague, or the name."""
        chosen: Membership | str = self.cleaned_data["membership"] or self.cleaned_data["outsider"]
        return chosen


class PhaseForm(forms.Form):
    """Which phase begins, and why."""

    phase = forms.ChoiceField(label=_("Welke fase begint?"))
    reason = _text(_("Waarom?"))

    def __init__(self, *args: Any, phases: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, phase=phases)


class VisitsForm(forms.Form):
    """How many visits in a week, and who counted."""

    day = DayField(label=_("Een dag in die week"))
    visits = forms.IntegerField(label=_("Hoeveel bezoeken?"), min_value=0)
    source = forms.CharField(label=_("Wie telde dat?"), max_length=LINE)

    def clean_visits(self) -> int:
        """Not more than can be."""
        number: int = self.cleaned_data["visits"]
        if number > closing_norm("most_visits"):
            raise forms.ValidationError(_("Dit getal is te groot."))
        return number


class ProposalForm(forms.Form):
    """What nobody can count, and why the centre may close."""

    council_on = DayField(label=_("Wanneer is de raad van getroffenen gevraagd?"), required=False)
    contact_point = forms.CharField(
        label=_("Waar kunnen mensen daarna terecht?"),
        help_text=_("Een naam van een loket en een nummer. Dit komt op de site."),
        max_length=160,
        required=False,
    )
    inquiry = _text(_("Wie let op de dagen van onderzoek en rechtszaak?"), rows=2, required=False)
    reason = _text(_("Waarom kan het centrum sluiten?"), rows=2, required=False)


class AnnounceForm(forms.Form):
    """The last day, and where people can go then."""

    ends_on = DayField(label=_("Laatste dag"))
    contact_point = forms.CharField(label=_("Waar kunnen mensen daarna terecht?"), max_length=160)

    def __init__(self, *args: Any, earliest: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.earliest = earliest
        self.fields["ends_on"].widget.attrs["min"] = earliest.isoformat()

    def clean_ends_on(self) -> date:
        """Three months ahead at least."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.earliest:
            raise forms.ValidationError(_("De laatste dag is op zijn vroegst over drie maanden."))
        return day


class LessonForm(forms.Form):
    """One line of the evaluation."""

    text = _text(_("Wat leerden we?"), rows=2)


class TakenUpForm(forms.Form):
    """Which version of the template holds it."""

    version = forms.CharField(label=_("In welke versie van het sjabloon?"), max_length=20)


class ReadyForm(forms.Form):
    """Since which day it is ready."""

    done_on = DayField(label=_("Gereed op"))
