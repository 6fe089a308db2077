"""Finding what a page is about: what one may not see is not there."""

from uuid import UUID

from django.http import Http404, HttpResponse

from nabij.accounts.http import Request
from nabij.accounts.models import Organisation
from nabij.flyers.models import Edition, LetterJob
from nabij.flyers.queries import Line, edition_for, job_for, line_of, organisation_for


def organisation_or_404(request: Request, pk: UUID) -> Organisation:
    """The municipality, for who works with its leaflets."""
    found = organisation_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def line_or_404(organisation: Organisation, code: str) -> Line:
    """A template as it stands in this municipality."""
    found = line_of(organisation, code)
    if found is None:
        raise Http404
    return found


def edition_or_404(request: Request, pk: UUID) -> Edition:
    """An edition of a municipality that this actor sees."""
    found = edition_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def job_or_404(request: Request, pk: UUID) -> LetterJob:
    """A job of letters of a municipality that this actor sees."""
    found = job_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def as_file(pdf: bytes) -> HttpResponse:
    """A PDF to keep, under a name that says nothing."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="drukwerk.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
