"""Input about helping somebody: attempts, the plan, contacts, appointments, and the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.cases.forms import OFF, TEXT
from nabij.kit.offering import offer
from nabij.notify.models import Way
from nabij.people import content as people_content
from nabij.rosters.forms import LocalMoment
from nabij.support.actions import Change
from nabij.support.content import agencies
from nabij.support.models import (
    AttemptOutcome,
    CloseReason,
    ContactKind,
    InterpreterWay,
    Outcome,
    PlanItem,
    PlanState,
    Strand,
)

YES_NO = [("", _("niet gevraagd of geen antwoord")), ("ja", _("ja")), ("nee", _("nee"))]
ANSWERS = {"": None, "ja": True, "nee": False}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={**OFF, "rows": rows})


class AttemptForm(forms.Form):
    """How somebody was tried, and how it ended."""

    way = forms.ChoiceField(
        label=_("Hoe"),
        choices=[(each.value, each.label) for each in (Way.CALL, Way.SMS, Way.APP, Way.EMAIL)],
        initial=Way.CALL,
    )
    outcome = forms.ChoiceField(
        label=_("Hoe ging het?"),
        choices=[(each.value, each.label) for each in AttemptOutcome if each != AttemptOutcome.SENT],
        widget=forms.RadioSelect,
    )


class ItemForm(forms.Form):
    """Something agreed with the person."""

    strand = forms.ChoiceField(label=_("Soort hulp"), choices=Strand.choices)
    text = forms.CharField(label=_("Wat is afgesproken?"), max_length=TEXT, widget=_area(3))
    due_on = forms.DateField(
        label=_("Uiterlijk"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ChangeForm(forms.Form):
    """One part of the plan as it becomes; the version says what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Wat is afgesproken?"), max_length=TEXT, widget=_area(3))
    state = forms.ChoiceField(label=_("Stand"), choices=PlanState.choices)
    outcome = forms.ChoiceField(
        label=_("Hoe is het nu, volgens de persoon?"),
        choices=[("", _("nog niet gevraagd")), *Outcome.choices],
        required=False,
    )
    due_on = ItemForm.base_fields["due_on"]
    reason = forms.CharField(
        label=_("Waarom niet nodig?"), max_length=TEXT, widget=_area(2), required=False,
        help_text=_("Alleen als dit niet nodig is."),
    )  # fmt: skip

    def change(self) -> Change:
        """What becomes of it."""
        clean = self.cleaned_data
        return Change(**{**clean, "state": PlanState(clean["state"])})


def change_of(item: PlanItem, text: str, reason: str) -> dict[str, Any]:
    """What stands there now, as the form shows it."""
    return {
        "version": item.version, "text": text, "state": item.state, "outcome": item.outcome,
        "due_on": item.due_on, "reason": reason,
    }  # fmt: skip


class ContactForm(forms.Form):
    """A contact with its notes."""

    kind = forms.ChoiceField(label=_("Soort contact"), choices=ContactKind.choices)
    happened_at = LocalMoment(label=_("Wanneer"))
    notes = forms.CharField(
        label=_("Aantekeningen"),
        help_text=_("Alleen wat nodig is om te helpen. Geen gegevens van anderen, geen diagnoses."),
        max_length=10 * TEXT,
        widget=_area(8),
    )


class AppointmentForm(forms.Form):
    """An agreed moment, with a recorded yes."""

    kind = forms.ChoiceField(label=_("Soort"), choices=ContactKind.choices)
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))
    second = forms.ChoiceField(label=_("Samen met"), required=False)
    interpreter = forms.ChoiceField(label=_("Tolk nodig"), required=False)
    has_agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja tegen dit moment"),
        error_messages={"required": _("Zonder ja van deze persoon maken we geen afspraak.")},
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        languages = people_content.choices("language", "nl")
        offer(self, second=[("", _("niemand")), *colleagues], interpreter=[("", _("geen tolk")), *languages])


class InterpreterForm(forms.Form):
    """The booking at an agency."""

    agency = forms.ChoiceField(label=_("Bureau"))
    way = forms.ChoiceField(label=_("Hoe doet de tolk mee?"), choices=InterpreterWay.choices)
    number = forms.CharField(
        label=_("Nummer van de boeking"),
        help_text=_("Dit nummer geeft het bureau. Noem daar een taal en een tijd, geen naam."),
        max_length=40,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, agency=[(each.key, f"{each.name}, {each.phone}") for each in agencies().values()])


class CloseForm(forms.Form):
    """Why it ends, and what the person thinks of the help."""

    reason = forms.ChoiceField(label=_("Waarom stopt de hulp?"), choices=CloseReason.choices)
    has_felt_heard = forms.TypedChoiceField(
        label=_("Voelde u zich gehoord?"),
        help_text=_("Vraag het de persoon. Niet antwoorden mag."),
        choices=YES_NO,
        coerce=ANSWERS.get,
        empty_value=None,
        required=False,
    )
    is_helped = forms.TypedChoiceField(
        label=_("Bent u geholpen?"), choices=YES_NO, coerce=ANSWERS.get, empty_value=None, required=False
    )
