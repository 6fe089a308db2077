"""Arranging requests: the control room's reference, and choosing a request or an incident."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nabij.incidents.fields import PlainText
from nabij.incidents.models import HelpRequest, Incident
from nabij.incidents.words import incident_in_words


class ConfirmForm(forms.Form):
    """The control room's own reference."""

    reference = PlainText(
        label=_("Kenmerk van de meldkamer"),
        most=40,
        error_messages={"required": _("Vul het kenmerk van de meldkamer in.")},
    )


class ChooseRequestForm(forms.Form):
    """The request into which another is merged."""

    def __init__(self, data: Any, candidates: QuerySet[HelpRequest]) -> None:
        super().__init__(data)
        self.fields["main"] = forms.ModelChoiceField(
            label=_("Met welk verzoek?"),
            queryset=candidates,
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={
                "required": _("Kies een verzoek."),
                "invalid_choice": _("Kies een verzoek uit de lijst."),
            },
        )


class ChooseIncidentForm(forms.Form):
    """Another incident: where a request belongs, or which one this repeats."""

    def __init__(self, data: Any, candidates: QuerySet[Incident]) -> None:
        super().__init__(data)
        self._offered = {str(each.pk): each for each in candidates}
        choices = [(key, incident_in_words(each)) for key, each in self._offered.items()]
        self.fields["incident"] = forms.ChoiceField(
            label=_("Welke gebeurtenis?"),
            choices=choices,
            widget=forms.Select(attrs={"data-searchable": ""}),
            error_messages={
                "required": _("Kies een gebeurtenis."),
                "invalid_choice": _("Kies een gebeurtenis uit de lijst."),
            },
        )

    def clean_incident(self) -> Incident:
        """The chosen incident itself."""
        return self._offered[self.cleaned_data["incident"]]
