"""What a person types in the own space, and the leader's answer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.own_space.models import RequestKind

TEXT = 2000


class AskForm(forms.Form):
    """What is asked about one's own data."""

    kind = forms.ChoiceField(label=_("Wat wilt u?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, may_erase: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_erase:
            kind = cast(forms.ChoiceField, self.fields["kind"])
            kind.choices = [each for each in RequestKind.choices if each[0] != RequestKind.ERASE]


class ContactForm(forms.Form):
    """How contact is safe."""

    ways = forms.MultipleChoiceField(
        label=_("Wij mogen contact opnemen via"),
        choices=Way.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_time = forms.TimeField(
        label=_("Niet voor"), required=False, widget=forms.TimeInput({"type": "time"})
    )
    until_time = forms.TimeField(label=_("Niet na"), required=False, widget=forms.TimeInput({"type": "time"}))
    is_voicemail_allowed = forms.BooleanField(label=_("U mag mijn voicemail inspreken"), required=False)
    code_word = forms.CharField(
        label=_("Ons codewoord"),
        help_text=_("Onze medewerker zegt dit woord. Dan weet u dat wij het zijn."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """Both hours or neither, the end after the beginning."""
        clean = super().clean() or {}
        start, end = clean.get("from_time"), clean.get("until_time")
        if bool(start) != bool(end) or (start and end and end <= start):
            self.add_error("until_time", _("Vul beide tijden in, de tweede later dan de eerste."))
        return clean

    def agreed(self, before: Agreed | None) -> Agreed:
        """What holds from now on; what only the helper writes down stays as it was."""
        kept = vars(before) if before else {"ways": ()}
        return Agreed(**{**kept, **self.cleaned_data, "ways": tuple(self.cleaned_data["ways"])})


class AnswerForm(forms.Form):
    """The leader's answer."""

    granted = forms.TypedChoiceField(
        label=_("Besluit"),
        choices=[("nee", _("niet gedaan, met een reden")), ("ja", _("gedaan"))],
        coerce=lambda told: told == "ja",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Antwoord aan de persoon"),
        help_text=_("In gewone woorden. Bij een nee: de wet of de reden, en dat bezwaar mogelijk is."),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
