"""What somebody is not content with, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.complaints.models import Finding

LONGEST = 4000


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})


class ComplaintForm(forms.Form):
    """A complaint in one's own words."""

    text = forms.CharField(
        label=_("Waarover gaat uw klacht?"),
        error_messages={"required": _("Schrijf op waarover de klacht gaat.")},
        max_length=LONGEST,
        widget=_area(),
    )
    is_about_leader = forms.BooleanField(
        label=_("Mijn klacht gaat over de teamleider. Dan leest een teamleider van een andere plaats hem."),
        required=False,
    )


class ToldForm(ComplaintForm):
    """The same, written down by who heard it."""

    text = forms.CharField(
        label=_("Wat zei de persoon?"),
        help_text=_("Schrijf het op zoals het gezegd is. U leest het daarna niet meer terug."),
        max_length=LONGEST,
        widget=_area(),
    )
    is_about_leader = forms.BooleanField(label=_("De klacht gaat over de teamleider"), required=False)


class AnswerForm(forms.Form):
    """What the leader found, in words for the person."""

    finding = forms.ChoiceField(
        label=_("Wat vindt u?"),
        help_text=_("Zo leest de persoon het."),
        choices=Finding.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Antwoord aan de persoon"),
        help_text=_("In gewone woorden: wat u hebt nagegaan, wat u vindt en wat u verandert."),
        max_length=LONGEST,
        widget=_area(),
    )
