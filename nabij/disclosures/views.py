"""Pages of exports: for the lead of the registrars, and for who is named to collect them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.disclosures import actions
from nabij.disclosures.files import as_csv, as_pdf
from nabij.disclosures.forms import NameForm
from nabij.disclosures.policies import can_disclose, leads_disclosures, may_receive
from nabij.disclosures.queries import (
    disclosures_for,
    named_of,
    stands_of,
    unconfirmed_of,
    withdrawals_for,
)
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404, mark
from nabij.people.models import Receiver

FILES = {"csv": ("text/csv; charset=utf-8", as_csv), "pdf": ("application/pdf", as_pdf)}


def _led(request: Request, pk: UUID) -> Incident:
    """The event, for who leads its registrars."""
    if not leads_disclosures(request.actor):
        raise PermissionDenied("Verstrekkingen zijn voor de leider registratie.")
    return incident_or_404(request, pk)


def _receiver(code: str) -> Receiver:
    if code not in Receiver.values:
        raise Http404
    return Receiver(code)


def _page(request: Request, incident: Incident, wrong: NameForm | None = None, at: str = "") -> HttpResponse:
    """The three receivers; a form with an error stands open at its receiver."""
    rows = [
        (each, wrong if wrong and each.receiver == at else NameForm(auto_id=f"{each.receiver}_%s"))
        for each in stands_of(incident)
    ]
    asked = unconfirmed_of(incident)
    page = {"incident": incident, "rows": rows, "asked": asked}
    return render(request, "disclosures/incident.html", page, status=422 if wrong else 200)


@never_cache
@require_safe
def of_incident(request: Request, pk: UUID) -> HttpResponse:
    """For each receiver: how many say yes, what was made, who may collect it, and what must be deleted."""
    return _page(request, _led(request, pk))


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: numbers only."""
    incident = _led(request, pk)
    page = {"incident": incident, "asked": unconfirmed_of(incident)}
    return render(request, "disclosures/_at_incident.html", page)


@require_POST
def make(request: Request, pk: UUID, receiver: str) -> HttpResponse:
    """Make the export for one receiver, or say that nothing changed."""
    incident, code = _led(request, pk), _receiver(receiver)
    made = actions.disclose(incident, code, by=request.actor, at=request.at)
    if made.made_at == request.at:
        messages.success(request, _("Gemaakt: nummer %(number)s.") % {"number": made.number})
    else:
        messages.info(request, _("Er is niets veranderd. De laatste versie geldt nog."))
    return redirect("disclosures:of_incident", pk)


@never_cache
@require_POST
def name(request: Request, pk: UUID, receiver: str) -> HttpResponse:
    """Name somebody who may collect it."""
    incident, code = _led(request, pk), _receiver(receiver)
    form = NameForm(request.POST, auto_id=f"{receiver}_%s")
    if form.is_valid():
        try:
            actions.name_receiver(incident, code, form.cleaned_data["email"], by=request.actor, at=request.at)
            return redirect("disclosures:of_incident", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, incident, form, receiver)


@require_POST
def end_name(request: Request, pk: UUID, named: UUID) -> HttpResponse:
    """This colleague may collect nothing any more."""
    found = named_of(_led(request, pk), named)
    if found is None or not can_disclose(request.actor, found.incident, request.at):
        raise Http404
    actions.end_name(found, by=request.actor, at=request.at)
    return redirect("disclosures:of_incident", pk)


@never_cache
@require_POST
def collect(request: Request, pk: UUID) -> HttpResponse:
    """The file itself, made for who collects it; its name tells nothing."""
    disclosure = get_object_or_404(disclosures_for(request.actor, request.at), pk=pk)
    kind = request.POST.get("vorm", "")
    if kind not in FILES:
        raise Http404
    try:
        copy = actions.collect(disclosure, kind, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("disclosures:mine")
    content_type, made = FILES[kind]
    response = HttpResponse(made(copy), content_type=content_type)
    file_name = f"verstrekking-{disclosure.number}-{copy.number}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """What one may collect, and what one must delete."""
    if not may_receive(request.actor):
        raise PermissionDenied
    page = {
        "disclosures": disclosures_for(request.actor, request.at),
        "withdrawals": withdrawals_for(request.actor, request.at).filter(confirmed_at__isnull=True),
    }
    return render(request, "disclosures/mine.html", page)


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel: what waits to be collected or deleted, in numbers."""
    if not may_receive(request.actor):
        raise PermissionDenied
    page = {
        "number": disclosures_for(request.actor, request.at).count(),
        "to_delete": withdrawals_for(request.actor, request.at).filter(confirmed_at__isnull=True).count(),
    }
    return render(request, "disclosures/_waiting.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
def withdrawal(request: Request, pk: UUID) -> HttpResponse:
    """The references of the lines to delete, and the confirmation."""
    found = get_object_or_404(withdrawals_for(request.actor, request.at), pk=pk)
    mark(request, found.incident)
    if request.method == "POST":
        actions.confirm_deletion(found, by=request.actor, at=request.at)
        messages.success(request, _("Bedankt. Wij hebben dit bewaard."))
        return redirect("disclosures:withdrawal", pk)
    return render(request, "disclosures/withdrawal.html", {"withdrawal": found})
