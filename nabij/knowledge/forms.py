"""Input of who shares knowledge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.guide import topics
from nabij.kit.offering import offer
from nabij.knowledge import content
from nabij.knowledge.actions import Written

_NO_NAMES = _("Schrijf geen namen van mensen op. Alle medewerkers van alle gemeenten lezen dit.")


class ArticleForm(forms.Form):
    """Title, topics and text; the version that the writer had before them goes along unseen."""

    title = forms.CharField(label=_("Titel"), max_length=content.most("title"))
    topics = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"),
        choices=topics.choices,
        required=False,
        help_text=_("Leeg laten mag: dan gaat het over elke gebeurtenis."),
        widget=forms.SelectMultiple(attrs={"size": 6, "data-searchable": ""}),
    )
    text = forms.CharField(
        label=_("Tekst"),
        max_length=content.most("text"),
        help_text=_NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_written(self) -> Written:
        """The clean words; only for a valid form."""
        clean = self.cleaned_data
        return Written(clean["title"], clean["text"], tuple(clean["topics"]))


class DistrictForm(forms.Form):
    """A district and the municipality in which it lies."""

    municipality = forms.ChoiceField(label=_("Gemeente"))
    name = forms.CharField(label=_("Naam van de wijk"), max_length=content.most("name"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, municipality=places)


class BriefingForm(forms.Form):
    """On which day people were told."""

    held_on = forms.DateField(
        label=_("Op welke dag was de voorlichting?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Vul een dag in, bijvoorbeeld 29-11-2026.")},
    )


class DoorForm(forms.Form):
    """Which partner, and on which page or place."""

    partner = forms.CharField(label=_("Welke partner?"), max_length=content.most("name"))
    place = forms.CharField(
        label=_("Op welke pagina of plek?"),
        max_length=content.most("place"),
        help_text=_("Bijvoorbeeld een webadres, of de balie van het wijkteam."),
    )
