"""Inviting, taking, choosing and stopping, in the own space and in a case."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting import actions
from nabij.acting.forms import AcceptForm, GiveForm, InviteForm, LetInForm
from nabij.acting.models import Mandate, MandateKind
from nabij.acting.policies import can_decide, can_invite, can_stop, decides_with_guardian
from nabij.acting.queries import (
    choices_of,
    invitation,
    mandate_for,
    mandates_of,
    name_for,
    person_of,
    running,
)
from nabij.acting.visit import choose as look_for
from nabij.acting.visit import in_own_language, page, present, visit_of
from nabij.cases.policies import can_help
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.kit import clock
from nabij.people.visit import renew, visitor


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """For myself, or for somebody who asked me."""
    actor, at = visitor(request), clock.now()
    if actor is None or actor.id is None:
        return redirect("people:own_login")
    if request.method == "POST":
        try:
            mandate = running(actor.id, UUID(request.POST.get("voor", "")), at)
        except ValueError:
            mandate = None
        return look_for(redirect("people:own"), mandate)
    acting = present(request)
    context = {"choices": choices_of(actor.id, at), "for_id": acting and acting.for_id}
    with in_own_language(request):
        return renew(render(request, "acting/choose.html", context), request)


@login_not_required
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Panel of one's own pages: for whom one looks now, and the way to others for whom one may."""
    actor = present(request)
    found = choices_of(actor.id, clock.now()) if actor and actor.id else []
    name = name_for(actor) if actor else ""
    others = [each for each in found if each.mandate.person_id != (actor and actor.for_id)]
    return render(request, "acting/_who.html", {"choices": others, "name": name})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation; the page says nothing of who asks until the code is right."""
    at, form, actor = clock.now(), AcceptForm(posted(request)), visitor(request)
    if request.method == "POST" and form.is_valid():
        mandate = invitation(token, at)
        taken = None
        try:
            if mandate is not None:
                taken = actions.accept_mandate(mandate, **form.cleaned_data, by=actor, at=at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if taken is not None:
                with in_own_language(request):
                    return render(request, "acting/accepted.html", {"is_in": actor is not None})
            form.add_error("code", _("Deze code past niet, of de uitnodiging geldt niet meer."))
    with in_own_language(request):
        return render(request, "acting/accept.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to help along; the code is shown once, to pass on."""
    visit = visit_of(request)
    person = person_of(visit.whose) if visit else None
    if visit is None or person is None:
        return redirect("people:own")
    if not can_invite(visit.actor, person, MandateKind.HELPING_HAND, visit.at):
        raise PermissionDenied
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            _mandate, code = actions.give_helping_hand(person, **told, by=visit.actor, at=visit.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return page(request, "acting/invited.html", visit, code=code)
    return page(request, "acting/invite.html", visit, 422 if form.errors else 200, form=form)


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of my own space: who looks along until when, with a button that stops it at once."""
    visit = visit_of(request)
    shown = mandates_of(visit.whose, visit.actor, visit.at) if visit else []
    is_young = visit is not None and decides_with_guardian(visit.whose, visit.at)
    return render(request, "acting/_door.html", {"mandates": shown, "may_invite": not is_young})


@login_not_required
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop it at once."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    mandate = mandate_for(visit.actor, pk, visit.at)
    if mandate is None:
        raise Http404
    actions.stop_mandate(mandate, by=visit.actor, at=visit.at)
    return redirect("people:own")


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: who looks along, and what a leader still decides."""
    case = case_or_404(request, pk)
    shown = mandates_of(case.person_id, request.actor, request.at)
    context = {
        "case": case,
        "mandates": [(each, can_decide(request.actor, each.mandate, request.at)) for each in shown],
        "may_help": can_help(request.actor, case, request.at),
    }
    return render(request, "acting/_panel.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: Request, pk: UUID) -> HttpResponse:
    """Write down that somebody may look along."""
    case = case_or_404(request, pk)
    if not can_invite(request.actor, case.person, MandateKind.GUARDIAN, request.at):
        raise PermissionDenied
    form = GiveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        who_and_until = (case.person, told["address"], told["until"])
        try:
            if told["kind"] == MandateKind.GUARDIAN:
                _mandate, code = actions.give_guardian(
                    *who_and_until, told["born_on"], has_agreed=told["has_agreed"], by=request.actor,
                    at=request.at,
                )  # fmt: skip
            else:
                _mandate, code = actions.give_helping_hand(*who_and_until, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "acting/given.html", {"case": case, "code": code})
    context = {
        "case": case,
        "form": form,
        "title": _("Iemand laten meekijken"),
        "submit_label": _("Verstuur de vraag"),
    }
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


def _mandate_or_404(request: Request, pk: UUID) -> Mandate:
    """The mandate, if its case exists for this visitor."""
    found = mandate_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    return found


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    """A helper stops it."""
    mandate = _mandate_or_404(request, pk)
    actions.stop_mandate(mandate, by=request.actor, at=request.at)
    messages.success(request, _("Gestopt. Niemand kijkt meer mee met deze machtiging."))
    return redirect("cases:mine")


@never_cache
@require_http_methods(["GET", "POST"])
def let_in(request: Request, pk: UUID) -> HttpResponse:
    """The leader lets somebody in, with a reason."""
    mandate = _mandate_or_404(request, pk)
    if not can_decide(request.actor, mandate, request.at):
        raise PermissionDenied
    form = LetInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.let_in(mandate, form.cleaned_data["reason"], by=request.actor, at=request.at)
        messages.success(request, _("Deze persoon kijkt vanaf nu mee."))
        return redirect("cases:mine")
    known = mandates_of(mandate.person_id, request.actor, request.at)
    shown = next((each for each in known if each.mandate == mandate), None)
    context = {"form": form, "title": _("Iemand toelaten die meekijkt"), "shown": shown}
    return render(request, "acting/let_in.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def key(request: Request, pk: UUID) -> HttpResponse:
    """A key for who looks along, shown once."""
    mandate = _mandate_or_404(request, pk)
    if not can_stop(request.actor, mandate, request.at):
        raise PermissionDenied
    given = actions.give_acting_key(mandate, by=request.actor, at=request.at)
    return render(request, "acting/key.html", {"key": given})
