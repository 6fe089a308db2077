"""Who asks from outside and what they want, without a name; and the officer's answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.inquiries import content

LONGEST_REASON = 2000


class TakeForm(forms.Form):
    """Two choices and no field for words: nobody can write a name here."""

    asker = forms.ChoiceField(
        label=_("Wie vraagt?"), choices=lambda: content.choices("asker"), widget=forms.RadioSelect
    )
    wish = forms.ChoiceField(
        label=_("Wat wil die?"), choices=lambda: content.choices("wish"), widget=forms.RadioSelect
    )


class SettleForm(forms.Form):
    """What came of it, and why."""

    outcome = forms.ChoiceField(
        label=_("Wat is het antwoord?"), choices=lambda: content.choices("outcome"), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Zonder namen. Bij een wettelijke plicht: welk artikel, en wie erom vroeg."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
