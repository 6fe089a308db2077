"""Counts and lists of registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.incidents.models import Status
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import rules_of
from nabij.people import content
from nabij.people.models import Consent, Receiver, Registration, RegistrationState
from nabij.people.policies import can_list, registrations_visible_to

UNSAFE = "no"  # then the number is not even shown
COUNTED = (RegistrationState.NEW, RegistrationState.CORRECTION)


class Shown(StrEnum):
    """Which registrations a list shows; the values stand in the address."""

    ALL = "alle"
    URGENT = "vandaag"
    CALL_BACK = "terugbellen"
    UNREACHABLE = "bellen-zelf"
    SUSPECT = "apart-gezet"
    WITHDRAWN = "ingetrokken"


def shown_of(text: str) -> Shown:
    """The list that the address asks for; all of them for an unknown word."""
    return next((each for each in Shown if each == text), Shown.ALL)


@dataclass(frozen=True)
class Counts:
    """How many registered at one incident, without a single name."""

    total: int
    urgent: int
    call_back: int
    unreachable: int
    withdrawn: int
    suspect: int
    merged: int
    consents: dict[str, int]

    @property
    def received(self) -> int:
        """How many were sent in, the doubles that are now one counted each."""
        return self.total + self.merged


def registration_counts(incident_id: UUID) -> Counts:
    """Counts of one incident; consents that are given now, per receiver. A corrected form counts once."""
    counted = Q(state=RegistrationState.NEW)
    given = Consent.objects.filter(registration=OuterRef("pk"), is_given=True, withdrawn_at__isnull=True)
    rows = Registration.objects.filter(incident_id=incident_id).annotate(
        **{f"to_{receiver}": Exists(given.filter(receiver=receiver)) for receiver in Receiver.values}
    )
    found = rows.aggregate(
        total=Count("pk", filter=counted),
        urgent=Count("pk", filter=counted & Q(is_urgent=True)),
        call_back=Count("pk", filter=counted & Q(person__has_email=False, person__has_phone=True)),
        unreachable=Count("pk", filter=counted & Q(person__has_email=False, person__has_phone=False)),
        withdrawn=Count("pk", filter=Q(state=RegistrationState.WITHDRAWN)),
        suspect=Count("pk", filter=Q(state=RegistrationState.SUSPECT)),
        merged=Count("pk", filter=Q(state=RegistrationState.MERGED, corrects__isnull=True)),
        **{
            f"with_{receiver}": Count("pk", filter=counted & Q(**{f"to_{receiver}": True}))
            for receiver in Receiver.values
        },
    )
    consents = {receiver: found.pop(f"with_{receiver}") for receiver in Receiver.values}
    return Counts(**found, consents=consents)


def registrations_for(actor: Actor, at: datetime) -> QuerySet[Registration]:
    """The registrations that a grant opens to this actor: urgent ones first, then in order of arrival."""
    seen = Registration.objects.filter(registrations_visible_to(actor, at))
    return whole(seen).order_by("-is_urgent", "received_at", "pk")


def whole(found: QuerySet[Registration]) -> QuerySet[Registration]:
    """These with person, incident and the consents that hold: what a line needs."""
    current = Prefetch(
        "consents", queryset=Consent.objects.filter(withdrawn_at__isnull=True), to_attr="current"
    )
    return found.select_related("person", "incident").prefetch_related(current)


@dataclass(frozen=True)
class IncidentCounts:
    """How many registered at one incident, how many need help today, and how many have no e-mail."""

    incident_id: UUID | None
    reference: str
    total: int
    urgent: int
    by_phone: int


def counts_by_incident(actor: Actor, at: datetime, most: int = 10) -> list[IncidentCounts]:
    """Of the open incidents whose registrations this actor may see; one query, and no person is opened."""
    open_now = Registration.objects.filter(registrations_visible_to(actor, at), state=RegistrationState.NEW)
    counted = (
        open_now.exclude(incident__status=Status.CLOSED)
        .values("incident_id", "incident__reference")
        .annotate(
            total=Count("pk"),
            urgent=Count("pk", filter=Q(is_urgent=True)),
            by_phone=Count("pk", filter=Q(person__has_email=False)),
        )
        .order_by("-urgent", "-total", "incident__reference")
    )
    return [
        IncidentCounts(*row)
        for row in counted.values_list("incident_id", "incident__reference", "total", "urgent", "by_phone")[
            :most
        ]
    ]


def list_of(found: QuerySet[Registration], shown: Shown) -> QuerySet[Registration]:
    """The part of these registrations that a list shows."""
    if shown == Shown.WITHDRAWN:
        return found.filter(state=RegistrationState.WITHDRAWN)
    if shown == Shown.SUSPECT:
        return found.filter(state=RegistrationState.SUSPECT)
    found = found.filter(state__in=COUNTED)
    if shown == Shown.URGENT:
        return found.filter(is_urgent=True)
    if shown == Shown.CALL_BACK:
        return found.filter(person__has_email=False, person__has_phone=True)
    if shown == Shown.UNREACHABLE:
        return found.filter(person__has_email=False, person__has_phone=False)
    return found


def held_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations whose incident is unknown, oldest first, for who may list registrations."""
    found = Registration.objects.filter(state=RegistrationState.HELD).order_by("received_at", "pk")
    return found if can_list(actor) else found.none()


@dataclass(frozen=True)
class Line:
    """One registration as the desk reads it, opened."""

    registration: Registration
    name: str
    phone: str
    email: str
    safe_to_call: str
    warns: bool
    when: str
    relation: str
    needs: list[str]
    yes_to: list[str]


def lines_of(registrations: Iterable[Registration]) -> list[Line]:
    """These registrations opened, with one query for all keys; log the reading before showing it."""
    rows = list(registrations)
    opener, ruled = Opener(row.person_id for row in rows), rules_of(row.person_id for row in rows)
    return [_line(row, opener, has_rule=row.person_id in ruled) for row in rows]


def _line(row: Registration, opener: Opener, *, has_rule: bool) -> Line:
    """With a contact rule, only who was given the case makes contact: no number here."""
    person, whose = row.person, row.person_id
    safe = opener.open(whose, person.safe_to_call_sealed)
    time = opener.open(whose, person.preferred_time_sealed)
    current: list[Consent] = row.current  # type: ignore[attr-defined]  # to_attr of the prefetch
    return Line(
        registration=row,
        name=opener.open(whose, person.name_sealed),
        phone="" if safe == UNSAFE or has_rule else opener.open(whose, person.phone_sealed),
        email="" if has_rule else opener.open(whose, person.email_sealed),
        safe_to_call=content.say("safe_to_call", safe) if safe else "",
        warns=has_rule or safe in (UNSAFE, "careful"),
        when=content.say("preferred_time", time) if time not in ("", "any") else "",
        relation=content.say("relation", row.relation),
        needs=[content.say("needs", code) for code in row.needs],
        yes_to=[str(Receiver(each.receiver).label) for each in current if each.is_given],
    )
