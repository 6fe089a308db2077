"""The groups of the centres, for who leads peer contact: which there are, and opening one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.audit.reading import log_read
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.closed_rooms.forms import GroupForm
from nabij.closed_rooms.policies import can_phone
from nabij.closed_rooms.queries.groups import centres_to_group, contacts_for, groups_of, line_of_member
from nabij.privacy.purposes import Purpose


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: Request) -> HttpResponse:
    """Which groups there are at which centre; the coordinator opens one."""
    if not request.actor.may(Permission.LEAD_GROUPS):
        raise Http404
    centres = centres_to_group(request.actor, request.at)
    people = contacts_for(request.actor, request.at)
    form = GroupForm(request.POST if request.method == "POST" else None, centres=centres, people=people)
    if form.is_valid():
        open_group_at(**form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("De groep is open. Zet ook diensten van moderators in het schema."))
        return redirect("closed_rooms:groups")
    page = {"form": form, "rows": groups_of(centres), "has_centres": centres.exists()}
    return render(request, "closed_rooms/groups.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def phone(request: Request, member: UUID) -> HttpResponse:
    """Whom to phone now about a post that tells of danger, and how; the look is in the read log."""
    line = line_of_member(member)
    if line is None or not can_phone(request.actor, member, request.at):
        raise Http404
    person_id = line.registration.person_id
    log_read([person_id], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return render(request, "closed_rooms/phone.html", {"line": line})
