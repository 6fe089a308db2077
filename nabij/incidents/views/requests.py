"""Pages about one request: confirm, merge, move, answer, withdraw, each with its way back."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.incidents import actions, policies
from nabij.incidents.forms import ChooseIncidentForm, ChooseRequestForm, ConfirmForm
from nabij.incidents.models import HelpRequest
from nabij.incidents.queries import main_candidates, move_candidates
from nabij.incidents.refusals import Refused
from nabij.incidents.views.changing import show_form
from nabij.incidents.views.finding import posted, request_or_404

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _try_form(
    request: Request,
    about: HelpRequest,
    form: forms.Form,
    act: Callable[[], HelpRequest],
    texts: tuple[str, str, str],
) -> HttpResponse:
    """Show the form; when it is right, act; a refusal stands above the form and what was typed stays."""
    title, submit_label, done = texts
    if form.is_valid():
        try:
            incident_id = act().incident_id
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("incidents:room", incident_id)
    return show_form(request, about.incident, form, title, submit_label, number=about.number)


@_PAGE
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """The operator confirms a request with the control room's reference."""
    about = request_or_404(request, pk)
    if not policies.can_confirm(request.actor, about, request.at):
        raise PermissionDenied
    form = ConfirmForm(posted(request))
    return _try_form(
        request,
        about,
        form,
        lambda: actions.confirm_request(
            about, form.cleaned_data["reference"], by=request.actor, at=request.at
        ),
        (_("Verzoek bevestigen"), _("Bevestigen"), _("Het verzoek is bevestigd.")),
    )


@_PAGE
def merge(request: Request, pk: UUID) -> HttpResponse:
    """Merge this request into another at the same incident."""
    about = request_or_404(request, pk)
    if not policies.can_arrange(request.actor, about, request.at):
        raise PermissionDenied
    form = ChooseRequestForm(posted(request), main_candidates(about))
    return _try_form(
        request,
        about,
        form,
        lambda: actions.merge_requests(about, form.cleaned_data["main"], by=request.actor, at=request.at),
        (_("Verzoek samenvoegen"), _("Samenvoegen"), _("De verzoeken zijn samengevoegd.")),
    )


@_PAGE
def move(request: Request, pk: UUID) -> HttpResponse:
    """Move this request to the incident it is really about."""
    about = request_or_404(request, pk)
    if not policies.can_arrange(request.actor, about, request.at):
        raise PermissionDenied
    form = ChooseIncidentForm(posted(request), move_candidates(about, request.actor, request.at))
    return _try_form(
        request,
        about,
        form,
        lambda: actions.move_request(about, form.cleaned_data["incident"], by=request.actor, at=request.at),
        (_("Verzoek verplaatsen"), _("Verplaatsen"), _("Het verzoek is verplaatst.")),
    )


def _at_once(request: Request, pk: UUID, act: Callable[..., HelpRequest], done: str) -> HttpResponse:
    about = request_or_404(request, pk)
    try:
        about = act(about, by=request.actor, at=request.at)
        messages.success(request, done)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("incidents:room", about.incident_id)


@require_POST
def unmerge(request: Request, pk: UUID) -> HttpResponse:
    """Let a merged request stand by itself again."""
    return _at_once(request, pk, actions.undo_merge, _("Het verzoek staat weer op zichzelf."))


@require_POST
def move_back(request: Request, pk: UUID) -> HttpResponse:
    """Put a moved request back."""
    return _at_once(request, pk, actions.undo_move, _("Het verzoek staat weer waar het stond."))


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """The asker has an answer."""
    return _at_once(request, pk, actions.answer_request, _("Het verzoek is afgehandeld."))


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Help is no longer needed."""
    return _at_once(request, pk, actions.withdraw_request, _("Het verzoek is ingetrokken."))


@require_POST
def resume(request: Request, pk: UUID) -> HttpResponse:
    """Take a withdrawal back."""
    return _at_once(request, pk, actions.reopen_request, _("Het verzoek is weer open."))
