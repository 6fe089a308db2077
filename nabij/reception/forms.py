"""Input at a reception: a place, a card, a talk with a group, and agreed presence."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.kit.offering import offer
from nabij.notify.addresses import LONGEST_PHONE, normal_phone
from nabij.people import content as people_content
from nabij.reception.content import child_below_age, consent_text, needs, talk_topics
from nabij.reception.models import Party
from nabij.rosters.forms import LocalMoment

LINE = 120


class PlaceForm(forms.Form):
    """Where people are received."""

    name = forms.CharField(label=_("Waar is de opvang?"), max_length=LINE)
    capacity = forms.IntegerField(
        label=_("Voor hoeveel mensen is er plaats?"), min_value=1, max_value=5000, required=False
    )


class CardForm(forms.Form):
    """Somebody who agreed: a name or alias, a phone or none, what they need."""

    agreed = forms.BooleanField(
        label=_("Deze persoon zegt ja"),
        error_messages={
            "required": _("Zonder toestemming schrijven we niets op. Tel deze persoon mee zonder kaart.")
        },
    )
    is_old_enough = forms.BooleanField(
        error_messages={"required": _("Van kinderen schrijven we niets op. Tel dit kind mee zonder kaart.")}
    )
    name = forms.CharField(
        label=_("Naam"),
        help_text=_("Een voornaam of een andere naam mag ook."),
        max_length=LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telefoon"),
        max_length=LONGEST_PHONE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "dir": "ltr"}),
    )
    wants_call = forms.BooleanField(label=_("Wil gebeld worden door Slachtofferhulp"), required=False)
    is_safe = forms.BooleanField(label=_("Bellen op dit nummer is veilig"), required=False, initial=True)
    language = forms.ChoiceField(label=_("Taal"), initial="nl")
    needs = forms.MultipleChoiceField(
        label=_("Wat is nu nodig?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreed"].help_text = _("Lees voor: ‘%(text)s’") % {"text": consent_text()}
        self.fields["is_old_enough"].label = _("Is %(age)s jaar of ouder") % {"age": child_below_age()}
        offer(self, language=people_content.choices("language", "nl"), needs=list(needs().items()))

    def clean_phone(self) -> str:
        """The number in its one normal form, or none."""
        typed: str = self.cleaned_data["phone"]
        number = normal_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Dit is geen telefoonnummer. Kijk of alle cijfers er staan."))
        return number

    def clean(self) -> dict[str, Any]:
        """Who wants to be called gives a number."""
        clean = super().clean() or {}
        if clean.get("wants_call") and not clean.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Vul een nummer in, of zet ‘wil gebeld worden’ uit."))
        return clean


class TalkForm(forms.Form):
    """A talk with a group, without anybody's name."""

    people = forms.IntegerField(label=_("Hoeveel mensen waren erbij?"), min_value=1, max_value=5000)
    leaders = forms.IntegerField(label=_("Met hoeveel begeleiders?"), min_value=1, max_value=50, initial=2)
    topics = forms.MultipleChoiceField(
        label=_("Waar ging het over?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, topics=list(talk_topics().items()))


class PresenceForm(forms.Form):
    """With whom it is agreed that we are there, where and when."""

    party = forms.ChoiceField(label=_("Met wie is dit afgesproken?"), choices=Party.choices)
    where = forms.CharField(label=_("Waar?"), max_length=LINE)
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))
    staff = forms.IntegerField(label=_("Met hoeveel medewerkers?"), min_value=1, max_value=200, initial=2)

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        clean = super().clean() or {}
        start: datetime | None = clean.get("starts_at")
        end: datetime | None = clean.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("Het einde ligt voor het begin. Kies een later moment."))
        return clean
