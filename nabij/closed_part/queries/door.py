"""Who waits at the door, who is in, and the counts that add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, F, ManyToOneRel, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import CodeList, Verification, VerificationState
from nabij.closed_part.policies import HAS_CLOSED_PART, verifications_visible_to, wants_in
from nabij.incidents.models import Incident
from nabij.incidents.policies import visible_to as incidents_visible_to
from nabij.keys.sealing import Opener
from nabij.people.models import Registration, RegistrationState
from nabij.people.queries import Line, lines_of, registrations_for
from nabij.people.queries.own import own_answers

HARD, NO_WISH = "hard", "no_wish"


class Tab(StrEnum):
    """Which part of the queue a page shows; the values stand in the address."""

    WAITING = "wacht"
    HARD = "samen"
    IN = "binnen"
    REFUSED = "niet"
    STOPPED = "gestopt"


STATES = {
    Tab.WAITING: VerificationState.PENDING, Tab.IN: VerificationState.VERIFIED,
    Tab.REFUSED: VerificationState.REFUSED, Tab.STOPPED: VerificationState.WITHDRAWN,
}  # fmt: skip


def tab_of(text: str) -> Tab:
    """The list that the address asks for; who waits for an unknown word."""
    return next((each for each in Tab if each == text), Tab.WAITING)


def _with_stand(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each with its stand: who has no verification yet waits; for who asked two people it says so."""
    mine = Verification.objects.filter(registration=OuterRef("pk"))
    stand = Case(
        When(proposed_at__isnull=False, way="", state=VerificationState.PENDING, then=Value(HARD)),
        default=F("state"),
    )
    told = Subquery(mine.annotate(stand=stand).values("stand")[:1])
    return rows.annotate(stand=Coalesce(told, Value(VerificationState.PENDING.value)))


@dataclass(frozen=True)
class Counts:
    """How many registered at one incident are in, are not, wait, stopped, or never asked: never who."""

    verified: int
    refused: int
    pending: int
    withdrawn: int
    no_wish: int

    @property
    def total(self) -> int:
        """Everybody who registered and did not withdraw."""
        return self.verified + self.refused + self.pending + self.withdrawn + self.no_wish


def door_counts(incident_id: UUID) -> Counts:
    """The counts of one incident; each registration stands in exactly one of them."""
    rows = _with_stand(Registration.objects.filter(incident_id=incident_id, state=RegistrationState.NEW))
    wants = Q(wants_closed_part=True)
    counted = rows.aggregate(
        no_wish=Count("pk", filter=~wants),
        pending=Count("pk", filter=wants & Q(stand__in=[VerificationState.PENDING, HARD])),
        **{
            state.value: Count("pk", filter=wants & Q(stand=state))
            for state in VerificationState
            if state != VerificationState.PENDING
        },
    )
    return Counts(**counted)


def queue_for(actor: Actor, incident: Incident, tab: Tab, at: datetime) -> QuerySet[Registration]:
    """Registrations that ask for entry here, as far as grants open them to this registrar."""
    rows = registrations_for(actor, at).filter(wants_in(), incident=incident)
    return _with_stand(rows).filter(Q(stand=STATES.get(tab, HARD)))


@dataclass(frozen=True)
class DoorLine:
    """One who asks for entry, opened for the registrar."""

    line: Line
    verification: Verification | None
    note: str = ""

    @property
    def state_in_words(self) -> str:
        """Where it stands."""
        found = self.verification
        return found.get_state_display() if found else str(VerificationState.PENDING.label)


def door_lines(rows: Iterable[Registration]) -> list[DoorLine]:
    """These opened, with a fixed number of queries; log the reading before showing it."""
    lines = lines_of(rows)
    found = Verification.objects.filter(registration__in=[each.registration.pk for each in lines])
    known = {each.registration_id: each for each in found.select_related("proposed_by", "decided_by")}
    opener = Opener(each.registration.person_id for each in lines)
    return [_door_line(line, known.get(line.registration.pk), opener) for line in lines]


def _door_line(line: Line, verification: Verification | None, opener: Opener) -> DoorLine:
    sealed = verification.note_sealed if verification else b""
    return DoorLine(line, verification, opener.open(line.registration.person_id, sealed))


