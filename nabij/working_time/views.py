"""The rules on duty times, for everybody who works with them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.working_time.law import PAID, VOLUNTEER, rules_of


@require_safe
def rules(request: Request) -> HttpResponse:
    """Each rule with its article, and whether Nabij checks it."""
    if not (request.actor.may(Permission.BE_PAGED) or request.actor.may(Permission.PLAN_ROSTER)):
        raise PermissionDenied
    sets = {PAID: rules_of(PAID), VOLUNTEER: rules_of(VOLUNTEER)}
    return render(request, "working_time/rules.html", {"sets": sets})
