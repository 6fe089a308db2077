"""Input of the GGD and the core team."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.academy.catalogue import modules
from nabij.accounts.models import Membership
from nabij.kit.offering import offer
from nabij.psh.content import task_choices
from nabij.psh.models import MeetingFor
from nabij.rosters.forms import LocalMoment

LINE, TEXT = 120, 4000


def _module_choices() -> list[tuple[str, str]]:
    return [(code, str(each.name)) for code, each in modules().items()]


class StaffForm(forms.Form):
    """For what, how many, which courses besides, where and when."""

    task = forms.ChoiceField(label=_("Waarvoor?"), choices=task_choices)
    number = forms.IntegerField(label=_("Hoeveel medewerkers?"), min_value=1, max_value=200)
    modules = forms.MultipleChoiceField(
        label=_("Welke opleiding is er nog meer nodig?"),
        choices=_module_choices,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    where = forms.CharField(label=_("Waar?"), max_length=LINE)
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        clean = super().clean() or {}
        start: datetime | None = clean.get("starts_at")
        end: datetime | None = clean.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("Het einde ligt voor het begin. Kies een later moment."))
        return clean


class AdviceForm(forms.Form):
    """What was asked and what was advised."""

    question = forms.CharField(
        label=_("Wat was de vraag?"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    advice = forms.CharField(
        label=_("Wat hebt u geadviseerd?"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class PlanForm(forms.Form):
    """The whole plan, as a new version."""

    text = forms.CharField(
        label=_("Nazorgplan"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )


class ContactForm(forms.Form):
    """Which family, and who is its contact person."""

    family = forms.RegexField(
        r"^[A-Z]\d{1,4}$",
        label=_("Gezin"),
        help_text=_("Een letter en een getal, zoals G3. Geen naam."),
        error_messages={"invalid": _("Schrijf een letter en een getal, zoals G3.")},
    )
    contact = forms.ModelChoiceField(Membership.objects.none(), label=_("Contactpersoon"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, contact=people)


class MeetingForm(forms.Form):
    """For whom, where and when."""

    audience = forms.ChoiceField(label=_("Voor wie?"), choices=MeetingFor.choices)
    where = forms.CharField(label=_("Waar?"), max_length=LINE)
    starts_at = LocalMoment(label=_("Wanneer?"))


class ShelterForm(forms.Form):
    """How many people are in the shelter now."""

    people = forms.IntegerField(label=_("Hoeveel mensen zijn er nu?"), min_value=0, max_value=100_000)
    is_rehousing_decided = forms.BooleanField(
        label=_("Er is besloten waar deze mensen gaan wonen"), required=False
    )
