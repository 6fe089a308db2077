"""The forms of centres: the commission, texts, messages, and reasons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.centres.actions import CommissionData
from nabij.centres.models import BASE_LANGUAGES, Audience, Language, Readership
from nabij.centres.norms import norms
from nabij.incidents.fields import SUMMER, WINTER, LocalMomentField, PlainText, TwoHours, in_amsterdam

_YES, _NO = "ja", "nee"
FOLDS = [(SUMMER, _("De eerste (zomertijd)")), (WINTER, _("De tweede (wintertijd)"))]
_NOW, _FIRST, _CLOSED = "meteen", "eerst-besloten", "besloten"


class CommissionForm(forms.Form):
    """The order for a centre, on one page."""

    name = PlainText(
        label=_("Naam op de site"),
        most=120,
        help_text=_("Wat en waar, zonder namen van mensen. Iedereen leest dit."),
    )
    name_reason = PlainText(
        label=_("Waarom mag deze naam zo op de site?"),
        most=200,
        required=False,
        widget=forms.HiddenInput,
        help_text=_("Pas de naam aan, of schrijf hier waarom het mag."),
    )
    commissioner = PlainText(
        label=_("Wie geeft de opdracht?"),
        most=120,
        help_text=_("Naam en functie, bijvoorbeeld de burgemeester."),
        error_messages={"required": _("Zonder opdrachtgever kan de opdracht niet worden verstuurd.")},
    )
    controller = PlainText(
        label=_("Wie is verantwoordelijk voor de gegevens?"),
        most=160,
        help_text=_("De verwerkingsverantwoordelijke: een organisatie, bijvoorbeeld de gemeente."),
        error_messages={
            "required": _("Zonder verwerkingsverantwoordelijke kan de opdracht niet worden verstuurd.")
        },
    )
    spokesman = PlainText(
        label=_("Wie is de woordvoerder?"),
        most=120,
        help_text=_("Naam, functie en telefoonnummer."),
        error_messages={"required": _("Zonder woordvoerder kan de opdracht niet worden verstuurd.")},
    )
    area = PlainText(label=_("Voor welk gebied?"), most=200)
    audiences = forms.MultipleChoiceField(
        label=_("Voor wie?"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies voor wie het IAC is.")},
    )
    wants_closed_part = forms.ChoiceField(
        label=_("Is er ook een besloten deel nodig?"),
        choices=[(_YES, _("Ja")), (_NO, _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )

    def data_for(self, organisation: Organisation) -> CommissionData:
        """The commission as clean values, given by this organisation."""
        clean = self.cleaned_data
        return CommissionData(
            organisation=organisation,
            commissioner=clean["commissioner"],
            controller=clean["controller"],
            spokesman=clean["spokesman"],
            name=clean["name"],
            area=clean["area"],
            audiences=tuple(clean["audiences"]),
            wants_closed_part=clean["wants_closed_part"] == _YES,
            email=clean.get("email", ""),
            name_reason=clean["name_reason"],
        )

    def ask_about_name(self, message: str) -> None:
        """Say beside the name what was found in it, and show the field for the reason."""
        self.add_error("name", message)
        self.fields["name_reason"].widget = forms.TextInput()


class MomentForm(forms.Form):
    """A form with one moment on the clock of Amsterdam, and which of two hours when the clock went back."""

    moment_name = "stated_at"
    fold = forms.ChoiceField(
        label=_("Die tijd kwam twee keer. Welke?"),
        choices=FOLDS,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        if not self.data.get("fold") and "fold" not in self.data:
            self.fields["fold"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The moment in UTC; empty is now; asks which hour when both fit."""
        clean = super().clean() or {}
        typed = clean.get(self.moment_name)
        if self.moment_name in self.errors:
            return clean
        try:
            clean[self.moment_name] = (
                in_amsterdam(typed, self.at, clean.get("fold", "")) if typed else self.at
            )
        except TwoHours:
            self.fields["fold"].widget = forms.RadioSelect(choices=FOLDS)
            self.add_error(
                "fold", _("De klok ging die nacht een uur terug. Kies de eerste of de tweede keer.")
            )
        except forms.ValidationError as error:
            self.add_error(self.moment_name, error)
        return clean


