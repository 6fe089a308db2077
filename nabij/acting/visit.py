"""Who is on an own page and about whom it is: oneself, or a person who gave a mandate."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from nabij.acting.models import Mandate
from nabij.acting.policies import scope_now
from nabij.acting.queries import is_helped, running
from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.kit import clock
from nabij.people.content import known
from nabij.people.terms import login_terms
from nabij.people.visit import PATH, mark_exercise, renew, visitor

COOKIE, SALT = "mijn_namens", "nabij.acting.visit"


@dataclass(frozen=True)
class Visit:
    """Somebody on an own page: who acts, whose page it is, and when."""

    actor: Actor
    whose: UUID
    at: datetime

    @property
    def is_own(self) -> bool:
        """Whether the page is about who looks at it."""
        return self.actor.for_id is None


def choose(response: HttpResponse, mandate: Mandate | None) -> HttpResponse:
    """Look for this person from now on, or for oneself."""
    if mandate is None:
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
        return response
    response.set_signed_cookie(
        COOKIE,
        str(mandate.pk),
        salt=SALT,
        max_age=login_terms().session_lasts,
        path=PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def actor_of(mandate: Mandate) -> Actor:
    """Who acts under this mandate, with what it lets them do."""
    return Actor(
        ActorKind.ACTING,
        id=mandate.acting_id,
        role=mandate.kind,
        permissions=scope_now(mandate),
        for_id=mandate.person_id,
    )


def present(request: HttpRequest) -> Actor | None:
    """Who is in: the person, or who acts for one; the mandate is asked again on every request."""
    actor = visitor(request)
    if actor is None or actor.id is None:
        return None
    try:
        told = request.get_signed_cookie(COOKIE, salt=SALT, max_age=login_terms().session_lasts)
        mandate = running(actor.id, UUID(told), clock.now())
    except (KeyError, BadSignature, ValueError):
        return actor
    if mandate is None:
        return actor
    mark_exercise(request, mandate.person_id)
    return actor_of(mandate)


def visit_of(request: HttpRequest, allows: Scope | None = None) -> Visit | None:
    """Who is on this page of somebody who gets help under a case; None for nobody, and without a case.

    404 for who acts for that person, unless the page asks for something that their mandate allows.
    """
    # a page and its panels are one request: who is in is found once
    known: dict[str, Any] = request.__dict__
    if "own_visit" not in known:
        known["own_visit"] = _visit(request)
    visit, is_under_a_case = known["own_visit"]
    if visit is None:
        return None
    if not visit.is_own and (allows is None or not visit.actor.may(allows)):
        raise Http404
    return visit if is_under_a_case else None


def _visit(request: HttpRequest) -> tuple[Visit | None, bool]:
    """Who is in, and whether the person whose page it is gets help under a case."""
    actor = present(request)
    if actor is None or actor.id is None:
        return None, False
    whose = actor.for_id or actor.id
    return Visit(actor, whose, clock.now()), is_helped(whose)


def in_own_language(request: HttpRequest) -> AbstractContextManager[None]:
    """The language in which the own pages speak to this browser."""
    return translation.override(known(translation.get_language_from_request(request)))


def page(
    request: HttpRequest, template: str, visit: Visit, status: int = 200, **context: Any
) -> HttpResponse:
    """An own page in the language of who looks; it makes their visit last again."""
    with in_own_language(request):
        answer = render(request, template, context, status=status)
    return renew(answer, request)
