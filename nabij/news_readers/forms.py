"""The one question: to which address?"""

from typing import Any

from django import forms

from nabij.news_readers.content import words
from nabij.notify.addresses import LONGEST_EMAIL, normal_email


class AskForm(forms.Form):
    """An e-mail address, and a trap that nobody sees and programs fill in."""

    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        text = words(language)
        wrong = ("required", "max_length", "null_characters_not_allowed")
        self.fields["email"] = forms.CharField(
            label=text["address"],
            max_length=LONGEST_EMAIL,
            widget=forms.TextInput({"autocomplete": "email", "inputmode": "email", "dir": "ltr"}),
            error_messages=dict.fromkeys(wrong, text["bad_address"]),
        )
        self.bad_address = text["bad_address"]

    def clean_email(self) -> str:
        """The address in small letters; raises ValidationError when it is none."""
        address = normal_email(self.cleaned_data["email"])
        if address is None:
            raise forms.ValidationError(self.bad_address)
        return address

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled it in; only for a bound form."""
        return bool(self.data.get("website"))
