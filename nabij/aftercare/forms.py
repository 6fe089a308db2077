"""Input of who carries aftercare out; nowhere a field for a name of somebody hit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.aftercare.evidence import LONGEST, MOST
from nabij.aftercare.plans import choices_of, kind_of, orgs, question_of
from nabij.kit.offering import offer
from nabij.protocols.plan import Asked, Step
from nabij.rosters.forms import LocalMoment

REASON = 300
YES_NO = [("", _("Kies uit de lijst")), ("yes", _("Ja")), ("no", _("Nee"))]


class YesNo(forms.TypedChoiceField):
    """A question that is answered with yes or no; not answered is no answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, **options)


def _field(asked: Asked) -> forms.Field:
    """The field for one thing that is written down."""
    common: dict[str, Any] = {"label": asked.label_nl, "required": asked.is_required}
    if asked.kind == "number":
        return forms.IntegerField(min_value=0, max_value=MOST, **common)
    if asked.kind == "moment":
        return LocalMoment(**common)
    if asked.kind == "day":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if asked.kind == "yes_no":
        return YesNo(**common)
    if asked.kind == "choice":
        choices = [("", _("Kies uit de lijst")), *((each.code, each.label_nl) for each in asked.choices)]
        return forms.ChoiceField(choices=choices, **common)
    return forms.CharField(max_length=LONGEST, help_text=_("Kort. Schrijf geen namen op."), **common)


class EvidenceForm(forms.Form):
    """What the plan asks to write down when this step is done."""

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        super().__init__(*args, **options)
        for asked in step.evidence.fields:
            self.fields[asked.name] = _field(asked)


class SkipForm(forms.Form):
    """Why a step is not done."""

    reason = forms.CharField(
        label=_("Waarom slaat u deze stap over?"),
        max_length=REASON,
        required=False,
        help_text=_("Kort. Schrijf geen namen op."),
    )


class CloseForm(forms.Form):
    """Why aftercare ends while steps are still to be done."""

    reason = forms.CharField(
        label=_("Waarom sluit u af?"),
        max_length=REASON,
        required=False,
        help_text=_("Alleen nodig als er nog stappen te doen zijn. Schrijf geen namen op."),
    )


class HandForm(forms.Form):
    """A colleague, or another organisation: one of both."""

    colleague = forms.ModelChoiceField(Membership.objects.none(), label=_("Een collega"), required=False)
    org = forms.ChoiceField(label=_("Of een andere organisatie"), required=False)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, colleague=people, org=[("", _("Kies uit de lijst")), *orgs()])

    def clean(self) -> dict[str, Any]:
        """Exactly one of both."""
        clean = super().clean() or {}
        if bool(clean.get("colleague")) == bool(clean.get("org")) and not self.errors:
            self.add_error("colleague", _("Kies een collega, of een organisatie."))
        return clean


class StartForm(forms.Form):
    """From which moment a step counts."""

    moment = LocalMoment(label=_("Welke dag en hoe laat?"))


class FactForm(forms.Form):
    """What steps depend on: yes or no, a number, or a choice."""

    def __init__(self, *args: Any, names: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in names:
            self.fields[name] = _asked(name)


def _asked(name: str) -> forms.Field:
    """The field for one fact; nobody has to know it yet."""
    common: dict[str, Any] = {"label": question_of(name), "required": False}
    if kind_of(name) == "number":
        return forms.IntegerField(min_value=0, max_value=MOST, **common)
    if kind_of(name) == "choice":
        choices = [("", _("Kies uit de lijst")), *choices_of(name)]
        return forms.TypedChoiceField(choices=choices, empty_value=None, **common)
    return YesNo(**common)


class HouseholdForm(forms.Form):
    """Which household, by number or label, and who is there for it."""

    label = forms.CharField(
        label=_("Huishouden"),
        max_length=40,
        help_text=_("Een nummer of een woord, zoals huishouden 3. Geen naam."),
    )
    contact = forms.ModelChoiceField(Membership.objects.none(), label=_("Contactpersoon van de gemeente"))
    address = forms.CharField(
        label=_("Adres"),
        max_length=120,
        required=False,
        help_text=_("Niet nodig. Wat u invult, wordt versleuteld bewaard."),
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, contact=people)
