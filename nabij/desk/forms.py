"""Input at the desk: a conversation, a paper form, a search, and what happens with a need."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.advice.forms import WithoutNames
from nabij.desk import content
from nabij.incidents.fields import PlainText
from nabij.kit.offering import offer
from nabij.people.forms import RegistrationForm
from nabij.rosters.forms import LocalMoment

LONGEST_SEARCH = 200
OWN = ("has_looked", "received_at")


class SearchForm(forms.Form):
    """One box for what somebody says: it is sent as a form, so that no name stands in an address."""

    sought = forms.CharField(
        label=_("Zoek eerst: naam, telefoon, e-mail of kenmerk"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput({"autocomplete": "off", "type": "search", "accesskey": "z"}),
        error_messages={"required": _("Vul in wie u zoekt.")},
    )


class ConversationForm(RegistrationForm):
    """The questions of the public form in the order of a conversation, with what the registrar says."""

    has_looked = forms.BooleanField(
        label=_("Ik heb gekeken: dit is iemand anders."), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("form_key", uuid.uuid4().hex)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The steps of the conversation with their fields; a step with an error stands open."""
        found = []
        for step in content.steps(self.tongue):
            fields = [self[name] for name in step["fields"]]
            is_open = not step["is_optional"] or any(field.errors for field in fields)
            found.append({**step, "fields": fields, "is_open": is_open})
        return found

    def ask_to_look(self) -> None:
        """Show the tick with which the registrar says that none of the candidates is this person."""
        self.fields["has_looked"].widget = forms.CheckboxInput()
        self.add_error("has_looked", _("Kijk eerst of deze persoon er al staat."))

    def answers(self) -> dict[str, Any]:
        """What the public form would send; what only the desk asks is left out."""
        return {name: value for name, value in super().answers().items() if name not in OWN}


class PaperForm(ConversationForm):
    """The same from paper, with the moment at which it was handed in."""

    received_at = LocalMoment(
        label=_("Wanneer is het formulier ingeleverd?"),
        help_text=_("Dit staat rechtsboven op het papieren formulier."),
    )


class GiveForm(forms.Form):
    """To whom a need goes."""

    owner = forms.ChoiceField(label=_("Geef aan"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, owner=[("", _("Kies uit de lijst")), *people])


class PassForm(forms.Form):
    """Which partner helps further, and what they were told."""

    partner = forms.ChoiceField(label=_("Welke partner?"), choices=lambda: content.partners())
    told = PlainText(
        label=_("Wat hebt u verteld?"),
        most=content.number("most_told"),
        help_text=_("Kort. Geen medische gegevens."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Schrijf op wat u vertelde.")},
    )


class EndForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("Hoe liep het af?"),
        choices=lambda: content.outcomes(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afliep.")},
    )


class TogetherForm(forms.Form):
    """The reference of somebody who belongs with this person."""

    reference = forms.CharField(
        label=_("Kenmerk van wie erbij hoort"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Vul het kenmerk in.")},
    )


class QuestionForm(WithoutNames):
    """What somebody asks, without who; a name in it is hinted once."""

    question = PlainText(
        label=_("Wat vraagt iemand?"),
        most=content.number("most_question"),
        help_text=_("Zonder namen. Schrijf de vraag zo dat ook een ander hem begrijpt."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Schrijf de vraag op.")},
    )
    is_other = forms.BooleanField(
        label=_("Dit is een andere vraag."), required=False, widget=forms.HiddenInput
    )

    def ask_to_compare(self) -> None:
        """Show the tick with which the registrar says that none of the earlier questions is this one."""
        self.fields["is_other"].widget = forms.CheckboxInput()
        self.add_error("is_other", _("Kijk eerst of deze vraag er al staat."))


class AnswerForm(WithoutNames):
    """The answer, for everybody who asks this."""

    answer = PlainText(
        label=_("Het antwoord"),
        most=content.number("most_answer"),
        help_text=_("Zonder namen, in korte zinnen. Alleen wat zeker is."),
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Schrijf het antwoord op.")},
    )


class RouteForm(forms.Form):
    """Who knows the answer."""

    partner = forms.ChoiceField(label=_("Wie weet het antwoord?"), choices=lambda: content.answerers())
