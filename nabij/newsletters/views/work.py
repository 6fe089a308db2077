"""The panel on the desk of who writes and approves."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.newsletters.policies import works_at_centres
from nabij.newsletters.queries.work import work_at_centres


@require_safe
def work(request: Request) -> HttpResponse:
    """The panel on the desk of who edits or approves: each centre with its clock and what waits."""
    if not works_at_centres(request.actor):
        raise PermissionDenied
    context = {
        "work": work_at_centres(request.actor, request.at),
        "may_approve": request.actor.may(Permission.APPROVE_CENTRE),
        "now": request.at,
    }
    return render(request, "newsletters/_work.html", context)
