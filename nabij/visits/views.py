"""The panel on the desk of who decides: centres that hardly anybody reads any more."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.visits.actions import set_hint_aside
from nabij.visits.policies import hears_hints
from nabij.visits.queries import hint_lines, hints_for


@require_safe
def panel(request: Request) -> HttpResponse:
    """Which centres may close by their visits, with the numbers, and the way to propose it."""
    if not hears_hints(request.actor):
        raise PermissionDenied(_("Over sluiten besluit de hoofdredacteur."))
    return render(request, "visits/_panel.html", {"lines": hint_lines(request.actor, request.at)})


@require_POST
def set_aside(request: Request, pk: UUID) -> HttpResponse:
    """Not now."""
    hint = get_object_or_404(hints_for(request.actor, request.at), pk=pk)
    set_hint_aside(hint, by=request.actor, at=request.at)
    messages.success(request, _("Goed. Het IAC blijft open. U hoort het later nog eens."))
    return redirect("/werk/")
