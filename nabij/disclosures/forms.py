"""Who is named to collect an export."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The work address of a colleague of the receiver."""

    email = forms.CharField(
        label=_("E-mailadres van wie mag ophalen"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Vul het e-mailadres in.")},
    )
