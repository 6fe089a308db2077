"""Input for a duty and a hand-over note."""

from datetime import datetime
from typing import Any

from django import forms

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.rosters.languages import language_choices
from nabij.rosters.models import Seat


class LocalMoment(forms.DateTimeField):
    """A moment on the clock in Amsterdam; the hour that does not exist in March is refused in words."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages", {"invalid": "Vul een datum en een tijd in, bijvoorbeeld 10-01-2027 19:00."}
        )
        super().__init__(**options)


class DutyForm(forms.Form):
    """Who, on which chair, from when till when."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label="Wie")
    seat = forms.ChoiceField(choices=Seat.choices, label="Rol")
    starts_at = LocalMoment(label="Van")
    ends_at = LocalMoment(label="Tot")

    def __init__(self, *args: Any, actor: Actor, at: datetime, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["membership"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (narrows the type)
        field.queryset = people

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning, and a duty is at most two weeks long."""
        clean = super().clean() or {}
        start, end = clean.get("starts_at"), clean.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "Het einde ligt voor het begin. Kies een later moment.")
        elif start and end and (end - start).days > 14:
            self.add_error("ends_at", "Een dienst duurt hooguit twee weken. Kijk of de datum klopt.")
        return clean


class ProfileForm(forms.Form):
    """The languages in which somebody can support people."""

    languages = forms.MultipleChoiceField(
        label="In welke talen kunt u mensen helpen?",
        help_text="Nederlands hoeft u niet te kiezen. Kies alleen een taal waarin u een gesprek kunt voeren.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (narrows the type)
        field.choices = language_choices()


class HandOverForm(forms.Form):
    """What the next one must know."""

    note = forms.CharField(
        label="Wat moet de volgende weten?",
        help_text="Schrijf geen namen van slachtoffers en geen medische gegevens.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
