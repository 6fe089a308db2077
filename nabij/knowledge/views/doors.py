"""Where partners show our door, and what must be looked at again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.knowledge import actions, content
from nabij.knowledge.forms import DoorForm
from nabij.knowledge.policies import can_share
from nabij.knowledge.queries import articles_to_check, doors_for, doors_to_check, function_of

_ON_A_PAGE = 50


@require_safe
def doors(request: Request) -> HttpResponse:
    """Every page and place where our door must stand."""
    if not can_share(request.actor):
        raise PermissionDenied
    page = Paginator(doors_for(request.actor), _ON_A_PAGE).get_page(request.GET.get("pagina"))
    late = set(doors_to_check(request.actor, request.at).values_list("pk", flat=True))
    lines = [(each, function_of(each.checker), each.pk in late) for each in page]
    return render(request, "knowledge/doors.html", {"page": page, "lines": lines})


@never_cache
@require_safe
def stale(request: Request) -> HttpResponse:
    """Panel of the desk: articles and doors that somebody must look at again."""
    most = content.most("lines")
    context = {
        "articles": articles_to_check(request.actor, request.at)[:most],
        "doors": doors_to_check(request.actor, request.at)[:most],
    }
    return render(request, "knowledge/_stale.html", context)


@require_http_methods(["GET", "POST"])
def watch_door(request: Request) -> HttpResponse:
    """Add a page or place where our door must stand."""
    if not can_share(request.actor):
        raise PermissionDenied
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.watch_door(clean["partner"], clean["place"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("knowledge:doors")
    return render(request, "knowledge/watch_door.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def check_door(request: Request, pk: UUID) -> HttpResponse:
    """I looked: our door stands there, or it does not."""
    door = get_object_or_404(doors_for(request.actor), pk=pk)
    held = actions.check_door(door, request.POST.get("staat") == "ja", by=request.actor, at=request.at)
    said = (
        _("Nagekeken: onze deur staat er.") if held.is_shown else _("Opgeschreven: onze deur staat er niet.")
    )
    messages.success(request, said)
    return redirect("knowledge:doors")
