"""How many workers are called, and to whom the help is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.kit.offering import offer
from nabij.on_call.models import Receiver
from nabij.on_call.rules import norms
from nabij.rosters.languages import language_choices


class CallWorkersForm(forms.Form):
    """The number of workers that must come; at most as many as the norms allow."""

    needed = forms.IntegerField(
        label=_("Hoeveel medewerkers zijn er nodig?"),
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "7"}),
        error_messages={"required": _("Vul in hoeveel."), "invalid": _("Vul een heel getal in.")},
    )

    language = forms.ChoiceField(
        label=_("Moet één van hen een taal spreken?"),
        help_text=_("Die plek blijft vrij tot iemand die de taal spreekt ja zegt."),
        required=False,
    )

    with_coordinator = forms.BooleanField(
        label=_("Ook een coördinator ter plaatse"),
        help_text=_("Die komt er bij. Die plek blijft vrij tot een coördinator ja zegt."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, language=[("", _("Nee")), *language_choices()])

    def clean_needed(self) -> Any:
        """The number; raises ValidationError outside 1 to the most that can be called at once."""
        needed, most = self.cleaned_data["needed"], norms().workers_at_most
        if not 1 <= needed <= most:
            raise forms.ValidationError(_("Roep 1 tot %(most)s medewerkers op."), params={"most": most})
        return needed


class HandOverForm(forms.Form):
    """Who goes on with the help."""

    receiver = forms.ChoiceField(label=_("Wie gaat verder met de hulp?"), choices=Receiver.choices)
