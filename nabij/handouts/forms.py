"""What is filled in for a step, with what is known already; and how many are printed, in which languages."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.flyers.content import Template, field_facts, languages
from nabij.flyers.forms import FillForm
from nabij.kit.offering import offer

DOORS, COPIES = "doors", "copies"
MOST_COPIES = 20_000


class HandoutForm(FillForm):
    """The words of a template, filled in from the event, the municipality and the doors."""

    def __init__(self, *args: Any, template: Template, known: Mapping[str, str], **options: Any) -> None:
        kinds = field_facts()
        initial = {word: _as_typed(kinds[word]["kind"], text) for word, text in known.items()}
        super().__init__(*args, template=template, texts={}, initial=initial, **options)
        del self.fields["languages"]


def _as_typed(kind: str, text: str) -> str | date | datetime:
    if kind == "day":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "moment" else text


class PrintForm(forms.Form):
    """In which languages; to each address of the door list, or a number of copies."""

    languages = forms.MultipleChoiceField(label=_("In welke talen?"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("Voor wie?"), widget=forms.RadioSelect)
    copies = forms.IntegerField(label=_("Hoeveel stuks?"), min_value=1, max_value=MOST_COPIES, required=False)

    def __init__(self, *args: Any, printable: Collection[str], addresses: int, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = languages()
        offer(self, languages=[(each, shown[each]) for each in shown if each in printable])
        self.fields["languages"].initial = ["nl"]
        if addresses:
            self.fields["to"].initial = DOORS
            to = _("Een brief aan elk adres van de deurlijst (%(number)s)") % {"number": addresses}
            offer(self, to=[(DOORS, to), (COPIES, _("Een aantal zonder adres"))])
        else:
            del self.fields["to"]
            self.fields["copies"].required = True

    def clean(self) -> dict[str, Any]:
        """A number when it does not go to addresses."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("to") == COPIES and not told.get("copies") and "copies" not in self.errors:
            self.add_error("copies", _("Vul in hoeveel er geprint worden."))
        return told
