"""The pages of my own space, and what helpers and leaders do for it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting.policies import can_take_file, decides_with_guardian
from nabij.acting.queries import is_helped, name_for
from nabij.acting.visit import Visit, in_own_language, page, present, visit_of
from nabij.audit.actor import Scope
from nabij.audit.reading import log_read
from nabij.cases.policies import can_lead
from nabij.cases.views.finding import case_or_404
from nabij.consents import actions as consents
from nabij.consents.queries import consent_for
from nabij.contact.doors import DoorKey, phone_of
from nabij.incidents.views.finding import posted
from nabij.kit import ical, panels
from nabij.notify.contact_rules import agreed_of, rule_of
from nabij.own_space import actions
from nabij.own_space.forms import AnswerForm, AskForm, ContactForm
from nabij.own_space.models import RequestKind
from nabij.own_space.paper import as_paper
from nabij.own_space.policies import can_answer, can_erase, can_hand_over_key
from nabij.own_space.queries import (
    file_along,
    own_file,
    own_meeting,
    request_for,
    requests_of,
)
from nabij.people.queries.own import looks_at
from nabij.privacy.purposes import Purpose


@login_not_required
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of one's own pages: the way to the help that somebody gets, or looks along with."""
    actor = present(request)
    if actor is not None and actor.for_id is not None:
        return render(request, "own_space/_door.html", {"name": name_for(actor), "is_helped": False})
    context = {"is_helped": actor is not None and actor.id is not None and is_helped(actor.id)}
    return render(request, "own_space/_door.html", context)


@login_not_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who helps me, my plan, my appointments, my consents as switches, and who read my file."""
    visit = visit_of(request, Scope.SEE)
    if visit is None:
        return redirect("people:own")
    if not visit.is_own:
        return _along(request, visit)
    context: dict[str, Any] = {
        "file": own_file(visit.whose, visit.at),
        "looks": looks_at(visit.whose),
        "panels": _panels(request, "own_help", visit),
        "may_decide": not decides_with_guardian(visit.whose, visit.at),
        "phone": phone_of(DoorKey.PUBLIC_LINE),
    }
    return page(request, "own_space/mine.html", visit, **context)


def _along(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The same page for who acts for this person: less, and each look is logged as theirs."""
    log_read([visit.whose], by=visit.actor, purpose=Purpose.OWN_SPACE, at=visit.at)
    file = file_along(visit.actor, visit.whose, visit.at)
    context: dict[str, Any] = {
        "file": file,
        "may_answer": visit.actor.may(Scope.CONSENTS),
        "may_take": can_take_file(visit.actor, visit.whose, visit.at),
        "panels": _panels(request, "own_along", visit),
    }
    return page(request, "own_space/along.html", visit, **context)


def _panels(request: HttpRequest, slot: str, visit: Visit) -> list[panels.ShownPanel]:
    """What apps above put on this page, for who is in."""
    asking = cast(Request, request)
    asking.actor, asking.at = visit.actor, visit.at
    with in_own_language(request):
        return panels.shown(slot, request, None)


@login_not_required
@never_cache
@require_safe
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One appointment for the calendar of the person's phone: a time and the word appointment."""
    visit = visit_of(request)
    meeting = own_meeting(visit.whose, pk, visit.at) if visit else None
    if visit is None or meeting is None:
        raise Http404
    made = ical.calendar()
    made.add_component(ical.event(meeting.id, meeting.starts_at, meeting.ends_at, _("Afspraak"), visit.at))
    answer = HttpResponse(ical.written(made), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer


@login_not_required
@require_POST
def switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One consent on or off, or a plain no; off works at once."""
    visit = visit_of(request, Scope.CONSENTS)
    if visit is None:
        return redirect("people:own")
    consent = consent_for(visit.actor, pk, visit.at)
    if consent is None:
        raise Http404
    stand = request.POST.get("stand")
    if stand in ("aan", "nee"):
        actions.answer_again(consent, is_given=stand == "aan", by=visit.actor, at=visit.at)
    else:
        consents.withdraw_consent(consent, by=visit.actor, at=visit.at)
    return redirect("own_space:mine")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How contact is safe."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    rule = rule_of(visit.whose)
    before = agreed_of(rule) if rule else None
    form = ContactForm(posted(request), initial=vars(before) if before else {})
    if request.method == "POST" and form.is_valid():
        actions.steer_contact(form.agreed(before), by=visit.actor, at=visit.at)
        return redirect("own_space:mine")
    return page(request, "own_space/contact.html", visit, 422 if form.errors else 200, form=form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to correct, to stop or to erase."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    may_erase = can_erase(visit.actor, visit.at)
    form = AskForm(posted(request), may_erase=may_erase)
    if request.method == "POST" and form.is_valid():
        kind = RequestKind(form.cleaned_data["kind"])
        actions.ask(kind, form.cleaned_data["text"], by=visit.actor, at=visit.at)
        return redirect("own_space:mine")
    context = {"form": form, "may_erase": may_erase, "phone": phone_of(DoorKey.PUBLIC_LINE)}
    return page(request, "own_space/ask.html", visit, 422 if form.errors else 200, **context)


@login_not_required
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """My file as data to take along."""
    visit = visit_of(request, Scope.EXPORT)
    if visit is None:
        return redirect("people:own")
    told = actions.take_along(visit.whose, by=visit.actor, at=visit.at)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="gegevens.json"'
    return answer


@login_not_required
@never_cache
@require_safe
def data_pdf(request: HttpRequest) -> HttpResponse:
    """My file on paper."""
    visit = visit_of(request, Scope.EXPORT)
    if visit is None:
        return redirect("people:own")
    with in_own_language(request):
        told = actions.take_along(visit.whose, by=visit.actor, at=visit.at)
        written = as_paper(told, is_own=visit.is_own)
    answer = HttpResponse(written, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="gegevens.pdf"'
    return answer


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: what the person asks, and the key to hand over."""
    case = case_or_404(request, pk)
    leads = can_lead(request.actor, case, request.at)
    shown = requests_of(case.person_id) if leads else []
    context = {
        "case": case,
        "leads": leads,
        "requests": [(each, can_answer(request.actor, each.request, case, request.at)) for each in shown],
        "may_give_key": can_hand_over_key(request.actor, case, request.at),
    }
    return render(request, "own_space/_panel.html", context)


@never_cache
@require_POST
def key(request: Request, pk: UUID) -> HttpResponse:
    """A new key, shown once, to hand over in person."""
    case = case_or_404(request, pk)
    if not can_hand_over_key(request.actor, case, request.at):
        raise PermissionDenied
    given = actions.give_key(case, by=request.actor, at=request.at)
    return render(request, "own_space/key.html", {"case": case, "key": given})


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: UUID, request_pk: UUID) -> HttpResponse:
    """The leader answers what the person asked."""
    case, asked = case_or_404(request, pk), request_for(request.actor, request_pk, request.at)
    if asked is None or not can_answer(request.actor, asked, case, request.at):
        raise Http404
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            left = actions.answer(
                asked, case, told["text"], is_granted=told["granted"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            done = (
                _("Alles over deze persoon is gewist.")
                if left is None
                else _("Het antwoord staat klaar voor de persoon.")
            )
            messages.success(request, done)
            return redirect("cases:team") if left is None else redirect("cases:case", pk)
    context = {"case": case, "asked": asked, "form": form}
    return render(request, "own_space/answer.html", context, status=422 if form.errors else 200)