class SpokenCommissionForm(MomentForm, CommissionForm):
    """The same order, given aloud: who gave it, when, and where the link to confirm it goes."""

    moment_name = "commissioned_at"
    organisation = forms.ModelChoiceField(
        label=_("Welke organisatie geeft de opdracht?"),
        queryset=Organisation.objects.none(),
        error_messages={"required": _("Kies de organisatie die de opdracht geeft.")},
    )
    commissioned_at = LocalMomentField(
        label=_("Wanneer is de opdracht gegeven?"),
        required=False,
        help_text=_("Vanaf dan lopen de twee uren. Leeg betekent: nu."),
    )
    email = forms.EmailField(
        label=_("E-mailadres van de opdrachtgever"),
        help_text=_("Daarheen gaat een link om de opdracht te bevestigen."),
        error_messages={"required": _("Vul het adres in waarheen de link kan.")},
    )
    field_order = (
        "organisation", "commissioner", "commissioned_at", "fold", "email", "controller", "spokesman", "name",
        "name_reason",
    )  # fmt: skip


class TextForm(forms.Form):
    """The next version of a text; `based_on` is the version that the writer had before him."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    body = PlainText(
        label=_("Tekst"),
        most=norms().most_characters,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Gewone alinea's. Een lijst: begin elke regel met een streepje. Een link: [woorden](https://…)."
        ),
    )


class MessageForm(MomentForm):
    """A news message with its moment and source, in the languages of the centre; and who reads it when."""

    body_nl = PlainText(
        label=_("Bericht"), most=norms().most_characters, widget=forms.Textarea(attrs={"rows": 8})
    )
    body_en = PlainText(
        label=_("Hetzelfde bericht in het Engels"),
        most=norms().most_characters,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        required=False,
    )
    source = PlainText(
        label=_("Bron"), most=120, help_text=_("Wie heeft dit bevestigd? Bijvoorbeeld: politie.")
    )
    stated_at = LocalMomentField(
        label=_("Moment"), required=False, help_text=_("Wanneer dit is vastgesteld. Leeg betekent: nu.")
    )
    readers = forms.ChoiceField(
        label=_("Wie leest dit?"),
        choices=[
            (_NOW, _("Iedereen, meteen")),
            (_FIRST, _("Eerst het besloten deel, daarna iedereen")),
            (_CLOSED, _("Alleen het besloten deel")),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Gaat het om veiligheid? Kies dan: iedereen, meteen."),
    )
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten later leest iedereen het?"), required=False, min_value=1, max_value=1440
    )

    def __init__(
        self, *args: Any, languages: Sequence[str] = (), closed_first: bool = False, **options: Any
    ) -> None:
        initial = {"readers": _FIRST if closed_first else _NOW, "minutes": norms().embargo_minutes}
        super().__init__(*args, initial=initial, **options)
        for code in languages:
            if code not in BASE_LANGUAGES:
                self.fields[f"body_{code}"] = PlainText(
                    label=_("Hetzelfde bericht: %(language)s") % {"language": Language(code).label},
                    most=norms().most_characters,
                    widget=forms.Textarea(attrs={"rows": 8, "lang": code, "dir": "auto"}),
                    required=False,
                )
        bodies = [name for name in self.fields if name.startswith("body_")]
        self.order_fields([*bodies[:2], "source", "stated_at", "fold", "readers", "minutes", *bodies[2:]])

    def message(self) -> dict[str, Any]:
        """The message as `write_message` takes it; what was not chosen is as it was proposed."""
        clean = self.cleaned_data
        readers = clean["readers"] or self.initial["readers"]
        return {
            "bodies": {name[5:]: body for name, body in clean.items() if name.startswith("body_")},
            "stated_at": clean["stated_at"],
            "source": clean["source"],
            "audience": Readership.CLOSED if readers == _CLOSED else Readership.OPEN,
            "embargo_minutes": (clean["minutes"] or self.initial["minutes"]) if readers == _FIRST else 0,
        }


class NextMessageForm(forms.Form):
    """In how many minutes the next message comes; empty takes the announcement away."""

    minutes = forms.IntegerField(
        label=_("Volgend bericht over hoeveel minuten?"), required=False, min_value=1, max_value=10_080
    )


class ReasonForm(forms.Form):
    """Why: one short text that must be there."""

    reason = PlainText(
        label=_("Reden"),
        most=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom.")},
    )
