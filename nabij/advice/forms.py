"""Input of both sides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.advice import content
from nabij.advice.actions import Asked, Said
from nabij.advice.names import may_name_somebody
from nabij.guide import topics
from nabij.incidents.fields import PlainText
from nabij.incidents.models import Incident
from nabij.kit.offering import offer
from nabij.rosters.forms import LocalMoment

_ROWS = {"rows": 5, "dir": "auto"}


def _topic() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Waar gaat het over?"),
        choices=lambda: [("", _("Kies of zoek")), *topics.choices()],
        widget=forms.Select(attrs={"data-searchable": ""}),
        error_messages={"required": _("Kies waar het over gaat.")},
    )


class WithoutNames(forms.Form):
    """Hints once when a text seems to name somebody; who looked and sends it again is believed."""

    has_looked = forms.BooleanField(
        label=_("Ik heb gekeken: hier staat geen naam van een inwoner."),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        """The hint beside each text that seems to name somebody."""
        clean = super().clean() or {}
        named = [each for each in ("question", "answer") if may_name_somebody(clean.get(each, ""))]
        if named:
            self.fields["has_looked"].widget = forms.CheckboxInput()
            self.order_fields([*(name for name in self.fields if name != "has_looked"), "has_looked"])
        for each in named if not clean.get("has_looked") else []:
            self.add_error(each, _("Staat hier een naam? Haal die weg, of zet onderaan een vinkje."))
        return clean


class QuestionForm(WithoutNames):
    """What an official wants to know, how soon, and about which event."""

    topic = _topic()
    question = PlainText(
        label=_("Wat is uw vraag?"),
        most=content.most("question"),
        help_text=_("Schrijf geen namen van inwoners op. Dat is niet nodig voor een advies."),
        widget=forms.Textarea(attrs=_ROWS),
        error_messages={"required": _("Schrijf op wat u wilt weten.")},
    )
    urgency = forms.ChoiceField(
        label=_("Hoe snel hebt u antwoord nodig?"),
        choices=lambda: content.choices("urgency"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe snel u antwoord nodig hebt.")},
    )
    wanted_at = LocalMoment(
        label=_("Voor welk moment?"), required=False, help_text=_("Bijvoorbeeld voor een overleg.")
    )
    incident = forms.ModelChoiceField(
        Incident.objects.none(),
        label=_("Gaat het over een gebeurtenis?"),
        required=False,
        empty_label=_("Nee"),
    )

    def __init__(self, *args: Any, incidents: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, incident=incidents)

    def to_asked(self) -> Asked:
        """The clean values; only for a valid form."""
        clean = self.cleaned_data
        return Asked(
            clean["topic"], clean["question"], clean["urgency"], clean["wanted_at"], clean["incident"]
        )


class AnswerForm(forms.Form):
    """The advice note."""

    advice = PlainText(
        label=_("Uw advies"),
        most=content.most("answer"),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("Schrijf uw advies op.")},
    )


class CallForm(WithoutNames):
    """Who called, what was asked, what was answered and how long it took."""

    caller = forms.ChoiceField(
        label=_("Welke organisatie belde?"), choices=lambda: [("", _("Kies")), *content.choices("caller")]
    )
    function = PlainText(
        label=_("Welke functie heeft de beller?"),
        most=content.most("function"),
        required=False,
        help_text=_("Geen naam. Bijvoorbeeld: wijkagent."),
    )
    municipality = forms.ChoiceField(
        label=_("Voor welke gemeente?"), required=False, widget=forms.Select(attrs={"data-searchable": ""})
    )
    topic = _topic()
    question = PlainText(
        label=_("Wat was de vraag?"), most=content.most("question"), widget=forms.Textarea(attrs=_ROWS)
    )
    answer = PlainText(
        label=_("Wat hebt u gezegd?"),
        most=content.most("answer"),
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
    )
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten duurde het?"),
        min_value=1,
        max_value=content.most("minutes"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=[("", _("Weet ik niet")), *places])

    def to_said(self) -> Said:
        """The clean values; only for a valid form."""
        clean = self.cleaned_data
        return Said(
            clean["caller"], clean["topic"], clean["question"], clean["minutes"], answer=clean["answer"],
            function=clean["function"], municipality_code=clean["municipality"],
        )  # fmt: skip


class ContactForm(forms.Form):
    """Who is the fixed contact from now on."""

    membership = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Wie is de vaste contactpersoon?"),
        empty_label=_("Kies een collega"),
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, membership=people)


class NoticeForm(forms.Form):
    """Which partner was told, and when."""

    partner = forms.ChoiceField(
        label=_("Welke partner is ingelicht?"), choices=lambda: content.choices("partner")
    )
    informed_at = LocalMoment(label=_("Wanneer?"))
