"""Input of working groups: how one begins, who joins, and what is said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.kit.offering import offer
from nabij.protocols.examples import examples
from nabij.protocols.forms import NO_NAMES

LONGEST = 1000


def _example_choices() -> list[tuple[str, str]]:
    return [(code, f"{code} {plan.title_nl}") for code, plan in examples().items()]


class GroupForm(forms.Form):
    """A working group: its name, and the example that it starts from."""

    name = forms.CharField(label=_("Naam van de werkgroep"), max_length=80)
    code = forms.ChoiceField(label=_("Met welk voorbeeld begint u?"), choices=_example_choices)


class InviteForm(forms.Form):
    """Which municipality joins."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Welke gemeente doet mee?"))

    def __init__(self, *given: Any, others: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, organisation=others)


class SayForm(forms.Form):
    """A remark or a decision about a step, or about the whole plan."""

    step_id = forms.ChoiceField(label=_("Over welke stap?"), required=False)
    kind = forms.ChoiceField(
        label=_("Wat wilt u opschrijven?"),
        choices=[("remark", _("Een opmerking")), ("decision", _("Een besluit van de groep"))],
        widget=forms.RadioSelect,
        initial="remark",
    )
    text = forms.CharField(
        label=_("Tekst"), max_length=LONGEST, help_text=NO_NAMES, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *given: Any, steps: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, step_id=[("", _("Het hele stappenplan")), *steps])
