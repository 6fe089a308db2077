"""Duties in the roster that a rule speaks against as things are now: days off, rest, or the law."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from nabij.rosters.models import Duty
from nabij.rosters.queries.objections import CERTIFICATE, Facts, Objection
from nabij.working_time.rules import Stretch


@dataclass(frozen=True)
class BreachRow:
    """One person: the first duty that a rule speaks against, what it is, and how many there are."""

    duty: Duty
    objections: list[Objection]
    number: int


def breaches_for(team_id: UUID | None, at: datetime, days: int) -> list[BreachRow]:
    """Per person of a team the coming duties that break a rule; certificates stand with the gaps already."""
    coming = Duty.objects.filter(Q(team_id=team_id), ends_at__gt=at, starts_at__lt=at + timedelta(days=days))
    duties = list(coming.select_related("membership__user", "team").order_by("starts_at", "pk"))
    people = {duty.membership_id: duty.membership for duty in duties}
    until = max((duty.ends_at for duty in duties), default=at)
    facts = Facts(people.values(), at, until, without=[duty.pk for duty in duties])
    found: dict[UUID, BreachRow] = {}
    for duty in duties:
        if objections := _objections(facts, duty, duties):
            before = found.get(duty.membership_id)
            found[duty.membership_id] = BreachRow(
                before.duty if before else duty,
                before.objections if before else objections,
                before.number + 1 if before else 1,
            )
    return list(found.values())


def _objections(facts: Facts, duty: Duty, duties: list[Duty]) -> list[Objection]:
    """What speaks against this duty beside the others; what was set aside with a ground counts no more."""
    others = [
        Stretch(each.starts_at, each.ends_at)
        for each in duties
        if each.membership_id == duty.membership_id and each.pk != duty.pk
    ]
    found = facts.objections(duty.membership, duty.seat, duty.starts_at, duty.ends_at, others)
    return [
        each for each in found if each.kind != CERTIFICATE and not (duty.exception and each.can_be_set_aside)
    ]
