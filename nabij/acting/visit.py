"""For whom somebody is looking: one's own pages, or those of a person who gave a mandate."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from nabij.acting.models import Mandate
from nabij.acting.queries import running
from nabij.audit.actor import Actor, ActorKind
from nabij.kit import clock
from nabij.people.terms import login_terms
from nabij.people.visit import PATH, visitor

COOKIE, SALT = "mijn_namens", "nabij.acting.visit"


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
        permissions=frozenset(mandate.scope),
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
    return actor_of(mandate) if mandate else actor
