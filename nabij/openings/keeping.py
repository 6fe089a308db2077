"""How long the words of a centre's years are kept; that and when it opened and closed stays as a figure."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.centres.queries import ended_before
from nabij.keys.sealing import destroy_keys
from nabij.openings.models import BoardSeat, ClosingPlan, Lesson, Opening, PhaseDecision, ReadinessTest
from nabij.privacy.removal import Held, with_living_key


def old_decisions(before: datetime) -> QuerySet[PhaseDecision]:
    """Decisions at centres that were archived or went offline before this moment, that can still be read."""
    found: QuerySet[PhaseDecision] = with_living_key(PhaseDecision.objects.filter(ended_before(before)))
    return found


def about_centres(held: Held) -> Q:
    """Decisions at the centre of an incident that is held; none can be traced to a person who is helped."""
    return Q(centre__incident_id__in=held.incidents)


def silence_years(rows: QuerySet[PhaseDecision], *, by: Actor, at: datetime) -> None:
    """Reasons, what was heard at tests, names from outside and lessons; dates and figures stay."""
    ids = list(rows.values_list("pk", flat=True))
    centres = list(PhaseDecision.objects.filter(pk__in=ids).values_list("centre_id", flat=True))
    for each in (
        Opening.objects.filter(decision__in=ids),
        ReadinessTest.objects.filter(opening__decision__in=ids),
        BoardSeat.objects.filter(centre__in=centres),
        ClosingPlan.objects.filter(centre__in=centres),
        Lesson.objects.filter(centre__in=centres),
        PhaseDecision.objects.filter(pk__in=ids),
    ):
        destroy_keys(each.values_list("pk", flat=True), at=at)
