"""Input of the police: somebody with a yes, an assessment, somebody who wants no help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Municipality
from nabij.cases.forms import PersonForm, day, line, text, younger
from nabij.guide.topics import choices as topic_choices
from nabij.kit.offering import offer
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.police.actions import UNNAMED
from nabij.police.counting import Hit
from nabij.vulnerability.actions import PoliceMessage
from nabij.vulnerability.content import measures
from nabij.vulnerability.models import RiskKind, RiskValue

BANS = ("PM-06", "PM-07", "PM-08")
UNKNOWN = ("", _("niet ingevuld"))


def _risk(kind: RiskKind) -> forms.ChoiceField:
    return forms.ChoiceField(label=kind.label, choices=[UNKNOWN, *RiskValue.choices], required=False)


def same_house() -> forms.BooleanField:
    """That the suspect lives there: a yes or no, and nothing about the suspect."""
    return forms.BooleanField(
        label=_("De verdachte woont op hetzelfde adres"),
        required=False,
        help_text=_(
            "Bij ja sturen wij geen brief en gaan wij niet zomaar langs. Schrijf niets over de verdachte op."
        ),
    )


class AssessmentForm(forms.Form):
    """The outcome of an individual assessment, with the fields of the handbook (vulnerability §5)."""

    police_number = line(_("Uw zaaknummer"))
    assessed_on = day(_("Beoordeeld op"))
    repeat_victimisation = _risk(RiskKind.REPEAT)
    intimidation = _risk(RiskKind.INTIMIDATION)
    retaliation = _risk(RiskKind.RETALIATION)
    secondary_victimisation = _risk(RiskKind.SECONDARY)
    measures = forms.MultipleChoiceField(
        label=_("Maatregelen die nu gelden"),
        choices=measures,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ban_ends_on = day(_("Het verbod (PM-06, PM-07, PM-08) geldt tot en met"), required=False)
    police_contact = line(_("Wie kunnen wij bij u bellen?"), required=False)
    explanation = text(
        _("Toelichting"), required=False, hint=_("Alleen wat nodig is. Geen gegevens van anderen.")
    )

    def message(self) -> PoliceMessage:
        """The message as it is written down."""
        clean = self.cleaned_data
        return PoliceMessage(
            police_number=clean["police_number"],
            assessed_on=clean["assessed_on"],
            risks=self.risks(),
            measures={code: clean["ban_ends_on"] if code in BANS else None for code in clean["measures"]},
            reason=clean["explanation"],
            police_contact=clean["police_contact"],
        )

    def risks(self) -> dict[RiskKind, RiskValue]:
        """The risks that were judged."""
        told = {kind: self.cleaned_data[kind.value] for kind in RiskKind}
        return {kind: RiskValue(value) for kind, value in told.items() if value}


class UpdateForm(AssessmentForm):
    """A newer assessment, with what else became known."""

    lives_with_suspect = same_house()


class ReferralForm(PersonForm):
    """Somebody whom the police send, with their yes, and how they may be reached."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"))
    safe_ways = forms.MultipleChoiceField(
        label=_("Veilig contact mag alleen via"),
        choices=Way.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Niets aangekruist: er is niets bijzonders afgesproken."),
    )
    from_time = forms.TimeField(
        label=_("Alleen vanaf"), required=False, widget=forms.TimeInput({"type": "time"})
    )
    until_time = forms.TimeField(label=_("tot"), required=False, widget=forms.TimeInput({"type": "time"}))
    is_voicemail_allowed = forms.BooleanField(label=_("Voicemail inspreken mag"), required=False)
    has_secret_address = forms.BooleanField(label=_("Het adres is geheim"), required=False)
    lives_with_suspect = same_house()
    code_word = line(_("Codewoord"), required=False)
    guardian = line(_("Ouder of voogd, en hoe te bereiken"), required=False)
    has_assessment = forms.BooleanField(
        label=_("Wij hebben een individuele beoordeling gedaan"),
        required=False,
        help_text=_("Vul dan ook het tweede deel in."),
    )
    has_agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja: de politie mag dit aan Slachtofferhulp geven"),
        error_messages={
            "required": _("Zonder ja van deze persoon sturen we niets door. Tel mee als ‘wil geen hulp’.")
        },
    )

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=places)

    def clean(self) -> dict[str, Any]:
        """Both hours or neither, the end after the beginning: hours that were told are never left out."""
        clean = super().clean() or {}
        start, end = clean.get("from_time"), clean.get("until_time")
        if bool(start) != bool(end):
            self.add_error("until_time", _("Vul beide tijden in, of geen van beide."))
        elif start and end and end <= start:
            self.add_error("until_time", _("Het einde ligt voor het begin. Kies een latere tijd."))
        return clean

    def agreed(self, *, is_safe_only: bool = False) -> Agreed | None:
        """The contact rule, when anything was agreed; `is_safe_only`: no way but those that were named."""
        clean = self.cleaned_data
        ways = tuple(clean["safe_ways"])
        if not ways and not clean["has_secret_address"]:
            if not any(clean[name] for name in ("guardian", "code_word", "from_time")):
                return None
            ways = () if is_safe_only else UNNAMED  # how a way is used was told, and no way named
        return Agreed(
            ways=ways,
            from_time=clean["from_time"],
            until_time=clean["until_time"],
            is_voicemail_allowed=clean["is_voicemail_allowed"],
            has_secret_address=clean["has_secret_address"],
            code_word=clean["code_word"],
            guardian=clean["guardian"],
        )


class DeclineForm(forms.Form):
    """Somebody who wants no help: only the event is written down, and whether it is a child."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"))
    happened_on = day(_("Wanneer gebeurde het?"))
    topic = forms.ChoiceField(label=_("Wat is er gebeurd?"), choices=topic_choices)
    is_minor = forms.BooleanField(required=False)

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=places)
        self.fields["is_minor"].label = younger()

    def hit(self) -> Hit:
        """The person as the municipality hears of them: a number."""
        clean = self.cleaned_data
        return Hit(clean["municipality"], clean["topic"], clean["happened_on"], is_child=clean["is_minor"])