def asker_for(actor: Actor, pk: UUID, at: datetime) -> Registration | None:
    """One registration that asks, or asked, for entry, if a grant opens it to this registrar."""
    rows = registrations_for(actor, at).filter(state=RegistrationState.NEW)
    known = Verification.objects.values("registration_id")
    return rows.filter(Q(wants_closed_part=True) | Q(pk__in=known), pk=pk).first()


def guardian_of(registration: Registration) -> str:
    """The name of the guardian as it was told, opened."""
    return str(own_answers(registration)["guardian"])


def verification_for(actor: Actor, registration_pk: UUID, at: datetime) -> Verification | None:
    """The verification of this registration, if it is open to this registrar."""
    rows = Verification.objects.filter(verifications_visible_to(actor, at), registration_id=registration_pk)
    return rows.select_related("registration__person", "registration__incident").first()


def hangs_on(verification: Verification) -> bool:
    """Whether rows of apps above belong to this verification, such as messages or a seat at a meeting."""
    pointing = (
        each for each in Verification._meta.get_fields(include_hidden=True)
        if isinstance(each, ManyToOneRel)
    )  # fmt: skip
    return any(
        each.related_model._base_manager.filter(**{each.field.name: verification.pk}).exists()
        for each in pointing
    )


def centre_at(incident: Incident) -> AdviceCentre | None:
    """The centre of this incident when it has a closed part, live or still being made."""
    rows = AdviceCentre.objects.select_related("incident", "commission")
    return rows.filter(incident=incident, commission__wants_closed_part=True).first()


def code_lists_of(centre: AdviceCentre) -> list[tuple[CodeList, int]]:
    """The lists of codes with how many were used, the newest first."""
    used = Count("codes", filter=Q(codes__in=Verification.objects.filter(code__isnull=False).values("code")))
    rows = CodeList.objects.filter(centre=centre).annotate(used=used).order_by("-made_at", "id")
    return [(each, each.used) for each in rows]


def code_list_at(centre: AdviceCentre, pk: UUID) -> CodeList | None:
    """One list of codes of this centre."""
    return CodeList.objects.select_related("centre__incident").filter(centre=centre, pk=pk).first()


def leaders_at(incident: Incident | None, at: datetime) -> list[UUID]:
    """The leaders of the registrars who see this incident."""
    if incident is None:
        return []
    roles = [role for role, allowed in PERMISSIONS.items() if Permission.LEAD_REGISTRATIONS in allowed]
    rows = Membership.objects.current(at).filter(role__in=roles).select_related("user", "organisation")
    return [
        each.pk
        for each in rows.order_by("pk")
        if Incident.objects.filter(incidents_visible_to(actor_for(each), at), pk=incident.pk).exists()
    ]


@dataclass(frozen=True)
class DoorWork:
    """What waits at one incident: people at the door, and hard cases."""

    incident: Incident
    waiting: int
    hard: int


def work_at_doors(actor: Actor, at: datetime, most: int = 10) -> list[DoorWork]:
    """Per incident of this registrar how many wait at the door; where two people must decide comes first."""
    rows = _with_stand(registrations_for(actor, at).filter(wants_in()))
    centres = AdviceCentre.objects.filter(HAS_CLOSED_PART)
    counted = (
        rows.filter(incident_id__in=centres.values("incident_id"))
        .order_by()
        .values("incident_id")
        .annotate(
            waiting=Count("pk", filter=Q(stand=VerificationState.PENDING)),
            hard=Count("pk", filter=Q(stand=HARD)),
        )
        .filter(Q(waiting__gt=0) | Q(hard__gt=0))
        .order_by("-hard", "-waiting", "incident_id")[:most]
    )
    found = {each["incident_id"]: (each["waiting"], each["hard"]) for each in counted}
    incidents = Incident.objects.in_bulk(found)
    return [DoorWork(incidents[pk], *numbers) for pk, numbers in found.items()]


def registration_in(entry_id: int) -> Registration | None:
    """The registration that this line of the trail tells of; None when it was erased already."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    return Registration.objects.filter(pk__in=told).first()
