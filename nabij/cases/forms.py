"""Input about a case: who asks, the contact rule, who helps, and reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.cases.addresses import address_keys
from nabij.cases.content import reached_alone_from
from nabij.cases.models import Capacity, Part, WayIn
from nabij.cases.queries import Candidate
from nabij.guide.topics import choices as topic_choices
from nabij.kit.offering import offer
from nabij.notify.addresses import LONGEST_EMAIL, LONGEST_PHONE, normal_email, normal_phone
from nabij.notify.contact_rules import DAYS, Agreed
from nabij.notify.models import Way
from nabij.people import content as people_content
from nabij.vulnerability.content import alert_kinds, steps
from nabij.vulnerability.models import Level

LINE, TEXT = 120, 2000
OFF = {"autocomplete": "off"}


def _languages() -> list[tuple[str, str]]:
    return people_content.choices("language", "nl")


def line(label: Any, *, required: bool = True, hint: Any = "", most: int = LINE) -> forms.CharField:
    """One line that no browser remembers."""
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=most, widget=forms.TextInput(OFF)
    )


def text(label: Any, *, required: bool = True, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A few lines that no browser remembers."""
    area = forms.Textarea(attrs={**OFF, "rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, max_length=TEXT, widget=area)


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Kies een datum."),
            "invalid": _("Vul een datum in, bijvoorbeeld 03-02-2027."),
        },
    )


class AddressField(forms.CharField):
    """An address that can be compared with another, or nothing: an address without a house is refused."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Adres"),
            required=False,
            max_length=LINE,
            widget=forms.TextInput(OFF),
            help_text=_(
                "Met postcode en huisnummer. Voor bezoek en brieven, "
                "en om te zien of twee kanten van een zaak op één adres wonen."
            ),
        )

    def clean(self, value: Any) -> str:
        """The address as typed."""
        typed: str = super().clean(value)
        if typed and not address_keys(typed):
            raise forms.ValidationError(_("Schrijf de straat of postcode op, met het huisnummer."))
        return typed


THROUGH_WHOM = _("Een kind bereikt u via de ouder of voogd. Iemand vanaf deze leeftijd bereikt u zelf.")


def younger() -> str:
    """Who is reached through the guardian; the age is content, and nobody's birthday is kept."""
    return str(_("Jonger dan %(age)s jaar") % {"age": reached_alone_from()})


class PhoneMailForm(forms.Form):
    """A phone and an e-mail address, in normal form."""

    phone = line(_("Telefoon"), required=False, most=LONGEST_PHONE)
    email = line(_("E-mail"), required=False, most=LONGEST_EMAIL)

    def clean_phone(self) -> str:
        """The number as +31..., or nothing."""
        return self._normal("phone", normal_phone, _("Dit is geen telefoonnummer. Kijk het nummer na."))

    def clean_email(self) -> str:
        """The address in small letters, or nothing."""
        return self._normal("email", normal_email, _("Dit is geen e-mailadres. Kijk het adres na."))

    def _normal(self, name: str, normal: Any, message: Any) -> str:
        typed: str = self.cleaned_data[name]
        found: str | None = normal(typed) if typed else ""
        if found is None:
            raise forms.ValidationError(message)
        return found


class WhoForm(PhoneMailForm):
    """Whom somebody talks about: name, phone, e-mail; at least one of them."""

    name = line(_("Naam"), required=False)
    field_order: tuple[str, ...] | None = ("name", "phone", "email")

    def clean(self) -> dict[str, Any]:
        """Something to look for."""
        clean = super().clean() or {}
        if not self.errors and not any(clean.get(name) for name in ("name", "phone", "email")):
            self.add_error("name", _("Vul een naam, telefoonnummer of e-mailadres in."))
        return clean


class PersonForm(WhoForm):
    """A person with what happened to them, as far as needed to help."""

    address = AddressField()
    language = forms.ChoiceField(label=_("Taal"), initial="nl")
    topic = forms.ChoiceField(label=_("Wat is er gebeurd?"))
    happened_on = day(_("Wanneer?"), required=False)
    capacity = forms.ChoiceField(label=_("Deze persoon is"), choices=Capacity.choices)
    is_severe = forms.BooleanField(
        label=_("Ernstig: zwaar letsel, of iemand overleed in het verkeer"), required=False
    )
    is_minor = forms.BooleanField(required=False, help_text=THROUGH_WHOM)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = True
        self.fields["is_minor"].label = younger()
        offer(self, language=_languages(), topic=topic_choices())


class NewCaseForm(PersonForm):
    """Somebody who asks for help, and said yes to it."""

    way_in = forms.ChoiceField(
        label=_("Hoe kwam de vraag?"),
        choices=[
            (each.value, each.label)
            for each in (WayIn.OWN_REQUEST, WayIn.MUNICIPALITY, WayIn.PARTNER, WayIn.DOOR)
        ],
    )
    has_agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja tegen hulp"),
        help_text=_("Lees voor: ‘Wij schrijven op wat nodig is om u te helpen. U kunt dit altijd stoppen.’"),
        error_messages={"required": _("Zonder ja van deze persoon beginnen we geen dossier.")},
    )


