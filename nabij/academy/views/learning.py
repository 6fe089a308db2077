"""One's own learning: certificates, hours, and taking a seat."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nabij.academy import actions
from nabij.academy.queries import (
    coming_sessions_for,
    learning_of,
    led_sessions_for,
    own_enrolments,
    session_for,
)
from nabij.accounts.http import Request
from nabij.accounts.models import User
from nabij.accounts.roles import Permission


@require_safe
def learning(request: Request) -> HttpResponse:
    """What I learned, what my role asks, and where I can sign up."""
    if not request.actor.may(Permission.LEARN):
        raise PermissionDenied
    context = {
        "learning": learning_of(cast(User, request.user), request.at),
        "enrolments": own_enrolments(request.actor, request.at),
        "sessions": coming_sessions_for(request.actor, request.at),
        "led": led_sessions_for(request.actor, request.at)[:20],
        "may_teach": request.actor.may(Permission.TEACH),
    }
    return render(request, "academy/learning.html", context)


@require_safe
def reminder(request: Request) -> HttpResponse:
    """The panel on the desk: in order until when, or what is lacking."""
    if not request.actor.may(Permission.LEARN):
        raise PermissionDenied
    found = learning_of(cast(User, request.user), request.at)
    return render(request, "academy/_reminder.html", {"learning": found})


@require_POST
def enrol(request: Request, pk: UUID) -> HttpResponse:
    """Take a seat."""
    found = session_for(request.actor, pk, request.at)
    try:
        actions.enrol(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("U bent ingeschreven."))
    return redirect("academy:learning")


@require_POST
def leave(request: Request, pk: UUID) -> HttpResponse:
    """Give the seat back."""
    actions.leave_session(session_for(request.actor, pk, request.at), by=request.actor, at=request.at)
    messages.success(request, _("U bent uitgeschreven."))
    return redirect("academy:learning")
