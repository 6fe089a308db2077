"""Who calls colleagues."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.kit.offering import offer


class CareListForm(forms.Form):
    """The members of the team who call colleagues after a heavy deployment."""

    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=_("Wie belt collega's na een zware inzet?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, members=people)
