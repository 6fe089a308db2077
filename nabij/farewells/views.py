"""The question to members whose group ends, their answer, and how many said yes."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting.visit import present
from nabij.audit.actor import Actor, ActorKind
from nabij.closed_part.models import Verification
from nabij.farewells import actions, queries
from nabij.farewells.content import consent_text, consent_version
from nabij.farewells.policies import can_wish
from nabij.kit import clock
from nabij.moderation.queries import spaces_for
from nabij.peers.entry import Visitor, inside, page
from nabij.peers.policies import can_lead


def _of(visitor: Visitor) -> tuple[Verification, Actor] | None:
    """By which a member is in and who they are, where there is something to ask."""
    found = queries.verification_of(visitor.verified.member_id)
    if found is None:
        return None
    person = Actor(ActorKind.HELPED_PERSON, id=found.registration.person_id)
    return (found, person) if can_wish(person, found, visitor.at) else None


@login_not_required
@never_cache
@require_safe
@inside
def panel(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Part of the page of a group: the way to the question, once the end was said."""
    found = _of(visitor)
    wish = queries.wish_of(found[0]) if found else None
    context = {"space": visitor.space, "is_asked": found is not None, "wish": wish}
    return render(request, "farewells/_panel.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def onward(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say whether one wants to be asked for the national meetings, and take that back."""
    found = _of(visitor)
    if found is None:
        raise Http404
    verification, person = found
    problem = ""
    if request.method == "POST":
        try:
            if request.POST.get("wens") == "ja":
                told = request.POST.get("versie", "")
                actions.wish_onward(verification, told, by=person, at=visitor.at)
            else:
                actions.take_wish_back(verification, by=person, at=visitor.at)
            return redirect("farewells:onward", visitor.space.pk)
        except ValidationError as error:
            problem = error.messages[0]
    context = {
        "wish": queries.wish_of(verification), "text": consent_text(), "version": consent_version(),
        "problem": problem,
    }  # fmt: skip
    return page(request, "farewells/onward.html", visitor, status=422 if problem else 200, **context)


@login_not_required
@never_cache
@require_safe
def own_panel(request: HttpRequest) -> HttpResponse:
    """Panel of one's own pages: that one wants to go on, and taking it back, also when the group is gone."""
    actor = present(request)
    is_own = actor is not None and actor.kind == ActorKind.HELPED_PERSON and actor.id is not None
    wish = queries.own_wish(actor.id) if is_own and actor and actor.id else None
    return render(request, "farewells/_own.html", {"wish": wish})


@login_not_required
@never_cache
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take the wish back from one's own pages."""
    actor = present(request)
    wish = queries.own_wish(actor.id) if actor is not None and actor.id else None
    if actor is None or wish is None or actor.kind != ActorKind.HELPED_PERSON:
        raise Http404
    actions.take_wish_back(wish.verification, by=actor, at=clock.now())
    return redirect("people:own")


@never_cache
@require_safe
def wishes(request: Request, pk: UUID) -> HttpResponse:
    """Panel for who leads the groups: how many want to go on, without names."""
    space = get_object_or_404(spaces_for(request.actor, request.at), pk=pk)
    if not can_lead(request.actor, space, request.at):
        raise Http404
    return render(request, "farewells/_wishes.html", {"space": space, "rows": queries.wishes_at(space)})
