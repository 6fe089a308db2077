"""Input for waves: one report, and a circle of addresses."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Municipality
from nabij.campaigns.actions import ReportData
from nabij.campaigns.content import kinds
from nabij.cases.forms import day
from nabij.kit.offering import offer


class ReportForm(forms.Form):
    """A burglary or scam that was reported to the police."""

    kind = forms.ChoiceField(label=_("Wat is er gebeurd?"), widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"), empty_label=None)
    area = forms.CharField(
        label=_("Buurt of wijk"),
        max_length=80,
        required=False,
        help_text=_("Geen straat en geen huisnummer."),
    )
    happened_on = day(_("Wanneer gebeurde het?"))
    is_attempt = forms.BooleanField(label=_("Het bleef bij een poging"), required=False)
    wants_contact = forms.BooleanField(
        label=_("Deze persoon wil contact met Slachtofferhulp"), required=False,
        help_text=_("De naam stuurt u apart met ‘Verwijzen’. Hier tellen we alleen."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Adres"), max_length=120, required=False,
        help_text=_("We bewaren het adres niet. We zien alleen of hier eerder iets gebeurde."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=places, kind=[(each.code, str(each)) for each in kinds().values()])

    def data_of(self) -> ReportData:
        """The report as its action takes it."""
        return ReportData(**self.cleaned_data)


class AddressesForm(forms.Form):
    """A circle around a burglary: the addresses that get a letter."""

    kind = forms.ChoiceField(label=_("Brief over"), widget=forms.RadioSelect)
    addresses = forms.CharField(
        label=_("Adressen"), widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        help_text=_("Elk adres op een regel: straat en huisnummer. Geen namen."),
    )  # fmt: skip

    def __init__(self, *args: Any, family: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, kind=[(each.code, str(each)) for each in kinds().values() if each.family == family])


class NeighboursForm(forms.Form):
    """The words for a neighbours' app."""

    text = forms.CharField(
        label=_("Bericht"), max_length=800, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Geen adressen en geen namen."),
    )  # fmt: skip
