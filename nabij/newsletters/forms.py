"""The forms around a centre: SIS, a question with its answer, one more language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Organisation
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, Language
from nabij.centres.norms import norms
from nabij.centres.queries import commissioning_organisations
from nabij.incidents.fields import PlainText
from nabij.kit.offering import offer


class SisForm(forms.Form):
    """Who decided that SIS is on."""

    decided_by = forms.ModelChoiceField(label=_("Wie besloot dit?"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, centre: AdviceCentre, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, decided_by=commissioning_organisations(centre.incident))


class QuestionForm(forms.Form):
    """A question and its answer."""

    question = PlainText(label=_("Vraag"), most=200)
    answer = PlainText(
        label=_("Antwoord"), most=norms().most_characters, widget=forms.Textarea(attrs={"rows": 8})
    )


class LanguageForm(forms.Form):
    """One more language for the page."""

    language = forms.ChoiceField(
        label=_("Taal"), choices=[each for each in Language.choices if each[0] not in BASE_LANGUAGES]
    )
