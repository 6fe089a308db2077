"""Form fields that answer bad input in plain words and never shorten what was typed."""

import re
from datetime import UTC, date, datetime
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nabij.accounts.queries import municipalities_on, municipality_today
from nabij.incidents.rules import MOST_PEOPLE, rules
from nabij.kit.clock import AMSTERDAM
from nabij.kit.notation import dutch_number

SUMMER, WINTER = "0", "1"  # which of the two same hours, as `fold` counts them
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_SKIPPED = _("Deze tijd bestond niet: de klok ging die nacht een uur vooruit. Kies een andere tijd.")
_LOCAL_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M")


class PlainText(forms.CharField):
    """Free text with a limit that is said instead of cut off: a browser would drop the rest in silence."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: Any) -> Any:
        """The text; raises ValidationError with both numbers when it is too long."""
        text = super().clean(value)
        if len(text) > self.most:
            raise ValidationError(
                _("Deze tekst is te lang: %(length)s tekens. Er passen er %(most)s. Maak de tekst korter."),
                params={"length": dutch_number(len(text)), "most": dutch_number(self.most)},
            )
        return text


class CountField(forms.IntegerField):
    """A number of people or homes; empty is "not known yet", 0 is "none"."""

    default_error_messages = {
        "invalid": _("Vul een heel getal in, of laat leeg als u het niet weet."),
        "min_value": _("Een aantal kan niet onder 0 liggen."),
        "max_value": _("Vul hoogstens %(limit_value)s in. Klopt het aantal?"),
    }

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": "7"})
        super().__init__(
            label=label, required=False, min_value=0, max_value=MOST_PEOPLE, widget=widget, **options
        )

    def to_python(self, value: Any) -> int | None:
        """The number, also when written with dots per thousand ("1.200")."""
        if isinstance(value, str):
            value = value.strip()
            if re.fullmatch(r"\d{1,3}(\.\d{3})+", value):
                value = value.replace(".", "")
            if len(value) > 20:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PhoneField(forms.CharField):
    """A phone number, Dutch unless it says otherwise; unknown to the number plan, digits are enough."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> str:
        """The number as it can be dialled: +31612345678, or the digits as typed; raises ValidationError."""
        text = super().clean(value)
        if not text:
            return ""
        digits = re.sub(r"\D", "", text) if len(text) <= 40 and text.isascii() else ""
        if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS or re.search(r"[A-Za-z]", text):
            raise ValidationError(_("Dit lijkt geen telefoonnummer. Voorbeeld: 06-00000001."), code="invalid")
        try:
            number = phonenumbers.parse(text, "NL")
        except phonenumbers.NumberParseException:
            return digits
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"+{digits}" if text.lstrip().startswith("+") else digits


class MunicipalitiesField(forms.MultipleChoiceField):
    """One or several municipalities that exist today; a code that was merged away becomes its successor."""

    def __init__(self, day: date, **options: Any) -> None:
        super().__init__(**options)
        self.day = day
        self.successors: list[str] = []
        self.choices = list(municipalities_on(day).values_list("code", "name"))
        self._known = {str(code) for code, _name in self.choices}

    def to_python(self, value: Any) -> list[str]:
        """The codes as they are today, each once; `successors` names those that took over."""
        self.successors = []
        codes: list[str] = []
        for code in super().to_python(value)[: rules().municipalities_at_most + 1]:
            heir = None if code in self._known else municipality_today(code[:8], self.day)
            if heir is not None:
                self.successors.append(heir.name)
            codes.append(heir.code if heir else code)
        return list(dict.fromkeys(codes))

    def validate(self, value: Any) -> None:
        """Raises ValidationError for none, too many, or one that never existed."""
        if len(value) > rules().municipalities_at_most:
            raise ValidationError(
                _("Kies hoogstens %(most)s gemeenten."), params={"most": rules().municipalities_at_most}
            )
        super().validate(value)


class LocalMomentField(forms.Field):
    """A day and time on the clock in Amsterdam, as typed: a moment without zone, None when left empty."""

    default_error_messages = {"invalid": _("Vul een dag en tijd in, bijvoorbeeld 10-01-2027 03:10.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: a moment becomes Amsterdam clock time, what was typed stays as it is."""
        return value.astimezone(AMSTERDAM).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The typed clock time; raises ValidationError."""
        text = str(value or "").strip()
        if not text:
            return None
        for layout in _LOCAL_FORMATS:
            try:
                return datetime.strptime(text[:40], layout)  # noqa: DTZ007  (the zone is added by `in_amsterdam`)
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class TwoHours(ValueError):
    """This clock time came twice: summer time and winter time both fit."""


def in_amsterdam(typed: datetime, at: datetime, which: str) -> datetime:
    """The moment that a clock in Amsterdam showed as `typed`.

    Raises ValidationError for an hour that the clock skipped, for the future and for long ago; TwoHours when
    the hour came twice, both are past, and `which` (SUMMER, WINTER) does not say.
    """
    if not at.year - rules().oldest_days // 365 <= typed.year <= at.year + 1:
        raise ValidationError(_("Dit jaar kan niet kloppen. Kijk de datum na."), code="year")
    first, second = (typed.replace(tzinfo=AMSTERDAM, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(AMSTERDAM).replace(tzinfo=None) != typed:
        raise ValidationError(_SKIPPED, code="skipped")
    latest = at + rules().future_allowed
    if first > latest:
        raise ValidationError(_("Dit moment ligt in de toekomst. Kijk de dag en de tijd na."), code="future")
    if first == second or second > latest or which == SUMMER:
        return first
    if which == WINTER:
        return second
    raise TwoHours
