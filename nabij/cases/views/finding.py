"""Finding a case that this visitor may open, once per page, and writing down that it was read."""

from uuid import UUID

from django.http import Http404

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.cases.models import Case
from nabij.cases.queries import case_for
from nabij.privacy.purposes import Purpose


def case_or_404(request: Request, pk: UUID) -> Case:
    """The case, if it exists for this visitor; read once for a page and all its panels, and logged then.

    What is kept belongs to this one request: the same actor at the same moment.
    """
    found: dict[UUID, Case] = request.__dict__.setdefault("cases_found", {})
    if pk not in found:
        case = case_for(request.actor, pk, request.at)
        if case is None:
            raise Http404
        if request.method in ("GET", "HEAD"):
            log_read([case.person_id], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
        case.seen_by = (request.actor, request.at)
        found[pk] = case
    return found[pk]
