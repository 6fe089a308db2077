"""What is typed at the door of the closed part and inside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.closed_part.content import limit, questions, reasons
from nabij.closed_part.models import GROUPS, AgeClass, CodeSource, Relation
from nabij.documents.content import limits
from nabij.kit.offering import offer
from nabij.rosters.forms import LocalMoment

LINE, NOTE = 120, 1000
EMPTY = [("", "---------")]


class CodeForm(forms.Form):
    """A code that was handed over; the age only when it was not told yet."""

    code = forms.CharField(
        label=_("Uw code"),
        help_text=_("Acht tekens op het papier dat u kreeg. Een streepje hoeft niet."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Vul de code in.")},
    )
    age_class = forms.ChoiceField(label=_("Hoe oud bent u?"), required=False)

    def __init__(self, *given: Any, asks_age: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if asks_age:
            offer(self, age_class=EMPTY + [*AgeClass.choices])
        else:
            del self.fields["age_class"]


class FoundForm(forms.Form):
    """What a registrar found out on the phone or otherwise."""

    relation = forms.ChoiceField(label=_("Hoort erbij als"))
    age_class = forms.ChoiceField(label=_("Hoe oud is deze persoon?"), required=False)
    guardian_says_yes = forms.BooleanField(
        label=_("De ouder of verzorger zei ja"),
        help_text=_("Alleen nodig als iemand jonger is dan 16. Bel die ouder zelf."),
        required=False,
    )
    asked = forms.MultipleChoiceField(
        label=_("Wat vroeg u?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=questions,
    )
    note = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Kort, zonder medische details. Bij twee mensen: waarom hoort deze persoon erbij?"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *given: Any, asks_age: bool, is_young: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, relation=EMPTY + [*Relation.choices], age_class=EMPTY + [*AgeClass.choices])
        if not asks_age:
            del self.fields["age_class"]
        if not asks_age and not is_young:
            del self.fields["guardian_says_yes"]


class RefuseForm(forms.Form):
    """Why somebody is not, or no longer, inside."""

    reason = forms.ChoiceField(label=_("Reden"))
    note = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Alleen voor collega's."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self, reason=EMPTY + reasons())


class CodesForm(forms.Form):
    """For which organisation, for whom and how many."""

    source = forms.ChoiceField(label=_("Voor welke organisatie?"), choices=CodeSource.choices)
    relation = forms.ChoiceField(label=_("Voor wie?"), choices=[(each.value, each.label) for each in GROUPS])
    number = forms.IntegerField(label=_("Hoeveel codes?"), min_value=1)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        number = self.fields["number"]
        number.widget.attrs["max"] = limit("most_codes")


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
