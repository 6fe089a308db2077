"""Meeting one other member, when both choose it."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.peers import actions, content
from nabij.peers.entry import Visitor, inside, page
from nabij.peers.forms import MeetForm
from nabij.peers.models import Age, Introduction
from nabij.peers.queries.introductions import (
    contact_of,
    contacts_of,
    invitation_for,
    invitation_of,
    search_of,
)
from nabij.peers.queries.members import aliases_of


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def meet(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask to meet somebody, or say that one may be asked; whom one has contact with."""
    member = visitor.member
    is_over = request.method == "POST" and not visitor.space.is_open(visitor.at)
    if member.age != Age.ADULT or is_over:
        raise Http404
    form = MeetForm(
        request.POST if request.method == "POST" else None, initial={"subjects": member.meets_about}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["subjects"]
        try:
            if request.POST.get("wat") == "vraag":
                actions.ask_introduction(member, chosen, by=visitor.actor, at=visitor.at)
            else:
                actions.be_open_to_meeting(member, True, chosen, by=visitor.actor, at=visitor.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:meet", visitor.space.pk)
    contacts = contacts_of(member)
    aliases = aliases_of(each for row in contacts for each in (row.asker, row.other))
    context = {
        "form": form,
        "member": member,
        "invitation": invitation_of(member),
        "search": search_of(member),
        "contacts": [(row, _other(row, visitor, aliases)) for row in contacts],
        "days": content.number("invitation_days"),
    }
    return page(request, "peers/meet.html", visitor, status=422 if form.errors else 200, **context)


def _other(row: Introduction, visitor: Visitor, aliases: dict[UUID, str]) -> str:
    other_id = row.other_id if row.asker_id == visitor.member.pk else row.asker_id
    return aliases.get(other_id, "") if other_id else ""


@login_not_required
@require_POST
@inside
def be_left(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Be asked no more."""
    if visitor.member.age != Age.ADULT:
        raise Http404
    actions.be_open_to_meeting(visitor.member, False, [], by=visitor.actor, at=visitor.at)
    return redirect("peers:meet", visitor.space.pk)


@login_not_required
@require_POST
@inside
def answer(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Yes, or no."""
    invitation = invitation_for(visitor.member, pk)
    if invitation is None:
        raise Http404
    is_yes = request.POST.get("antwoord") == "ja"
    actions.answer_invitation(invitation, is_yes, by=visitor.actor, at=visitor.at)
    return redirect("peers:meet", visitor.space.pk)


@login_not_required
@require_POST
@inside
def stop(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Stop a contact or a search."""
    found = contact_of(visitor.member, pk, visitor.at)
    if found is None:
        raise Http404
    actions.end_introduction(found, visitor.member, by=visitor.actor, at=visitor.at)
    return redirect("peers:meet", visitor.space.pk)
