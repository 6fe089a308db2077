"""What is typed at the door of the closed part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.closed_part.content import limit, questions, reasons
from nabij.closed_part.models import GROUPS, AgeClass, CodeSource, Relation
from nabij.kit.offering import offer

LINE, NOTE = 120, 1000
EMPTY = [("", _("Kies uit de lijst"))]


class CodeForm(forms.Form):
    """A code that was handed over; the age only when it was not told yet."""

    code = forms.CharField(
        label=_("Uw code"),
        help_text=_("Acht tekens op het papier dat u kreeg. Een streepje hoeft niet."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Vul de code in.")},
    )
    age_class = forms.ChoiceField(label=_("Hoe oud bent u?"), required=False)

    def __init__(self, *given: Any, asks_age: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if asks_age:
            offer(self, age_class=EMPTY + [*AgeClass.choices])
        else:
            del self.fields["age_class"]


class AskedField(forms.MultipleChoiceField):
    """Questions that were asked: needed for a call only, so the action says when one is missing."""

    def validate(self, value: list[str]) -> None:
        """Known questions; none is for the action to judge."""
        if value:
            super().validate(value)


class NoteBox(forms.Textarea):
    """A place for words that are needed for one of the two buttons below it."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the browser does not know which button will be pressed."""
        return False


class NoteField(forms.CharField):
    """Why somebody belongs here: needed when two people decide, so the action says when it is missing."""

    widget = NoteBox

    def validate(self, value: str) -> None:
        """Whatever was written; nothing is for the action to judge."""


class FoundForm(forms.Form):
    """What a registrar found out on the phone or otherwise."""

    relation = forms.ChoiceField(label=_("Hoort erbij als"))
    age_class = forms.ChoiceField(label=_("Hoe oud is deze persoon?"), required=False)
    guardian_says_yes = forms.BooleanField(
        label=_("De ouder of verzorger zei ja"),
        help_text=_("Alleen nodig als iemand jonger is dan 16. Bel die ouder zelf."),
        required=False,
    )
    asked = AskedField(
        label=_("Wat vroeg u?"),
        help_text=_("Nodig als u belde: kruis minstens één vraag aan."),
        widget=forms.CheckboxSelectMultiple,
        choices=questions,
    )
    note = NoteField(
        label=_("Toelichting"),
        help_text=_("Nodig als u met twee mensen beslist: waarom hoort deze persoon erbij? Kort en zonder "
                    "medische details."),
        max_length=NOTE,
        widget=NoteBox(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *given: Any, asks_age: bool, is_young: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, relation=EMPTY + [*Relation.choices], age_class=EMPTY + [*AgeClass.choices])
        if not asks_age:
            del self.fields["age_class"]
        if not asks_age and not is_young:
            del self.fields["guardian_says_yes"]


class RefuseForm(forms.Form):
    """Why somebody is not, or no longer, inside."""

    reason = forms.ChoiceField(label=_("Reden"))
    note = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Alleen voor collega's."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat er is gebeurd.")},
    )

    def __init__(self, *given: Any, needs_note: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, reason=EMPTY + reasons())
        self.fields["note"].required = needs_note


class CodesForm(forms.Form):
    """For which organisation, for whom and how many."""

    source = forms.ChoiceField(label=_("Voor welke organisatie?"), choices=CodeSource.choices)
    relation = forms.ChoiceField(label=_("Voor wie?"), choices=[(each.value, each.label) for each in GROUPS])
    number = forms.IntegerField(label=_("Hoeveel codes?"), min_value=1)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        number = self.fields["number"]
        number.widget.attrs["max"] = limit("most_codes")
