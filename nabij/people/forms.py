"""The registration form: questions from content, answers in normal form, what is wrong beside the field."""

import uuid
from functools import cache
from typing import Any

from django import forms

from nabij.kit.notation import phone_number
from nabij.notify.addresses import LONGEST_EMAIL, LONGEST_PHONE, kind_and_normal, normal_email, normal_phone
from nabij.people import content
from nabij.people.models import Receiver
from nabij.people.submissions import EXERCISE, SUSPECT

LINE, LINES = 200, 1000
RADIOS = ("relation", "preferred_way", "preferred_time", "safe_to_call", "age_group", "zone", "urgent")
BOXES = ("needs", "aids")
TICKS = ("wants_closed_part", "wants_newsletter")
TYPED = {
    "name": LINE, "phone": LONGEST_PHONE, "email": LONGEST_EMAIL, "guardian": LINE, "municipality": LINE,
    "household": LINES,
}  # fmt: skip
AUTOCOMPLETE = {"name": "name", "phone": "tel", "email": "email", "municipality": "off", "guardian": "off"}
REQUIRED = ("relation", "name")
NOT_TOLD = ("form_key", "page_language", "website")


class RegistrationForm(forms.Form):
    """Everything that somebody may tell when registering; only relation and a name are needed."""

    form_key = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-form-key": ""})
    )
    page_language = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    # a trap: nobody sees it, programs fill it in
    website = forms.CharField(
        required=False, max_length=LINE, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(
        self, *args: Any, page_language: str = "nl", is_exercise: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tongue = content.known(page_language)
        self.texts = content.texts(self.tongue)
        self.fields |= _questions(self.tongue)
        self.is_exercise = is_exercise
        if is_exercise:
            self.fields[EXERCISE] = forms.BooleanField(
                label=self.texts["practises"], error_messages={"required": self.texts["not_practised"]}
            )
        self.initial.setdefault("page_language", self.tongue)
        self.initial.setdefault("language", self.tongue)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the form with their fields, for the template; a part with an error stands open."""
        found = []
        for section in content.sections(self.tongue):
            fields = [self[name] for name in section["fields"]]
            is_open = not section["is_optional"] or any(field.errors for field in fields)
            found.append({**section, "fields": fields, "is_open": is_open})
        return found

    def clean_phone(self) -> str:
        """The number as +31..., or nothing."""
        return self._address(self.cleaned_data["phone"], normal_phone, "bad_phone")

    def clean_email(self) -> str:
        """The address in small letters, or nothing."""
        return self._address(self.cleaned_data["email"], normal_email, "bad_email")

    def _address(self, typed: str, normal: Any, message: str) -> str:
        if not typed:
            return ""
        address: str | None = normal(typed)
        if address is None:
            raise forms.ValidationError(self.texts[message])
        return address

    def clean_form_key(self) -> uuid.UUID | None:
        """The form's own 128-bit key; None when the browser made none (then a next step gives one)."""
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return None

    def answers(self) -> dict[str, Any]:
        """All answers that go into the envelope, consents with the version of the text that was shown."""
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in NOT_TOLD and not name.startswith("consent_")
        }
        told[SUSPECT] = bool(self.cleaned_data["website"])
        told["consents"] = {
            receiver: {
                "given": self.cleaned_data[f"consent_{receiver}"] == "yes",
                "version": content.consent(receiver, self.tongue)[2],
            }
            for receiver in Receiver.values
        }
        return told


@cache
def _questions(tongue: str) -> dict[str, forms.Field]:
    """All questions in one language, made once: making them costs more than reading the answers."""
    names = (name for section in content.sections(tongue) for name in section["fields"])
    return {name: _question(name, tongue, content.texts(tongue)) for name in names}


def _question(name: str, tongue: str, texts: dict[str, str]) -> forms.Field:
    if name.startswith("consent_"):
        return _consent(name.removeprefix("consent_"), tongue, texts)
    about: dict[str, Any] = {
        "label": content.label(name, tongue),
        "help_text": content.hint(name, tongue),
        "required": name in REQUIRED,
    }
    if name in TICKS:
        return forms.BooleanField(**about)
    if name in TYPED:
        return _typed(name, texts, about)
    about["error_messages"] = {"required": texts["choose"], "invalid_choice": texts["choose"]}
    about["choices"] = content.choices(name, tongue)
    if name in BOXES:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **about)
    return forms.ChoiceField(widget=forms.RadioSelect if name in RADIOS else forms.Select, **about)


