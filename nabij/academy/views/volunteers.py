"""The leader's pages of volunteers: who is where on the way, and the next step."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.academy import actions
from nabij.academy.forms import ApplicantForm, ConductForm, MentorForm
from nabij.academy.models import ALLOWED, Volunteer
from nabij.academy.queries import learning_of, mentors_for, teams_for, volunteers_for
from nabij.accounts.http import Request
from nabij.accounts.roles import Permission

STEPS: dict[str, Callable[..., Volunteer]] = {
    "opleiden": actions.accept_volunteer,
    "inzetten": actions.make_active,
    "pauze": actions.take_break,
    "afscheid": actions.say_goodbye,
}


@require_safe
def volunteers(request: Request) -> HttpResponse:
    """Everybody by phase, first who waits for something."""
    if not request.actor.may(Permission.GUIDE_STAFF):
        raise PermissionDenied
    found = volunteers_for(request.actor, request.at)
    return render(request, "academy/volunteers.html", {"volunteers": found})


@require_http_methods(["GET", "POST"])
def apply(request: Request) -> HttpResponse:
    """Note down somebody who wants to help."""
    if not request.actor.may(Permission.GUIDE_STAFF):
        raise PermissionDenied
    form = ApplicantForm(request.POST or None, teams=teams_for(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.apply_as_volunteer(**form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("De vrijwilliger is aangemeld."))
            return redirect("academy:volunteer", made.pk)
    return render(request, "academy/apply.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def volunteer(request: Request, pk: UUID) -> HttpResponse:
    """One volunteer: how far, what is still needed, and the steps that can be taken now."""
    found = get_object_or_404(volunteers_for(request.actor, request.at), pk=pk)
    context = {
        "volunteer": found,
        "learning": learning_of(found.user, request.at),
        "can_go_to": ALLOWED[found.stage],
        "mentor_form": MentorForm(mentors=mentors_for(found, request.at)),
        "conduct_form": ConductForm(),
    }
    return render(request, "academy/volunteer.html", context)


@require_POST
def step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """Take a step on the way; what is still lacking is said."""
    found = get_object_or_404(volunteers_for(request.actor, request.at), pk=pk)
    try:
        if name == "mentor":
            form = MentorForm(request.POST, mentors=mentors_for(found, request.at))
            if not form.is_valid():
                raise ValidationError(_("Kies eerst een mentor."))
            actions.give_mentor(found, form.cleaned_data["mentor"], by=request.actor, at=request.at)
        elif name == "vog":
            _see_conduct(request, found)
        elif name in STEPS:
            STEPS[name](found, by=request.actor, at=request.at)
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Bewaard."))
    return redirect("academy:volunteer", pk)


def _see_conduct(request: Request, found: Volunteer) -> None:
    form = ConductForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Vul de profielcode van de VOG in."))
    actions.see_conduct_of(found, form.cleaned_data["profile_code"], by=request.actor, at=request.at)
