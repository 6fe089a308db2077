"""Who is on the own pages: the person's id and a mark, in a signed cookie that scripts cannot read."""

from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from nabij.audit.actor import Actor, ActorKind
from nabij.kit.context import EXERCISE
from nabij.people.models import Person, Registration
from nabij.people.terms import login_terms

COOKIE, PATH, SALT = "mijn", "/mijn/", "nabij.people.visit"


def remember(response: HttpResponse, person_id: UUID) -> HttpResponse:
    """Let this person in for the length of a visit, as long as they are reached as they are now."""
    return _keep(response, f"{person_id}:{_reach_of(person_id)}")


def renew(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Let a visit last again with the mark it began with: whose phone changed since is not let in anew."""
    told = _told(request)
    return _keep(response, told) if told else response


def visitor(request: HttpRequest) -> Actor | None:
    """The person who is in, as somebody who acts.

    None for nobody, a forged cookie, a visit that ended, and one from before the phone or e-mail changed: who
    has the old phone is out at once.
    """
    person_id, _, reach = _told(request).partition(":")
    try:
        actor = Actor(ActorKind.HELPED_PERSON, id=UUID(person_id))
    except ValueError:
        return None
    if not reach or not compare_digest(reach, _reach_of(UUID(person_id))):
        return None
    mark_exercise(request, UUID(person_id))
    return actor


def mark_exercise(request: HttpRequest, person_id: UUID) -> None:
    """Let the page say OEFENING when this person registered at an event that is one; asked once a request."""
    asked: dict[UUID, bool] = request.__dict__.setdefault("registered_in_exercise", {})
    if person_id not in asked:
        rows = Registration.objects.filter(person_id=person_id).order_by("-received_at")
        asked[person_id] = bool(rows.values_list("incident__is_exercise", flat=True).first())
    request.__dict__[EXERCISE] = asked[person_id]


def _keep(response: HttpResponse, told: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        told,
        salt=SALT,
        max_age=login_terms().session_lasts,
        path=PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _told(request: HttpRequest) -> str:
    told = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=login_terms().session_lasts)
    return told or ""


def _reach_of(person_id: UUID) -> str:
    """A mark of how this person is reached, of which nothing can be read; empty for who is not known."""
    columns = Person.objects.filter(pk=person_id).values_list("phone_sealed", "email_sealed").first()
    # sealed anew means changed: the same words never seal to the same bytes
    return salted_hmac(SALT, b"".join(map(bytes, columns))).hexdigest() if columns else ""


def forget(response: HttpResponse) -> HttpResponse:
    """End the visit."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
