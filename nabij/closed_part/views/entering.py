"""Who is on a page of the closed part: let in, with the rules accepted; everybody else gets the same 404."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from nabij.acting.visit import in_own_language, present
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.closed_part.entrance import address
from nabij.closed_part.models import Verification
from nabij.closed_part.queries.entry import Entry, entry_of
from nabij.incidents.views.finding import mark
from nabij.kit import clock
from nabij.people.visit import renew


@dataclass(frozen=True)
class Inside:
    """Somebody who is in: who, where, and when."""

    actor: Actor
    entry: Entry
    at: datetime

    @property
    def centre(self) -> AdviceCentre:
        """The centre in whose closed part they are."""
        return self.entry.centre

    @property
    def verification(self) -> Verification:
        """By which they are in."""
        return self.entry.verification


def visitor_inside(request: HttpRequest, slug: str) -> Inside:
    """Who is in, asked anew on every request; 404 for everybody else."""
    actor = present(request)
    at = clock.now()
    found = entry_of(actor, slug, at) if actor is not None and actor.kind == ActorKind.HELPED_PERSON else None
    if actor is None or found is None:
        raise Http404
    mark(request, found.centre.incident)
    return Inside(actor, found, at)


View = Callable[..., HttpResponse]


def inside(view: View) -> View:
    """A page for who is in and accepted the rules as they are now; who did not reads them first."""

    @never_cache
    @wraps(view)
    def look(request: HttpRequest, slug: str, **named: Any) -> HttpResponse:
        where = visitor_inside(request, slug)
        if not where.entry.has_accepted:
            return redirect("closed_part:rules", slug)
        with in_own_language(request):
            answer = view(request, where, **named)
        return renew(answer, request)

    return look


def page(
    request: HttpRequest, template: str, where: Inside, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the closed part; it makes the visit last again."""
    told = {"centre": where.centre, "slug": where.centre.slug, "first": address(where.centre.slug), **context}
    return render(request, template, told, status=status)
