"""What an address names, among what the visitor may see: everything else is the same 404."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.desk.models import Need
from nabij.desk.policies import works_at_desk
from nabij.desk.queries.needs import Sheet, needs_for, sheet_for
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404, mark
from nabij.privacy.purposes import Purpose


def desk_or_404(request: Request, pk: UUID) -> Incident:
    """The event whose desk this is, for who works at desks."""
    if not works_at_desk(request.actor):
        raise PermissionDenied("De balie is voor registratoren.")
    return incident_or_404(request, pk)


def need_or_404(request: Request, pk: UUID) -> Need:
    """The need, if a grant opens its registration."""
    found = get_object_or_404(needs_for(request.actor, request.at), pk=pk)
    mark(request, found.incident)
    return found


def sheet_or_404(request: Request, pk: UUID) -> Sheet:
    """The registration opened, and that it was read written down."""
    sheet = sheet_for(request.actor, pk, request.at)
    if sheet is None:
        raise Http404
    log_read([sheet.line.registration.person_id], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return sheet
