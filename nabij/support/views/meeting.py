"""Appointments, and the interpreter for one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.agendas.policies import can_have_feed
from nabij.cases.policies import can_help
from nabij.cases.queries.staffing import colleague_of, colleagues_of
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.people import content as people_content
from nabij.support import actions, content
from nabij.support.forms import AppointmentForm, InterpreterForm
from nabij.support.models import ContactKind, InterpreterWay
from nabij.support.policies import can_approve_visit
from nabij.support.queries import appointment_for, appointments_of, booking_of


@never_cache
@require_safe
def appointments(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: what was agreed for later."""
    case = case_or_404(request, pk)
    rows = appointments_of(case, request.at)
    context = {
        "case": case,
        "appointments": [(row, can_approve_visit(request.actor, row, request.at)) for row in rows],
        "may_help": can_help(request.actor, case, request.at),
        "may_have_feed": can_have_feed(request.actor, request.at),
    }
    return render(request, "support/_appointments.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def meet(request: Request, pk: UUID) -> HttpResponse:
    """Make an appointment."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    others = [each for each in colleagues_of(request.actor, request.at) if each[0] != str(request.actor.id)]
    form = AppointmentForm(posted(request), colleagues=others)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        second = colleague_of(request.actor, UUID(told["second"])) if told["second"] else None
        meeting = actions.Meeting(
            ContactKind(told["kind"]), told["starts_at"], told["ends_at"], told["has_agreed"], second,
            told["interpreter"],
        )  # fmt: skip
        try:
            row = actions.plan_appointment(case, meeting, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            waits = _("De teamleider keurt dit bezoek eerst goed.")
            messages.success(request, waits if row.is_approval_needed else _("De afspraak staat."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Afspraak maken")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@require_POST
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Approve an appointment, or cancel it."""
    row = appointment_for(request.actor, pk, request.at)
    if row is None:
        raise Http404
    if "goed" in request.POST:
        actions.approve_visit(row, by=request.actor, at=request.at)
    else:
        actions.cancel_appointment(row, by=request.actor, at=request.at)
    return redirect("cases:case", row.case_id)


@never_cache
@require_http_methods(["GET", "POST"])
def interpreter(request: Request, pk: UUID) -> HttpResponse:
    """Book the interpreter of an appointment, or write down that it was cancelled."""
    row = appointment_for(request.actor, pk, request.at)
    if row is None:
        raise Http404
    case, booking = case_or_404(request, row.case_id), booking_of(row)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    if request.method == "POST" and "afgezegd" in request.POST:
        actions.cancel_interpreter(row, by=request.actor, at=request.at)
        return redirect("cases:case", case.pk)
    form = InterpreterForm(posted(request), initial=vars(booking) if booking else {})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        booked = actions.Booking(told["agency"], InterpreterWay(told["way"]), told["number"])
        try:
            actions.book_interpreter(row, booked, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De tolk is geregeld."))
            return redirect("cases:case", case.pk)
    context = {
        "case": case,
        "appointment": row,
        "language": people_content.say("language", row.interpreter),
        "booking": booking,
        "agency": content.agencies().get(booking.agency) if booking else None,
        "form": form,
    }
    return render(request, "support/interpreter.html", context, status=422 if form.errors else 200)
