"""What a coordinator writes down for somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForForm(forms.Form):
    """How the coordinator knows that somebody comes."""

    reason = forms.CharField(
        label=_("Hoe weet u dit?"),
        help_text=_("Bijvoorbeeld: gebeld om 03:20."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
