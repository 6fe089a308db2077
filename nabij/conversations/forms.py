"""What somebody writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """A message; the key makes the same message once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Uw bericht"),
        error_messages={"required": _("Schrijf eerst uw bericht.")},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class DraftForm(MessageForm):
    """The same while it is being written: it may be empty again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = False
