"""The leader's and the trainer's pages: what ends when across the team, and one colleague."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.academy import actions
from nabij.academy.forms import ConductForm
from nabij.academy.policies import can_guide, can_keep_certificates
from nabij.academy.queries import by_need, certificate_for, learning_of, learnings_of, staff_for
from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.kit import panels


@require_safe
def team(request: Request) -> HttpResponse:
    """Everybody, first who lacks something, then who lacks something soonest."""
    actor = request.actor
    if not (actor.may(Permission.GUIDE_STAFF) or actor.may(Permission.TEACH)):
        raise PermissionDenied
    found = by_need(learnings_of(list(staff_for(actor, request.at)), request.at))
    context = {
        "learnings": found,
        "panels": panels.shown("academy_team", request, None),
        "may_keep": can_keep_certificates(actor, request.at),
    }
    return render(request, "academy/team.html", context)


@require_safe
def person(request: Request, pk: UUID) -> HttpResponse:
    """One colleague's certificates, and what a leader or a trainer may do about them."""
    user = get_object_or_404(staff_for(request.actor, request.at), pk=pk)
    context = {
        "learning": learning_of(user, request.at),
        "conduct_form": ConductForm() if can_guide(request.actor, user, request.at) else None,
        "may_keep": can_keep_certificates(request.actor, request.at) and user.pk != request.actor.user_id,
    }
    return render(request, "academy/person.html", context)


@require_http_methods(["POST"])
def conduct(request: Request, pk: UUID) -> HttpResponse:
    """Say that one saw the certificate of conduct today."""
    user = get_object_or_404(staff_for(request.actor, request.at), pk=pk)
    form = ConductForm(request.POST)
    if not form.is_valid():
        context = {"learning": learning_of(user, request.at), "conduct_form": form, "may_keep": False}
        return render(request, "academy/person.html", context, status=422)
    actions.see_conduct(user, form.cleaned_data["profile_code"], by=request.actor, at=request.at)
    messages.success(request, _("Bewaard: u zag de VOG vandaag."))
    return redirect("academy:person", pk)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Withdraw a certificate that proved wrong."""
    certificate = certificate_for(request.actor, pk, request.at)
    actions.withdraw_certificate(certificate, by=request.actor, at=request.at)
    messages.success(request, _("Het certificaat is ingetrokken."))
    return redirect("academy:person", certificate.user_id)
