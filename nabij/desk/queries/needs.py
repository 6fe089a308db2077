"""Reading needs: the desk of one event, one registration, and what somebody has on their hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.queries import names_of
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.desk.models import LIVE, Need, NeedState, TogetherMember
from nabij.desk.policies import needs_visible_to, owners_of
from nabij.desk.queries.last_forms import last_forms
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.kit.notation import short_span
from nabij.people import content as form
from nabij.people.models import Consent, Registration
from nabij.people.queries import Line, lines_of, registrations_for
from nabij.people.queries.registrations import COUNTED


class Work(StrEnum):
    """Which needs the desk shows; the values stand in the address."""

    WAITING = "wacht"
    MINE = "van-mij"
    TAKEN = "opgepakt"
    PARTNER = "bij-partner"
    LATE = "te-laat"
    ENDED = "klaar"


def work_of(text: str) -> Work:
    """The list that the address asks for; what waits for an unknown word."""
    return next((each for each in Work if each == text), Work.WAITING)


def needs_for(actor: Actor, at: datetime) -> QuerySet[Need]:
    """The needs that this actor may see, urgent ones first, then the first to be late."""
    found = Need.objects.filter(needs_visible_to(actor, at))
    return found.select_related("registration", "owner__user", "incident").order_by(
        "-is_urgent", "due_at", "pk"
    )


def waiting() -> Q:
    """What somebody of the desk may take: nobody did, or only the chief editor said to see to it."""
    return Q(state=NeedState.OPEN) | Q(state=NeedState.TAKEN, owner__role="iac_chief_editor")


def work_list(found: QuerySet[Need], work: Work, actor: Actor, at: datetime) -> QuerySet[Need]:
    """The part of these needs that a list shows."""
    conditions = {
        Work.WAITING: waiting(),
        Work.MINE: Q(owner_id=actor.id, state__in=LIVE),
        Work.TAKEN: Q(state=NeedState.TAKEN),
        Work.PARTNER: Q(state=NeedState.PASSED),
        Work.LATE: Q(state__in=LIVE, due_at__lt=at),
        Work.ENDED: Q(state__in=[NeedState.DONE, NeedState.DROPPED]),
    }
    found = found.filter(conditions[work])
    return found.order_by("-ended_at", "pk") if work == Work.ENDED else found


@dataclass(frozen=True)
class Row:
    """One need on the desk: no name, only the reference that somebody says aloud."""

    need: Need
    left: timedelta
    is_late: bool
    letter: str
    relation: str

    @property
    def span(self) -> str:
        """How long is left, or how long it is late: '41 min', '1 u 12'."""
        return short_span(abs(self.left))


def rows_of(needs: Iterable[Need], at: datetime) -> list[Row]:
    """These needs as the desk shows them."""
    found = list(needs)
    letters = letters_of({each.registration_id for each in found})
    return [
        Row(
            each,
            each.left(at),
            each.is_late(at),
            letters.get(each.registration_id, ""),
            form.say("relation", each.registration.relation),
        )
        for each in found
    ]


def letters_of(registration_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The letter of the group to which each of these registrations belongs."""
    rows = TogetherMember.objects.filter(registration_id__in=set(registration_ids))
    return dict(rows.values_list("registration_id", "group__letter"))


@dataclass(frozen=True)
class Counts:
    """How much lies at one desk."""

    waiting: int
    urgent: int
    late: int
    mine: int


def counts_of(found: QuerySet[Need], actor: Actor, at: datetime) -> Counts:
    """What waits, what is urgent among it, what is late and what is one's own, in one query."""
    counted = found.order_by().aggregate(
        waiting=Count("pk", filter=waiting()),
        urgent=Count("pk", filter=waiting() & Q(is_urgent=True)),
        late=Count("pk", filter=Q(state__in=LIVE, due_at__lt=at)),
        mine=Count("pk", filter=Q(owner_id=actor.id, state__in=LIVE)),
    )
    return Counts(**counted)


