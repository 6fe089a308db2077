"""Input of a round: addresses, hours, pairs, briefing; of an ask for people; and of a wish at the door."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.doors.addresses import Address, NotAnAddress, read_addresses
from nabij.doors.content import briefing_points, consent_text, number_of
from nabij.doors.models import AskedFor
from nabij.kit.offering import offer
from nabij.notify.addresses import LONGEST_PHONE, normal_phone
from nabij.people import content as people_content
from nabij.rosters.forms import LocalMoment
from nabij.rosters.languages import language_choices

LINE, LIST, FILE_BYTES = 120, 40_000, 200_000
OFF = {"autocomplete": "off"}


class HoursForm(forms.Form):
    """When the round is walked."""

    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))


class RoundForm(HoursForm):
    """Which addresses, which of them others take care of, and the languages of the pairs."""

    field_order = ("addresses", "file", "starts_at", "ends_at", "elsewhere", "languages")
    addresses = forms.CharField(
        label=_("Welke adressen?"),
        help_text=_(
            "Eén per regel: Dorpsstraat 12, Dorpsstraat 1-83 oneven of Dorpsstraat;12;a. "
            "Dubbele adressen tellen één keer."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LIST,
        required=False,
    )
    file = forms.FileField(
        label=_("Of kies een bestand (CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )
    elsewhere = forms.CharField(
        label=_("Voor welke adressen zorgt al iemand anders?"),
        help_text=_(
            "Bijvoorbeeld: een leeg huis, een winkel, of bewoners in de opvang. Schrijf niet op waarom. "
            "Nabij laat zelf ook altijd een paar adressen weg."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LIST,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Welke talen zijn nodig?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, languages=language_choices())

    def clean_addresses(self) -> list[Address]:
        """The addresses of the list."""
        return _read(self.cleaned_data["addresses"])

    def clean_elsewhere(self) -> list[Address]:
        """The addresses that others take care of."""
        return _read(self.cleaned_data["elsewhere"])

    def clean_file(self) -> list[Address]:
        """The addresses of the file, as programs write it: UTF-8, or the older Western letters."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return []
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot."))
        content = file.read()
        try:
            return _read(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return _read(content.decode("cp1252", errors="replace"))


def _read(text: str) -> list[Address]:
    if "\x00" in text:
        raise forms.ValidationError(_("Dit bestand is geen tekst."))
    try:
        return read_addresses(text)
    except NotAnAddress as error:
        raise forms.ValidationError(str(error)) from error


class PairForm(forms.Form):
    """One of the municipality and one of victim support."""

    municipal: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(None, label=_("Van de gemeente"))
    supporter: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None, label=_("Van Slachtofferhulp")
    )

    def __init__(self, *args: Any, municipal: Any, supporters: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipal=municipal, supporter=supporters)
        for name in self.fields:
            self.fields[name].label_from_instance = lambda each: each.user.name  # type: ignore[attr-defined]


class BriefingForm(forms.Form):
    """What the pair went through before it goes."""

    points = forms.MultipleChoiceField(
        label=_("Loop dit samen na"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Loop alle punten na voordat u gaat.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, points=list(briefing_points().items()))


class AskForm(HoursForm):
    """For what, how many people, which languages, where and when."""

    field_order = ("kind", "number", "where", "starts_at", "ends_at", "languages")
    kind = forms.ChoiceField(label=_("Waarvoor?"), choices=AskedFor.choices)
    number = forms.IntegerField(label=_("Hoeveel mensen?"), min_value=1, max_value=60)
    where = forms.CharField(label=_("Waar komen we samen?"), max_length=LINE)
    languages = forms.MultipleChoiceField(
        label=_("Welke talen zijn nodig?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, languages=language_choices())


class WishForm(forms.Form):
    """Somebody at the door wants to be called: a name or alias, a phone, when it is safe, a language."""

    agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja"),
        error_messages={"required": _("Zonder toestemming schrijven we niets op.")},
    )
    is_old_enough = forms.BooleanField(
        error_messages={"required": _("Van kinderen schrijven we niets op. Praat met een ouder.")}
    )
    name = forms.CharField(
        label=_("Hoe mogen we u noemen?"),
        help_text=_("Een voornaam of een andere naam mag ook."),
        max_length=LINE,
        widget=forms.TextInput(attrs=OFF),
    )
    phone = forms.CharField(
        label=_("Op welk nummer?"),
        max_length=LONGEST_PHONE,
        widget=forms.TextInput(attrs={**OFF, "inputmode": "tel", "dir": "ltr"}),
    )
    time = forms.ChoiceField(label=_("Wanneer is bellen veilig?"), initial="any")
    language = forms.ChoiceField(label=_("Taal"), initial="nl")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreed"].help_text = _("Lees voor: ‘%(text)s’") % {"text": consent_text()}
        self.fields["is_old_enough"].label = _("Is %(age)s jaar of ouder") % {
            "age": number_of("child_below_age")
        }
        offer(
            self,
            time=people_content.choices("preferred_time", "nl"),
            language=people_content.choices("language", "nl"),
        )

    def clean_phone(self) -> str:
        """The number in its one normal form."""
        number = normal_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("Dit is geen telefoonnummer. Kijk of alle cijfers er staan."))
        return number
