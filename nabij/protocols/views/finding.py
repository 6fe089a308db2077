"""What somebody may see, or a page that is not there."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from nabij.accounts.http import Request
from nabij.accounts.models import Organisation
from nabij.protocols.models import Version
from nabij.protocols.plan import Plan, Step
from nabij.protocols.policies import can_write_for
from nabij.protocols.queries import organisations_for, versions_for
from nabij.protocols.writing import as_toml


def version_or_404(request: Request, pk: UUID) -> Version:
    """A version that this actor sees."""
    return get_object_or_404(versions_for(request.actor, request.at), pk=pk)


def writable_or_404(request: Request, pk: UUID) -> Organisation:
    """A municipality for which this actor writes."""
    organisation = get_object_or_404(organisations_for(request.actor, request.at), pk=pk)
    if not can_write_for(request.actor, organisation, request.at):
        raise Http404
    return organisation


def step_or_404(plan: Plan, step_id: str) -> Step:
    """A step of this plan."""
    try:
        return plan.step(step_id)
    except KeyError as error:
        raise Http404 from error


def as_file(plan: Plan) -> HttpResponse:
    """The plan as a file to keep, change and read in again."""
    response = HttpResponse(as_toml(plan), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.code.lower()}-{plan.version}.toml"'
    return response
