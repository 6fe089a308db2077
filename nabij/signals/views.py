"""The pages of early identification: lists without people, sending, deciding together, numbers back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.accounts.roles import Permission
from nabij.incidents.views.finding import posted
from nabij.people.actions.receiving import Met
from nabij.signals import actions, content
from nabij.signals.forms import ReachedForm, RouteForm, SignalForm
from nabij.signals.models import SignalKind
from nabij.signals.policies import can_decide, can_report_contact, can_send
from nabij.signals.queries import LATEST, shown, signal_for, signals_for


@never_cache
@require_safe
def signals(request: Request) -> HttpResponse:
    """What was noticed, where, and what is done; never about whom."""
    if not (can_send(request.actor) or request.actor.may(Permission.DECIDE_SIGNAL)):
        raise PermissionDenied
    found = list(signals_for(request.actor, request.at)[:LATEST])
    context = {"signals": shown(found, request.actor), "may_send": can_send(request.actor)}
    return render(request, "signals/signals.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Tell what is noticed."""
    if not can_send(request.actor):
        raise PermissionDenied
    form = SignalForm(posted(request), places=places_of(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_signal(_noticed(form), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Verstuurd. De gemeente en Slachtofferhulp kijken er samen naar."))
            return redirect("signals:signals")
    return render(request, "signals/new.html", {"form": form}, status=422 if form.errors else 200)


def _noticed(form: SignalForm) -> actions.Noticed:
    clean = form.cleaned_data
    kind = SignalKind(clean["kind"])
    met = None
    if kind == SignalKind.PERSON and clean["has_agreed"]:
        met = Met(
            clean["name"], clean["phone"], "nl", "", wants_contact=False,
            consent_version=content.consent_text(),
        )  # fmt: skip
    return actions.Noticed(kind, clean["subject"], clean["municipality"], clean["area"], clean["text"], met)


@never_cache
@require_http_methods(["GET", "POST"])
def signal(request: Request, pk: UUID) -> HttpResponse:
    """One signal: decide for one's own side, or tell how many were reached."""
    found = signal_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    is_result = "reached" in request.POST
    route = RouteForm(None if is_result else posted(request))
    result = ReachedForm(posted(request) if is_result else None)
    if request.method == "POST" and is_result and result.is_valid():
        actions.report_contact(found, result.cleaned_data["reached"], by=request.actor, at=request.at)
        return redirect("signals:signal", pk)
    if request.method == "POST" and not is_result and route.is_valid():
        actions.decide(found, route.cleaned_data["route"], by=request.actor, at=request.at)
        messages.success(request, _("Uw keuze is bewaard. Kiest de ander hetzelfde? Dan geldt het."))
        return redirect("signals:signal", pk)
    context = {
        "shown": shown([found], request.actor)[0],
        "route": route if can_decide(request.actor, found, request.at) else None,
        "result": result if can_report_contact(request.actor, found, request.at) else None,
    }
    status = 422 if route.errors or result.errors else 200
    return render(request, "signals/signal.html", context, status=status)
