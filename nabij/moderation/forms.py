"""Forms of moderators and their coordinator; what was typed stays when something is wrong."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.kit.clock import AMSTERDAM
from nabij.kit.offering import offer
from nabij.peers import content
from nabij.peers.models import FollowUp
from nabij.rosters.forms import LocalMoment


class FollowUpForm(forms.Form):
    """What was done for somebody in danger."""

    what = forms.ChoiceField(
        label=_("Wat hebt u gedaan?"), choices=FollowUp.choices, widget=forms.RadioSelect
    )


class ReasonForm(forms.Form):
    """Why a post is not shown, with a word for its writer."""

    reason = forms.ChoiceField(label=_("Waarom?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Uitleg aan de schrijver"), required=False, max_length=500,
        help_text=_("De schrijver leest dit. Schrijf vriendelijk."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, reason=content.choices("refuse_reason"))


class SilenceForm(forms.Form):
    """For how many days everything is read first."""

    days = forms.TypedChoiceField(label=_("Hoeveel dagen?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, days=[(each, str(each)) for each in content.silence_choices()])


class ExpelForm(forms.Form):
    """Why somebody must go."""

    reason = forms.ChoiceField(label=_("Waarom?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, reason=content.choices("expel_reason"))


class ShiftForm(forms.Form):
    """Who watches over the groups, from when till when."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Wie?"))
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, membership=people)


class NamesForm(forms.Form):
    """Names by which a post waits, one on each line."""

    names = forms.CharField(
        label=_("Namen, elke naam op een eigen regel"), max_length=5000,
        help_text=_("Ook een achternaam of bijnaam apart. Daarna kan niemand de namen meer lezen."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class EndForm(forms.Form):
    """The last day of the groups."""

    ends_on = forms.DateField(
        label=_("Laatste dag"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Minstens drie maanden na vandaag. Leden lezen dit meteen in hun groep."),
    )  # fmt: skip

    def clean_ends_on(self) -> datetime:
        """The moment in Amsterdam at which this day is over."""
        after = self.cleaned_data["ends_on"] + timedelta(days=1)
        return datetime.combine(after, time(), tzinfo=AMSTERDAM)


class SkipForm(forms.Form):
    """The subjects that a moderator leaves out."""

    subjects = forms.MultipleChoiceField(
        label=_("Deze onderwerpen sla ik over"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Een collega leest die berichten. U hoeft niet te zeggen waarom."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, subjects=content.skippable())


class GroupForm(forms.Form):
    """Who is the contact person of a group."""

    contact = forms.ModelChoiceField(Membership.objects.none(), label=_("Contactpersoon"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, contact=people)
