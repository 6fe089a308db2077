"""Input for the numbers by which a member of staff is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nabij.notify.addresses import LONGEST_PHONE, normal_phone
from nabij.notify.models import Channel
from nabij.notify.terms import reach_terms


def _wait_choices() -> list[tuple[str, Any]]:
    return [
        (str(each), _("meteen") if not each else ngettext("na %d minuut", "na %d minuten", each) % each)
        for each in reach_terms().waits_minutes
    ]


class WaitForm(forms.Form):
    """How long a number waits its turn."""

    wait = forms.ChoiceField(
        label=_("Wanneer?"),
        help_text=_("Gerekend vanaf de oproep. Zegt u eerder ja of nee, dan gaat dit nummer niet meer."),
        choices=_wait_choices,
        widget=forms.RadioSelect,
    )


class PointForm(WaitForm):
    """A new number: how to reach it, and when."""

    number = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    channel = forms.ChoiceField(
        label=_("Hoe?"),
        choices=[(Channel.VOICE.value, _("bellen")), (Channel.SMS.value, _("sms"))],
        widget=forms.RadioSelect,
    )
    field_order = ("number", "channel", "wait")

    def clean_number(self) -> str:
        """The number in its one normal form."""
        number = normal_phone(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(_("Dit is geen telefoonnummer. Kijk of alle cijfers er staan."))
        return number


class CodeForm(forms.Form):
    """The code that was sent to a new number."""

    code = forms.CharField(
        label=_("Code van zes cijfers"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )
