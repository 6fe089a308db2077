"""The forms of incidents."""

from nabij.incidents.forms.arranging import ChooseIncidentForm, ChooseRequestForm, ConfirmForm
from nabij.incidents.forms.asking import NEW, RequestForm
from nabij.incidents.forms.changing import FactsForm, GripForm, NoteForm

__all__ = [
    "NEW", "ChooseIncidentForm", "ChooseRequestForm", "ConfirmForm", "FactsForm", "GripForm", "NoteForm",
    "RequestForm",
]  # fmt: skip