class ReachForm(PhoneMailForm):
    """What changed in how somebody is reached; what is known is not shown, and stays when left empty."""

    address = AddressField()
    gone = forms.MultipleChoiceField(
        label=_("Dit klopt niet meer, en er is niets nieuws"),
        choices=[("phone", _("Telefoon")), ("email", _("E-mail")), ("address", _("Adres"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Wat u leeg laat en niet aankruist, blijft zoals het is."),
    )
    is_minor = forms.TypedChoiceField(
        label=_("Leeftijd"),
        coerce=lambda said: said == "ja",
        empty_value=None,
        required=False,
        help_text=THROUGH_WHOM,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        older = _("%(age)s jaar of ouder") % {"age": reached_alone_from()}
        offer(self, is_minor=[("", _("Blijft zoals het is")), ("ja", younger()), ("nee", older)])

    def clean(self) -> dict[str, Any]:
        """Something that changed."""
        clean = super().clean() or {}
        if not self.errors and not self.has_changed():
            self.add_error("phone", _("Vul in wat er veranderd is."))
        return clean

    def told(self) -> dict[str, str]:
        """What takes the place of what was known, by name; nothing typed and gone is empty."""
        clean = self.cleaned_data
        return {
            name: clean[name]
            for name in ("phone", "email", "address")
            if clean[name] or name in clean["gone"]
        }


class RuleForm(forms.Form):
    """What was agreed about contact."""

    ways = forms.MultipleChoiceField(
        label=_("Contact mag via"),
        choices=Way.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Wat u niet aankruist, kan niet: ook niet per ongeluk."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Alleen op deze dagen"),
        choices=[(number, name) for number, name in enumerate(DAYS, start=1)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Niets aangekruist is elke dag."),
    )
    from_time = forms.TimeField(label=_("Vanaf"), required=False, widget=forms.TimeInput({"type": "time"}))
    until_time = forms.TimeField(label=_("Tot"), required=False, widget=forms.TimeInput({"type": "time"}))
    is_voicemail_allowed = forms.BooleanField(label=_("Voicemail inspreken mag"), required=False)
    has_secret_address = forms.BooleanField(label=_("Het adres is geheim"), required=False)
    code_word = line(_("Codewoord"), required=False)
    wording = line(_("Wat zegt u als iemand anders opneemt?"), required=False)
    household = line(_("Wie wonen daar nog?"), required=False)
    guardian = line(_("Ouder of voogd, en hoe te bereiken"), required=False)
    interpreter = forms.ChoiceField(label=_("Tolk nodig"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, interpreter=[("", _("geen tolk")), *_languages()])

    def clean(self) -> dict[str, Any]:
        """Both hours or neither, the end after the beginning."""
        clean = super().clean() or {}
        start, end = clean.get("from_time"), clean.get("until_time")
        if bool(start) != bool(end):
            self.add_error("until_time", _("Vul beide tijden in, of geen van beide."))
        elif start and end and end <= start:
            self.add_error("until_time", _("Het einde ligt voor het begin. Kies een latere tijd."))
        return clean

    def agreed(self) -> Agreed:
        """What was agreed, in the shape of the rule."""
        clean = self.cleaned_data
        return Agreed(**{**clean, "ways": tuple(clean["ways"]), "weekdays": tuple(clean["weekdays"])})


class ReasonForm(forms.Form):
    """Why something is opened; the person can read it."""

    reason = text(
        _("Waarom hebt u dit nodig?"),
        hint=_("De persoon kan dit lezen. Schrijf geen gegevens van anderen op."),
    )


class AssignForm(forms.Form):
    """Who gets which part."""

    part = forms.ChoiceField(label=_("Als"), choices=Part.choices)
    who = forms.ChoiceField(label=_("Wie"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidates: list[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self,
            who=[(str(each.membership.pk), _described(each)) for each in candidates if not each.objection],
        )


def _described(candidate: Candidate) -> str:
    tongue = "" if candidate.speaks else str(_(", spreekt deze taal niet"))
    number = _("%(number)s dossiers") % {"number": candidate.load}
    return f"{candidate.membership.user.name} ({number}{tongue})"


class MoveForm(forms.Form):
    """Whose caseload goes to whom."""

    leaver = forms.ChoiceField(label=_("Alle dossiers van"))
    successor = forms.ChoiceField(label=_("gaan naar"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, leaver=colleagues, successor=colleagues)

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        clean = super().clean() or {}
        if clean.get("leaver") and clean.get("leaver") == clean.get("successor"):
            self.add_error("successor", _("Kies een andere collega."))
        return clean


class KindForm(forms.Form):
    """What kind of event it turned out to be."""

    topic = forms.ChoiceField(label=_("Wat is er gebeurd?"), choices=topic_choices)
    is_severe = forms.BooleanField(
        label=_("Ernstig: zwaar letsel, of iemand overleed in het verkeer"), required=False
    )


class ManagerForm(ReasonForm):
    """A case manager, or not, against the rule."""

    gets_one = forms.TypedChoiceField(
        label=_("Besluit"),
        choices=[("ja", _("wel een casemanager")), ("nee", _("geen casemanager"))],
        coerce=lambda told: told == "ja",
    )
    field_order = ("gets_one", "reason")


class LevelForm(ReasonForm):
    """Another level, with a reason."""

    level = forms.ChoiceField(label=_("Niveau"), choices=Level.choices)
    field_order = ("level", "reason")


class AlertForm(forms.Form):
    """Something to be alert to."""

    kind = forms.ChoiceField(label=_("Waar moeten collega's op letten?"), choices=alert_kinds)


class StepForm(forms.Form):
    """What was done about an alert."""

    what = forms.ChoiceField(label=_("Wat is er gedaan?"), choices=steps)


class EmergencyForm(ReasonForm):
    """The exact reference of a case, the number of the request, and why."""

    reference = line(_("Kenmerk van het dossier"), hint=_("Precies zoals het is, zoals zilver-stoel-47."))
    outside_reference = line(_("Nummer van de meldkamer of politie"))
    field_order = ("reference", "outside_reference", "reason")
