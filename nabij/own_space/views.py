"""The pages of my own space, and what helpers and leaders do for it."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting.queries import name_for
from nabij.acting.visit import present
from nabij.audit.actor import Actor
from nabij.audit.reading import log_read
from nabij.cases.policies import can_lead
from nabij.cases.views.finding import case_or_404
from nabij.consents import actions as consents
from nabij.consents.queries import consent_for
from nabij.incidents.views.finding import posted
from nabij.kit import clock, ical, panels
from nabij.notify.contact_rules import agreed_of, rule_of
from nabij.own_space import actions
from nabij.own_space.forms import AnswerForm, AskForm, ContactForm
from nabij.own_space.models import RequestKind
from nabij.own_space.paper import as_paper
from nabij.own_space.policies import can_answer, can_hand_over_key, can_see_along
from nabij.own_space.queries import (
    as_data,
    file_along,
    has_case,
    own_file,
    own_meeting,
    request_for,
    requests_of,
)
from nabij.people import content
from nabij.people.queries.own import looks_at
from nabij.people.visit import remember
from nabij.privacy.purposes import Purpose


def _person(request: HttpRequest) -> tuple[Actor, UUID] | None:
    """Who is in and gets help under a case; whoever only registered has the pages of people.

    For who acts for somebody else these pages do not exist.
    """
    actor = present(request)
    if actor is not None and actor.for_id is not None:
        raise Http404
    return (actor, actor.id) if actor and actor.id and has_case(actor.id) else None


def _page(request: HttpRequest, name: str, who: UUID, status: int = 200, **page: Any) -> HttpResponse:
    with translation.override(content.known(translation.get_language_from_request(request))):
        return remember(render(request, f"own_space/{name}.html", page, status=status), who)


@login_not_required
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of one's own pages: the way to the help that somebody gets, or looks along with."""
    actor = present(request)
    if actor is not None and actor.for_id is not None:
        return render(request, "own_space/_door.html", {"name": name_for(actor), "has_case": False})
    return render(request, "own_space/_door.html", {"has_case": _person(request) is not None})


@login_not_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who helps me, my plan, my appointments, my consents as switches, and who read my file."""
    actor = present(request)
    if actor is not None and actor.for_id is not None:
        return _along(request, actor, actor.for_id)
    found = _person(request)
    if found is None:
        return redirect("people:own")
    at = clock.now()
    more = _panels(request, "own_help", found[0], at)
    return _page(
        request, "mine", found[1], file=own_file(found[1], at), looks=looks_at(found[1]), panels=more
    )


def _along(request: HttpRequest, actor: Actor, whose: UUID) -> HttpResponse:
    """The same page for who acts for this person: less, and each look is logged as theirs."""
    if not can_see_along(actor):
        raise Http404
    at = clock.now()
    log_read([whose], by=actor, purpose=Purpose.OWN_SPACE, at=at)
    more = _panels(request, "own_along", actor, at)
    return _page(request, "along", actor.id or whose, file=file_along(whose, at), panels=more)


def _panels(request: HttpRequest, slot: str, actor: Actor, at: datetime) -> list[panels.ShownPanel]:
    """What apps above put on this page, for who is in."""
    asking = cast(Request, request)
    asking.actor, asking.at = actor, at
    with translation.override(content.known(translation.get_language_from_request(request))):
        return panels.shown(slot, request, None)


@login_not_required
@never_cache
@require_safe
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One appointment for the calendar of the person's phone: a time and the word appointment."""
    found, at = _person(request), clock.now()
    meeting = own_meeting(found[1], pk, at) if found else None
    if meeting is None:
        raise Http404
    made = ical.calendar()
    made.add_component(ical.event(meeting.id, meeting.starts_at, meeting.ends_at, _("Afspraak"), at))
    answer = HttpResponse(ical.written(made), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer


@login_not_required
@require_POST
def switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One consent on or off; off works at once."""
    found = _person(request)
    if found is None:
        return redirect("people:own")
    actor, at = found[0], clock.now()
    consent = consent_for(actor, pk, at)
    if consent is None:
        raise Http404
    if request.POST.get("stand") == "aan":
        actions.say_yes_again(consent, by=actor, at=at)
    else:
        consents.withdraw_consent(consent, by=actor, at=at)
    return redirect("own_space:mine")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How contact is safe."""
    found = _person(request)
    if found is None:
        return redirect("people:own")
    rule = rule_of(found[1])
    before = agreed_of(rule) if rule else None
    form = ContactForm(posted(request), initial=vars(before) if before else {})
    if request.method == "POST" and form.is_valid():
        actions.steer_contact(form.agreed(before), by=found[0], at=clock.now())
        return redirect("own_space:mine")
    return _page(request, "contact", found[1], 422 if form.errors else 200, form=form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to correct, to stop or to erase."""
    found = _person(request)
    if found is None:
        return redirect("people:own")
    form = AskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        kind = RequestKind(form.cleaned_data["kind"])
        actions.ask(kind, form.cleaned_data["text"], by=found[0], at=clock.now())
        return redirect("own_space:mine")
    return _page(request, "ask", found[1], 422 if form.errors else 200, form=form)


@login_not_required
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """My file as data to take along."""
    found = _person(request)
    if found is None:
        return redirect("people:own")
    answer = JsonResponse(
        as_data(found[1], clock.now()), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="gegevens.json"'
    return answer


@login_not_required
@never_cache
@require_safe
def data_pdf(request: HttpRequest) -> HttpResponse:
    """My file on paper."""
    found = _person(request)
    if found is None:
        return redirect("people:own")
    with translation.override(content.known(translation.get_language_from_request(request))):
        written = as_paper(as_data(found[1], clock.now()))
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
