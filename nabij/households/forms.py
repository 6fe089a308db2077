"""A tie to another case by its exact reference, and reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.households.content import kinds
from nabij.kit.offering import offer

LONGEST = 1000


class TieForm(forms.Form):
    """Who the other is; never a search by name."""

    reference = forms.CharField(
        label=_("Kenmerk van het andere dossier"),
        help_text=_("Bijvoorbeeld: zilver-lepel-47. Zoeken op naam kan hier niet."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("De ander is van deze persoon"))
    is_same_house = forms.BooleanField(label=_("Zij wonen in hetzelfde huis"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, kind=kinds())


class WhyForm(forms.Form):
    """A reason, read only in this file."""

    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Alleen wie dit dossier mag openen, leest dit."),
        error_messages={"required": _("Schrijf op waarom.")},
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class GuardianForm(WhyForm):
    """Whether a child is reached through the guardian, or around them."""

    is_danger = forms.TypedChoiceField(
        label=_("Is de ouder of voogd het gevaar?"),
        choices=[("nee", _("Nee: contact gaat via de ouder of voogd")),
                 ("ja", _("Ja: contact gaat buiten de ouder of voogd om"))],
        coerce=lambda said: said == "ja",
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["is_danger", "reason"]
