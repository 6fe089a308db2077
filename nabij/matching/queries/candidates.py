"""Who may already be registered: asked by a registrar before making a new registration."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.audit.actor import Actor
from nabij.audit.reading import log_read
from nabij.incidents.models import Incident
from nabij.matching.content import terms
from nabij.matching.opening import opened
from nabij.matching.queries.finding import sharing_keys
from nabij.matching.scoring import Likeness, likeness
from nabij.matching.sought import Sought
from nabij.people.models import Registration
from nabij.people.policies import can_list, opened_to, registrations_visible_to
from nabij.people.queries import Line, lines_of
from nabij.people.queries.registrations import COUNTED, whole
from nabij.privacy.purposes import Purpose


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the same: what the registrar may see of them, and why, in words."""

    line: Line
    reasons: list[str]

    @property
    def registration(self) -> Registration:
        """The registration that was found."""
        return self.line.registration


def candidates(
    sought: Sought, incident: Incident, actor: Actor, at: datetime, most: int | None = None
) -> list[Candidate]:
    """Registrations at this incident that look like who is sought, the most alike first; at most ten.

    Only among what this actor may see, from what this actor may see, and each look is in the read log:
    whoever calls this shows what it returns. An empty list says nothing about who is registered elsewhere.
    """
    if not can_list(actor):
        return []
    seen = _seen(sharing_keys(sought, incident.pk), incident, actor, at)
    likely = _best(sought, seen, most or terms().most_shown)
    # who was weighed may be seen: the rule is not asked a second time
    rows = Registration.objects.filter(pk__in=likely) if likely else Registration.objects.none()
    lines = {line.registration.pk: line for line in lines_of(whole(rows))}
    shown = [Candidate(lines[pk], words_of(alike)) for pk, alike in likely.items() if pk in lines]
    log_read((each.registration.person_id for each in shown), by=actor, purpose=Purpose.AFTERCARE, at=at)
    return shown


def _seen(found: list[UUID], incident: Incident, actor: Actor, at: datetime) -> QuerySet[Registration]:
    """Of these the ones that the actor may see; asked once for who may see everybody at this incident."""
    rows = Registration.objects.filter(pk__in=found, incident=incident, state__in=COUNTED)
    if opened_to(actor, at).filter(pk=incident.pk).exists():
        return rows
    return rows.filter(registrations_visible_to(actor, at))


def _best(sought: Sought, rows: QuerySet[Registration], most: int) -> dict[UUID, Likeness]:
    """The most alike first; who has nothing in common that may be said is left out."""
    known = opened(rows, shows_all=False, beside=sought)
    weighed = ((likeness(sought, other), pk) for pk, other in known.items())
    told = [(alike, pk) for alike, pk in weighed if alike.reasons]
    ordered = sorted(told, key=lambda each: (-each[0].score, each[1]))
    return {pk: alike for alike, pk in ordered[:most]}


def words_of(alike: Likeness) -> list[str]:
    """The reasons in words."""
    return [str(reason.label) for reason in alike.reasons]
