"""Who is on the own pages: only the person's id, in a signed cookie that scripts cannot read."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from nabij.audit.actor import Actor, ActorKind
from nabij.people.terms import login_terms

COOKIE, PATH, SALT = "mijn", "/mijn/", "nabij.people.visit"


def remember(response: HttpResponse, person_id: UUID) -> HttpResponse:
    """Let this person in for the length of a visit; each page makes it last again."""
    response.set_signed_cookie(
        COOKIE,
        str(person_id),
        salt=SALT,
        max_age=login_terms().session_lasts,
        path=PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def visitor(request: HttpRequest) -> Actor | None:
    """The person who is in, as somebody who acts; None for nobody, a forged cookie or a visit that ended."""
    try:
        told = request.get_signed_cookie(COOKIE, salt=SALT, max_age=login_terms().session_lasts)
        return Actor(ActorKind.HELPED_PERSON, id=UUID(told))
    except (KeyError, BadSignature, ValueError):
        return None


def forget(response: HttpResponse) -> HttpResponse:
    """End the visit."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def network_of(request: HttpRequest) -> str:
    """The network a visitor comes from: /24 or /48, told by the proxy when that stands on this machine."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    if address in ("127.0.0.1", "::1", "") and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    if ":" in address:
        return ":".join(address.split(":")[:3])
    return address.rpartition(".")[0]