@dataclass(frozen=True)
class DeskCounts:
    """How much lies at the desk of one event, for the panel."""

    incident_id: UUID
    reference: str
    waiting: int
    urgent: int
    mine: int


def desks_for(actor: Actor, at: datetime, most: int = 10) -> list[DeskCounts]:
    """The desks at which something waits or that hold something of one's own; no person is opened."""
    live = Need.objects.filter(needs_visible_to(actor, at), state__in=LIVE)
    counted = (
        live.values("incident_id", reference=F("incident__reference"))
        .annotate(
            waiting=Count("pk", filter=waiting()),
            urgent=Count("pk", filter=waiting() & Q(is_urgent=True)),
            mine=Count("pk", filter=Q(owner_id=actor.id)),
        )
        .order_by("-urgent", "-waiting", "reference")
    )
    return [DeskCounts(**each) for each in counted[:most]]


@dataclass(frozen=True)
class Sheet:
    """One registration as the desk reads it: who, how to reach them, what they need, and with whom."""

    line: Line
    needs: list[Need]
    told: dict[UUID, str]
    letter: str
    others: list[Registration]


def sheet_for(actor: Actor, pk: UUID, at: datetime) -> Sheet | None:
    """This registration opened; None when a grant does not open it. Log the reading before showing it."""
    row = registrations_for(actor, at).filter(Q(pk=pk)).first()
    if row is None or row.incident is None:
        return None
    needs = list(needs_for(actor, at).filter(registration_id=row.corrects_id or row.pk))
    opener = Opener([each.registration.person_id for each in needs])
    told = {each.pk: opener.open(each.registration.person_id, each.told_sealed) for each in needs}
    member = TogetherMember.objects.select_related("group").filter(registration=row).first()
    near = TogetherMember.objects.filter(group=member.group) if member else TogetherMember.objects.none()
    others = registrations_for(actor, at).filter(pk__in=near.values("registration_id")).exclude(pk=row.pk)
    return Sheet(lines_of([row])[0], needs, told, member.group.letter if member else "", list(others))


def people_for(incident: Incident, at: datetime) -> list[tuple[str, str]]:
    """To whom a need of this event can be given, as (id, name and role)."""
    rows = Membership.objects.filter(owners_of(incident, at)).select_related("user")
    return [(str(each.pk), str(each)) for each in rows.order_by("user__name", "pk")]


def owner_names(needs: Iterable[Need]) -> dict[UUID, str]:
    """The names of who owns these needs."""
    return names_of({each.owner_id for each in needs if each.owner_id})


def registrations_of_entry(entry_id: int) -> tuple[Incident | None, list[Registration]]:
    """The registrations of which a line of the trail tells, with their incident.

    A line tells of one registration, or of all that were stored for an incident at its moment.
    """
    entry = TrailEntry.objects.get(pk=entry_id)
    incident = Incident.objects.filter(Q(pk=entry.thread_id)).first()
    rows = Registration.objects.filter(incident=incident, state__in=COUNTED)
    if entry.subject_kind == "Registration":
        rows = rows.filter(pk=entry.subject_id)
    else:
        rows = rows.filter(drained_at=entry.at)
    return incident, list(rows.order_by("received_at", "pk")) if incident else []


def registration_of_entry(entry_id: int) -> Registration | None:
    """The registration that changed; None when it was erased meanwhile."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    return Registration.objects.select_related("incident").filter(pk__in=told).first()


def said_yes_to(registration: Registration, receiver: str) -> bool:
    """Whether this person, by the last form they sent, lets this receiver know about them."""
    if registration.incident_id is None:
        return False
    root = registration.corrects_id or registration.pk
    last = last_forms(registration.incident_id).filter(Q(pk=root) | Q(corrects=root)).first()
    given = Consent.objects.filter(registration=last, receiver=receiver, withdrawn_at__isnull=True)
    return last is not None and given.filter(is_given=True).exists()


def member_of(pk: UUID) -> Membership:
    """The colleague with this membership, as a form offered them."""
    return Membership.objects.select_related("user").get(pk=pk)
