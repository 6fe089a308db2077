"""Input for sessions, assessments, conduct, imports and volunteers."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nabij.academy.catalogue import modules
from nabij.academy.models import Attendance, Enrolment, Result
from nabij.accounts.models import Team, User
from nabij.kit.offering import offer

MOST_CHARACTERS = 1_000_000


class LocalMoment(forms.DateTimeField):
    """A moment on the clock in Amsterdam."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Vul een datum en een tijd in, bijvoorbeeld 10-01-2027 19:00.")}


class SessionForm(forms.Form):
    """A session to plan: which course, when, where and for how many."""

    module = forms.ChoiceField(label=_("Opleiding"))
    is_drill = forms.BooleanField(
        label=_("Dit is een oefening"), help_text=_("Een oefening geeft geen certificaat."), required=False
    )
    starts_at = LocalMoment(label=_("Van"))
    ends_at = LocalMoment(label=_("Tot"))
    place = forms.CharField(label=_("Plaats"), max_length=120)
    seats = forms.IntegerField(label=_("Plaatsen"), min_value=1, max_value=500, initial=12)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        offer(self, module=[(each.code, each.name) for each in modules().values()])

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning, and the beginning is still to come."""
        clean = super().clean() or {}
        start, end = clean.get("starts_at"), clean.get("ends_at")
        if start and start < self.at:
            self.add_error("starts_at", _("Dit moment is al voorbij. Kies een later moment."))
        if start and end and end <= start:
            self.add_error("ends_at", _("Het einde ligt voor het begin. Kies een later moment."))
        return clean


class AssessmentForm(forms.Form):
    """Whether somebody came, and whether they passed."""

    attendance = forms.ChoiceField(label=_("Aanwezig"), choices=Attendance.choices)
    result = forms.ChoiceField(label=_("Beoordeling"), choices=Result.choices)

    def __init__(self, data: Any = None, *, enrolment: Enrolment) -> None:
        initial = {"attendance": enrolment.attendance, "result": enrolment.result}
        super().__init__(data, prefix=str(enrolment.pk)[:8], initial=initial)
        self.enrolment = enrolment


class ConductForm(forms.Form):
    """The profile of the certificate of conduct that was seen today."""

    profile_code = forms.CharField(
        label=_("Profielcode op de VOG"),
        help_text=_("Bewaar de VOG zelf niet. U schrijft alleen op dat u hem vandaag zag."),
        max_length=10,
    )


class ImportForm(forms.Form):
    """A CSV file, or its text as it came back from the preview."""

    file = forms.FileField(label=_("Bestand"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_CHARACTERS, strip=False)

    def clean(self) -> dict[str, Any]:
        """The text of the file; says so when there is none, or none that is text."""
        clean = super().clean() or {}
        file = clean.get("file")
        if file is not None:
            try:
                clean["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("Dit bestand is geen tekst. Bewaar het als CSV (UTF-8)."))
        elif not clean.get("text"):
            self.add_error("file", _("Kies een bestand van hooguit 1 MB."))
        return clean


class ApplicantForm(forms.Form):
    """Who wants to become a volunteer."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"))
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))

    def __init__(self, *args: Any, teams: QuerySet[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, team=teams)
        self.fields["team"].initial = teams.first()


class MentorForm(forms.Form):
    """Who is going to be the mentor."""

    mentor = forms.ModelChoiceField(User.objects.none(), label=_("Mentor"))

    def __init__(self, *args: Any, mentors: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, mentor=mentors)
