"""Texts in every language, what is filled in before printing, why not agreed, and a list of addresses."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nabij.flyers.addresses import Address, read_addresses
from nabij.flyers.content import (
    RIGHT_TO_LEFT,
    Template,
    Words,
    field_facts,
    field_hint,
    field_label,
    languages,
)
from nabij.flyers.forbidden import Finding, house_numbers, names, warnings
from nabij.flyers.models import Edition
from nabij.rosters.forms import LocalMoment

LINE, TEXT, LIST = 120, 6000, 600_000
_ENDS_IN_NUMBER = re.compile(r"(?<!plein )\b\d{1,4}\s*[a-z]?$", re.IGNORECASE)
_PHONE = re.compile(r"14[\s-]?0\d{1,3}|0\d{1,3}[\s-]?\d[\d\s-]{5,8}|0[89]00[\s-]?\d{3,7}")


class Street(forms.CharField):
    """The name of a street; with a house number it points out whom it is about."""

    def clean(self, value: Any) -> str:
        """The name; refused with a number at the end or after "nummer"."""
        text: str = super().clean(value)
        if _ENDS_IN_NUMBER.search(text) or house_numbers(text):
            raise ValidationError(_("Zet hier geen huisnummer in. Dat wijst aan om wie het gaat."))
        return text


class Nameless(forms.CharField):
    """Words without somebody's name."""

    def clean(self, value: Any) -> str:
        """The words; refused with what looks like a name of somebody."""
        text: str = super().clean(value)
        if found := names(text):
            raise ValidationError(str(found[0]))
        return text


class Phone(forms.CharField):
    """A phone number of a municipality."""

    def clean(self, value: Any) -> str:
        """The number as it will be printed."""
        text: str = super().clean(value)
        if not _PHONE.fullmatch(text):
            raise ValidationError(_("Dit is geen telefoonnummer van een gemeente. Bijvoorbeeld: 14 020."))
        return text


class Web(forms.CharField):
    """A page for the QR code: safe, and without anything that says who scanned it."""

    def clean(self, value: Any) -> str:
        """The address; refused when it is not https, or says more than a page."""
        text: str = super().clean(value)
        if not text:
            return text
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme != "https" or not parts.netloc or "@" in parts.netloc or parts.query or " " in text:
            raise ValidationError(_("Begin met https:// en neem een gewone pagina, zonder vraagteken."))
        return text


def _field(word: str) -> forms.Field:
    kind = field_facts()[word]["kind"]
    told: dict[str, Any] = {"label": field_label(word), "help_text": field_hint(word)}
    quiet = {"autocomplete": "off"}
    if kind == "day":
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **told)
    if kind == "moment":
        return LocalMoment(**told)
    if kind == "phone":
        widget = forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"} | quiet)
        return Phone(max_length=20, widget=widget, **told)
    if kind == "web":
        return Web(
            max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "ltr"} | quiet), **told
        )
    made = {"street": Street, "words": Nameless, "place": forms.CharField}[kind]
    return made(max_length=LINE, widget=forms.TextInput(attrs=quiet), **told)


class FillForm(forms.Form):
    """In which languages, and what is filled in."""

    languages = forms.MultipleChoiceField(label=_("In welke talen?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, template: Template, texts: Mapping[str, Words], **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = template.fields
        shown = languages()
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = [(each, shown[each]) for each in shown if each in texts]
        field.initial = ["nl"]
        for word in self.words:
            self.fields[word] = _field(word)

    @property
    def filled(self) -> dict[str, str]:
        """What was filled in, as it is kept: days and moments as ISO 8601."""
        given = {word: self.cleaned_data[word] for word in self.words}
        return {
            word: value.isoformat() if isinstance(value, (date, datetime)) else str(value)
            for word, value in given.items()
        }


class LettersForm(FillForm):
    """The same, and to which addresses."""

    addresses = forms.CharField(
        label=_("Adressen"),
        help_text=_("Eerste regel: straat;nummer;toevoeging;postcode;plaats. Geen namen."),
        max_length=LIST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )

    def clean_addresses(self) -> list[Address]:
        """The addresses, each once."""
        return read_addresses(self.cleaned_data["addresses"])


class RefuseForm(forms.Form):
    """What must be different."""

    reason = forms.CharField(
        label=_("Wat moet er anders?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class EditionForm(forms.Form):
    """Title and text in each language, and whether somebody who speaks it read it over."""

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, own_name in languages().items():
            words = edition.words.get(code, Words("", ""))
            look = {"lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr"}
            self.fields[f"{code}_title"] = forms.CharField(
                label=gettext("Titel (%(language)s)") % {"language": own_name}, max_length=LINE,
                required=code == "nl", initial=words.title, widget=forms.TextInput(attrs=look),
            )  # fmt: skip
            self.fields[f"{code}_body"] = forms.CharField(
                label=gettext("Tekst (%(language)s)") % {"language": own_name}, max_length=TEXT,
                required=code == "nl", initial=words.body, widget=forms.Textarea(attrs={"rows": 16} | look),
            )  # fmt: skip
            self.fields[f"{code}_checked"] = forms.BooleanField(
                label=gettext("Nagelezen door iemand die deze taal spreekt"), required=False,
                initial=code in edition.checked_languages,
            )  # fmt: skip

    @property
    def cards(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """Each language with its three fields, to stand side by side."""
        for code, own_name in languages().items():
            yield code, own_name, [self[f"{code}_{part}"] for part in ("title", "body", "checked")]

    @property
    def texts(self) -> dict[str, Words]:
        """The texts as they were typed."""
        given = self.cleaned_data
        return {code: Words(given[f"{code}_title"], given[f"{code}_body"]) for code in languages()}

    @property
    def checked(self) -> list[str]:
        """The languages that were read over."""
        return [code for code in languages() if self.cleaned_data[f"{code}_checked"]]


def to_look_at(edition: Edition) -> dict[str, list[Finding]]:
    """Per language what the writer should look at once more."""
    shown = languages()
    found = {code: warnings(f"{words.title}\n{words.body}", code) for code, words in edition.words.items()}
    return {shown[code]: each for code, each in found.items() if each}


def told_count(number: int) -> str:
    """How many letters, in words."""
    return ngettext("%(number)s brief", "%(number)s brieven", number) % {"number": number}
