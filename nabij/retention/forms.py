"""What the leader fills in to keep data longer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.cases.forms import day
from nabij.privacy.models import HoldGround, HoldOn
from nabij.retention.actions import Keeping

LONGEST = 2000


class HoldForm(forms.Form):
    """A new hold."""

    subject_kind = forms.ChoiceField(
        label=_("Van wie bewaart u alles?"),
        choices=HoldOn.choices,
        widget=forms.RadioSelect,
        initial=HoldOn.PERSON,
    )
    ground = forms.ChoiceField(
        label=_("Waarvoor?"),
        help_text=_("De persoon leest dit woord in de eigen ruimte, als dat veilig is."),
        choices=HoldGround.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reden"),
        help_text=_("Bijvoorbeeld het nummer van de zaak. Alleen teamleiders van uw organisatie lezen dit."),
        error_messages={"required": _("Schrijf op waarom de gegevens nodig blijven.")},
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    last_day = day(_("Tot en met"), hint=_("Daarna geldt de gewone bewaartermijn weer. Verlengen kan."))

    def __init__(self, *args: Any, has_incident: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_incident:
            del self.fields["subject_kind"]

    def keeping(self) -> Keeping:
        """What was filled in; without an incident it is about the person."""
        told = self.cleaned_data
        kind = HoldOn(told.get("subject_kind") or HoldOn.PERSON)
        return Keeping(kind, HoldGround(told["ground"]), told["reason"], told["last_day"])


class LongerForm(forms.Form):
    """A later last day."""

    last_day = day(_("Bewaren tot en met"))
