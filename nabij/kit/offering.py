"""What a form offers that is known only when it is shown: its choices and the records to choose from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

UNSAID = "---------"


def offer(form: forms.BaseForm, **offered: Any) -> None:
    """Let each named field offer its choices, or the records of a query; TypeError for a free field.

    Where nothing is chosen yet, the list says what to do instead of a row of dashes.
    """
    for name, choices in offered.items():
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = choices
            if field.empty_label == UNSAID:
                field.empty_label = _("Kies uit de lijst")
        elif isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            raise TypeError(f"{name} is a field to fill in, not to choose from")
