"""Choosing, field by field, what stays when two registrations become one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.matching.blending import FOLDED, KEPT, suggested
from nabij.matching.queries.pairs import Sides

NOTHING = _("niet ingevuld")


class MergeForm(forms.Form):
    """One choice for each answer that differs; the suggestion is the registration that stays."""

    def __init__(self, *args: Any, sides: Sides, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in sides.facts:
            if fact.differs:
                self.fields[fact.name] = forms.ChoiceField(
                    label=fact.label,
                    choices=[(KEPT, fact.kept or NOTHING), (FOLDED, fact.folded or NOTHING)],
                    initial=suggested(sides.told[0], fact.name),
                    widget=forms.RadioSelect,
                )
