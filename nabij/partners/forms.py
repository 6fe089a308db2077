"""Input of who keeps partners."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Municipality, SafetyRegion
from nabij.advice import content as advice
from nabij.incidents.fields import PlainText
from nabij.kit.offering import offer
from nabij.notify.addresses import office_phone
from nabij.partners import content
from nabij.partners.actions import Agreed, Known, Met, Reached
from nabij.partners.models import RegionPartner


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Vul een dag in, bijvoorbeeld 29-11-2026.")},
        **options,
    )


class OfficePhone(forms.CharField):
    """The number of an office or a role, as it is dialled from here."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "dir": "ltr"})
        super().__init__(widget=widget, required=False, **options)

    def clean(self, value: Any) -> str:
        """+31201234567, or 0900 and 14 numbers as they are; raises ValidationError for what is no number."""
        typed = super().clean(value)
        number = office_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(
                _("Dit lijkt geen telefoonnummer. Voorbeeld: 020-0000001 of 0900-0000."), code="invalid"
            )
        return number


class PartnerForm(forms.Form):
    """A partner, and by which roles and numbers it is reached by day and by night."""

    safety_region = forms.ModelChoiceField(
        SafetyRegion.objects.none(), label=_("In welke veiligheidsregio?"), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Wat voor partner is het?"), choices=lambda: advice.choices("partner"))
    name = PlainText(
        label=_("Hoe heet de partner?"),
        most=content.most("name"),
        error_messages={"required": _("Vul de naam van de organisatie in.")},
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Welke gemeente is het?"),
        required=False,
        empty_label=_("Het is geen gemeente"),
    )
    night_phone = OfficePhone(label=_("Nummer voor de nacht en het weekend"))
    night_function = PlainText(
        label=_("Wie neemt dan op?"),
        most=content.most("function"),
        required=False,
        help_text=_("Een functie, geen naam. Bijvoorbeeld: officier van dienst."),
    )
    day_phone = OfficePhone(label=_("Nummer voor overdag"))
    day_function = PlainText(label=_("Wie neemt overdag op?"), most=content.most("function"), required=False)

    def __init__(
        self, *args: Any, regions: Any, places: Any, partner: RegionPartner | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, safety_region=regions, municipality=places)
        if partner is not None:
            del self.fields["safety_region"]

    def to_reached(self) -> Reached:
        """The clean values; only for a valid form."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "safety_region"}
        place = told.pop("municipality")
        return Reached(**told, municipality_id=place.pk if place else None)


class LinkForm(forms.Form):
    """The contact persons of both sides."""

    owner = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Wie van ons kent deze partner?"),
        empty_label=_("Kies een collega"),
    )
    our_phone = OfficePhone(
        label=_("Ons nummer voor hen"),
        help_text=_("Een nummer van een functie, bijvoorbeeld van het piket."),
    )
    their_function = PlainText(
        label=_("Met wie spreken wij daar?"),
        most=content.most("function"),
        required=False,
        help_text=_("Een functie, geen naam. Mensen wisselen, een functie blijft."),
    )
    their_phone = OfficePhone(label=_("Nummer van die functie"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, owner=people)

    def to_known(self) -> Known:
        """The clean values; only for a valid form."""
        clean = self.cleaned_data
        return Known(clean["owner"].pk, clean["our_phone"], clean["their_function"], clean["their_phone"])


class AgreementForm(forms.Form):
    """What was agreed, when, and when to look at it again."""

    title = PlainText(
        label=_("Wat is afgesproken?"),
        most=content.most("title"),
        help_text=_("Bijvoorbeeld: convenant over opvang na een ramp."),
        error_messages={"required": _("Schrijf op wat is afgesproken.")},
    )
    agreed_on = _day(_("Op welke dag?"))
    look_again_on = _day(_("Wanneer bekijkt u dit samen opnieuw?"))

    def to_agreed(self) -> Agreed:
        """The clean values; only for a valid form."""
        return Agreed(**self.cleaned_data)


class LookAgainForm(forms.Form):
    """The next day to look at an agreement."""

    look_again_on = _day(_("Wanneer bekijkt u dit samen opnieuw?"))


class MeetingForm(forms.Form):
    """With which partners, what it was, on which day, and what about."""

    partners = forms.ModelMultipleChoiceField(
        RegionPartner.objects.none(),
        label=_("Met wie?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies met wie u sprak of spreekt.")},
    )
    kind = forms.ChoiceField(
        label=_("Wat was het, of wat wordt het?"), choices=content.meeting_kinds, widget=forms.RadioSelect
    )
    held_on = _day(_("Op welke dag?"), help_text=_("Een dag die nog komt mag ook: dan staat het gepland."))
    subject = PlainText(
        label=_("Waarover?"),
        most=content.most("subject"),
        required=False,
        help_text=_("Kort, en zonder namen van mensen."),
    )

    def __init__(self, *args: Any, known: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, partners=known)
        self.today = today

    def clean_held_on(self) -> date:
        """A day within reach: a typing mistake in the year is seen at once."""
        day: date = self.cleaned_data["held_on"]
        if abs((day - self.today).days) > content.term("farthest_days").days:
            raise forms.ValidationError(_("Deze dag ligt te ver weg. Kijk het jaar na."))
        return day

    def to_met(self) -> Met:
        """The clean values; only for a valid form."""
        clean = self.cleaned_data
        return Met(clean["kind"], clean["held_on"], clean["subject"])