def _typed(name: str, texts: dict[str, str], about: dict[str, Any]) -> forms.Field:
    attrs = {"autocomplete": AUTOCOMPLETE.get(name, "off"), "dir": "auto"}
    if name in ("phone", "email"):
        attrs |= {"inputmode": "tel" if name == "phone" else "email", "dir": "ltr"}
    is_long = name == "household"
    field = forms.CharField(
        max_length=TYPED[name],
        widget=forms.Textarea(attrs={**attrs, "rows": "2"}) if is_long else forms.TextInput(attrs),
        error_messages={
            "required": texts["required"],
            "max_length": texts["too_long"].format(most=TYPED[name]),
            "null_characters_not_allowed": texts["bad_text"],
        },
        **about,
    )
    field.widget.attrs.pop("maxlength", None)  # a browser must not cut off silently what somebody pasted
    return field


def _consent(receiver: str, tongue: str, texts: dict[str, str]) -> forms.Field:
    question, explanation, _ = content.consent(receiver, tongue)
    wrong, answers = {"invalid_choice": texts["choose"]}, content.yes_no(tongue)
    about: dict[str, Any] = {
        "label": question,
        "help_text": explanation,
        "choices": answers,
        "error_messages": wrong,
    }
    return forms.ChoiceField(required=False, widget=forms.RadioSelect, **about)


def told_lines(form: RegistrationForm) -> list[tuple[str, str]]:
    """Question and answer in words, of what was answered, for a last look."""
    lines = []
    for section in content.sections(form.tongue):
        for name in section["fields"]:
            value, field = form.cleaned_data[name], form.fields[name]
            words = {value: phone_number(value)} if name == "phone" else dict(getattr(field, "choices", ()))
            codes = value if isinstance(value, list) else [value]
            yes = dict(content.yes_no(form.tongue))["yes"]
            answer = ", ".join(yes if code is True else str(words.get(code, code)) for code in codes if code)
            lines += [(str(field.label), answer)] if answer else []
    return lines


class AddressForm(forms.Form):
    """The e-mail address or phone number with which somebody comes back."""

    def __init__(self, *args: Any, texts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        self.fields["address"] = forms.CharField(
            label=texts["login_address"],
            max_length=LONGEST_EMAIL,
            widget=forms.TextInput({"autocomplete": "email", "dir": "ltr"}),
            error_messages=dict.fromkeys(
                ("required", "max_length", "null_characters_not_allowed"), texts["bad_address"]
            ),
        )

    def clean_address(self) -> tuple[str, str]:
        """What kind of address it is, and its normal form."""
        found = kind_and_normal(self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(self.texts["bad_address"])
        return found


class CodeForm(forms.Form):
    """The code, and when several people share the address also the reference."""

    def __init__(
        self, *args: Any, texts: dict[str, str], asks_who: bool = False, asks_key: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        digits = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        wrong = dict.fromkeys(("required", "max_length", "null_characters_not_allowed"), texts["code_wrong"])
        self.fields["code"] = forms.CharField(
            label=texts["code_label"], max_length=20, widget=forms.TextInput(digits), error_messages=wrong
        )
        if asks_key:
            self.fields["key"] = forms.CharField(
                label=texts["key_label"],
                help_text=texts["key_hint"],
                max_length=60,
                required=False,
                widget=forms.TextInput({"autocomplete": "off"}),
            )
        if asks_who:
            self.fields["reference"] = forms.CharField(
                label=texts["which_label"],
                help_text=texts["which_hint"],
                max_length=60,
                widget=forms.TextInput({"autocomplete": "off"}),
                error_messages=wrong,
            )
