"""Input of a meeting: when and where, how many, questions, answers, promises; and of a count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.kit.offering import offer
from nabij.meetings.content import most, owners, words
from nabij.meetings.models import Audience
from nabij.rosters.forms import LocalMoment

LINE, QUESTION, ANSWER, PROMISE, WHY = 120, 300, 1500, 200, 200
OFF = {"autocomplete": "off"}
WHAT_CHANGED = _("Schrijf op wat er anders is. De lezer ziet dat.")
NO_NAMES = _("Geen namen en geen huisnummers.")


def _owner_choices() -> list[tuple[str, str]]:
    return list(owners().items())


class MeetingForm(forms.Form):
    """For whom, where and when."""

    audience = forms.ChoiceField(
        label=_("Voor wie?"), choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.RESIDENTS
    )
    where = forms.CharField(
        label=_("Waar?"),
        help_text=_("Naam en adres van de zaal. Nooit een huis van iemand."),
        max_length=LINE,
        widget=forms.TextInput(OFF),
    )
    starts_at = LocalMoment(label=_("Wanneer?"))


class SupportForm(forms.Form):
    """How many people of victim support are asked."""

    number = forms.IntegerField(label=_("Hoeveel mensen vraagt u?"), min_value=1, initial=2)


class PromiseForm(forms.Form):
    """How many of us come."""

    number = forms.IntegerField(
        label=_("Hoeveel mensen komen er?"), help_text=_("Kunt u niet? Vul 0 in."), min_value=0
    )


class PresentForm(forms.Form):
    """How many people came."""

    present = forms.IntegerField(
        label=_("Hoeveel mensen waren er?"),
        help_text=_("Alleen het aantal. Geen lijst met namen."),
        min_value=0,
    )


class QuestionForm(forms.Form):
    """What was asked and who must answer."""

    text = forms.CharField(
        label=_("Wat was de vraag?"), help_text=NO_NAMES, max_length=QUESTION,
        widget=forms.Textarea({**OFF, "rows": 2}),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Wie antwoordt?"), choices=_owner_choices)


class AnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(
        label=_("Antwoord"), help_text=NO_NAMES, max_length=ANSWER, widget=forms.Textarea({**OFF, "rows": 4})
    )


class PublishForm(forms.Form):
    """What is different in a next version; the first asks nothing."""

    why = forms.CharField(
        label=_("Wat is er anders?"), help_text=_("De lezer ziet dit boven aan het bericht."), max_length=WHY,
        widget=forms.TextInput(OFF), error_messages={"required": WHAT_CHANGED},
    )  # fmt: skip

    def __init__(self, *args: Any, is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_first:
            self.fields["why"].required = False
            self.fields["why"].widget = forms.HiddenInput()


class FollowUpForm(forms.Form):
    """What was promised, by whom and by which day."""

    what = forms.CharField(
        label=_("Wat is afgesproken?"), help_text=NO_NAMES, max_length=PROMISE, widget=forms.TextInput(OFF)
    )
    owner = forms.ChoiceField(label=_("Wie doet het?"), choices=_owner_choices)
    due_on = forms.DateField(
        label=_("Uiterlijk op"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class CountForm(forms.Form):
    """How many more or fewer of one thing."""

    word = forms.ChoiceField(label=_("Wat telt u?"))
    number = forms.IntegerField(label=_("Hoeveel?"), min_value=1, initial=1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, word=list(words().items()))

    def clean_number(self) -> int:
        """A step that can be right."""
        number: int = self.cleaned_data["number"]
        if number > most("at_once"):
            raise forms.ValidationError(_("Dit getal kan niet kloppen."))
        return number
