"""Care for each other: my own contacts, the colleagues I call, and who is on the list."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.care import actions
from nabij.care.forms import CareListForm
from nabij.care.policies import can_write_list
from nabij.care.queries import care_list, colleagues_to_choose, contacts_for, lines_for, rests_until


def _may_look(request: Request) -> None:
    if not (request.actor.may(Permission.BE_PAGED) or request.actor.may(Permission.GUIDE_STAFF)):
        raise PermissionDenied


@never_cache
@require_safe
def care(request: Request) -> HttpResponse:
    """When I am called after a heavy deployment, until when I rest, and whom I call."""
    _may_look(request)
    actor, at = request.actor, request.at
    context = {
        "lines": lines_for(actor, at),
        "rests_until": rests_until([actor.id], at).get(actor.id) if actor.id else None,
        "callers": care_list(actor.team_id),
        "may_write": can_write_list(actor, at),
    }
    return render(request, "care/care.html", context)


@never_cache
@require_safe
def open_contacts(request: Request) -> HttpResponse:
    """Panel of the desk: how many contacts are open, how many late; no names."""
    _may_look(request)
    lines = [line for line in lines_for(request.actor, request.at) if not line.is_own]
    context = {"open": len(lines), "late": sum(line.is_late for line in lines)}
    return render(request, "care/_open.html", context)


@require_POST
def done(request: Request, pk: UUID) -> HttpResponse:
    """I spoke with this colleague."""
    contact = get_object_or_404(contacts_for(request.actor, request.at), pk=pk)
    actions.mark_done(contact, "vervolg" in request.POST, by=request.actor, at=request.at)
    messages.success(request, _("Genoteerd. Wat u besprak, blijft tussen u."))
    return redirect("care:care")


@require_http_methods(["GET", "POST"])
def colleagues(request: Request) -> HttpResponse:
    """Who calls colleagues in my team."""
    if not can_write_list(request.actor, request.at):
        raise PermissionDenied
    people = colleagues_to_choose(request.actor, request.at)
    now = [each.membership_id for each in care_list(request.actor.team_id)]
    form = CareListForm(request.POST or None, people=people, initial={"members": now})
    if request.method == "POST" and form.is_valid():
        actions.write_care_list(list(form.cleaned_data["members"]), by=request.actor, at=request.at)
        messages.success(request, _("De lijst is bewaard."))
        return redirect("care:care")
    return render(request, "care/colleagues.html", {"form": form}, status=422 if form.errors else 200)
