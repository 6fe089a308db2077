"""Input of a signal, a decision and a result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Municipality
from nabij.kit.offering import offer
from nabij.notify.addresses import LONGEST_PHONE, normal_phone
from nabij.signals.content import routes, subjects
from nabij.signals.models import SignalKind

OFF = {"autocomplete": "off"}


class SignalForm(forms.Form):
    """What was noticed; the last three only for one person who said yes."""

    kind = forms.ChoiceField(
        label=_("Over wie gaat het?"), choices=SignalKind.choices, widget=forms.RadioSelect
    )
    subject = forms.ChoiceField(label=_("Waarover?"), choices=subjects)
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"))
    area = forms.CharField(
        label=_("Welke plek of buurt?"), max_length=120, required=False, widget=forms.TextInput(OFF)
    )
    text = forms.CharField(
        label=_("Wat ziet u?"),
        help_text=_("Geen namen, geen nummers, niets over hoe gezond iemand is."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={**OFF, "rows": 4}),
    )
    name = forms.CharField(
        label=_("Naam, als deze persoon ja zegt"), max_length=120, required=False, widget=forms.TextInput(OFF)
    )
    phone = forms.CharField(
        label=_("Telefoon"), max_length=LONGEST_PHONE, required=False, widget=forms.TextInput(OFF)
    )
    has_agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja: Slachtofferhulp mag bellen"), required=False
    )

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=places)

    def clean_phone(self) -> str:
        """The number as +31..., or nothing."""
        typed: str = self.cleaned_data["phone"]
        found = normal_phone(typed) if typed else ""
        if found is None:
            raise forms.ValidationError(_("Dit is geen telefoonnummer. Kijk het nummer na."))
        return found

    def clean(self) -> dict[str, Any]:
        """A name stands here only together with a yes."""
        clean = super().clean() or {}
        if clean.get("name") and not clean.get("has_agreed"):
            self.add_error("name", _("Zonder ja van deze persoon schrijven we geen naam op."))
        if clean.get("kind") == SignalKind.PERSON and clean.get("has_agreed") and not clean.get("name"):
            self.add_error("name", _("Vul in hoe deze persoon heet."))
        return clean


class RouteForm(forms.Form):
    """What one's own side wants to do."""

    route = forms.ChoiceField(label=_("Wat wilt u doen?"), choices=routes, widget=forms.RadioSelect)


class ReachedForm(forms.Form):
    """How many were reached."""

    reached = forms.IntegerField(label=_("Hoeveel mensen zijn bereikt?"), min_value=0, max_value=100_000)
