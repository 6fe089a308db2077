"""What is typed inside the closed part, and by who looks after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import GROUPS, Relation
from nabij.documents.content import limits
from nabij.kit.offering import offer
from nabij.rosters.forms import LocalMoment

LINE = 120


class LetterForm(forms.Form):
    """A message; the key makes the same message once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Uw bericht"),
        error_messages={"required": _("Schrijf eerst uw bericht.")},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class LetterDraftForm(LetterForm):
    """The same while it is being written: it may be empty again."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].required = False


class ComeForm(forms.Form):
    """With how many somebody comes."""

    number = forms.IntegerField(label=_("Met hoeveel mensen komt u?"), min_value=1, initial=1)


def _for_whom() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Voor wie?"),
        choices=Relation.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies voor wie dit is.")},
    )


class ContactForm(forms.Form):
    """Who may be asked for, and by whom."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Wie?"))
    relations = _for_whom()

    def __init__(self, *given: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, membership=people)


class GroupForm(forms.Form):
    """A group to open: at which centre, for whom, and whose name stands in it."""

    centre = forms.ModelChoiceField(AdviceCentre.objects.none(), label=_("Bij welk centrum?"))
    relation = forms.ChoiceField(
        label=_("Voor wie?"), choices=[(each.value, each.label) for each in GROUPS], widget=forms.RadioSelect
    )
    contact = forms.ModelChoiceField(Membership.objects.none(), label=_("Contactpersoon van de groep"))
    is_youth = forms.BooleanField(
        label=_("Groep voor jongeren onder de 16"),
        help_text=_("De contactpersoon is dan de jongerenwerker."),
        required=False,
    )

    def __init__(self, *given: Any, centres: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, centre=centres, contact=people)


class MeetingForm(forms.Form):
    """A meeting for people inside."""

    title = forms.CharField(label=_("Wat is het?"), help_text=_("Geen namen."), max_length=LINE)
    relations = _for_whom()
    where = forms.CharField(label=_("Waar?"), help_text=_("Alleen mensen binnen lezen dit."), max_length=LINE)
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))
    seats = forms.IntegerField(label=_("Hoeveel plaatsen?"), min_value=1, max_value=2000)


class PaperForm(forms.Form):
    """A document for people inside."""

    title = forms.CharField(label=_("Wat is het?"), help_text=_("Geen namen."), max_length=LINE)
    relations = _for_whom()
    shown_from_at = LocalMoment(
        label=_("Te lezen vanaf"), help_text=_("Daarvoor ziet niemand binnen dat dit stuk er is.")
    )
    file = forms.FileField(
        label=_("Bestand"),
        error_messages={
            "required": _("Kies een bestand."),
            "empty": _("Dit bestand is leeg. Kies een ander bestand."),
        },
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf"}),
    )

    def __init__(self, *given: Any, is_too_large: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        if is_too_large:
            large = _("Dit bestand is te groot. Kies een kleiner bestand.")
            self.fields["file"].error_messages["required"] = str(large)

    def content(self) -> bytes:
        """The bytes, at most one more than is taken."""
        return bytes(self.cleaned_data["file"].read(limits().largest_file + 1))
