"""Incidents near each other in place and time."""

from collections.abc import Iterable
from datetime import datetime
from difflib import SequenceMatcher

from django.db.models import F, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.incidents.facts import place_key
from nabij.incidents.models import Incident, RepeatLink, Status
from nabij.incidents.policies import visible_to
from nabij.incidents.queries.incidents import incidents_for, newest
from nabij.incidents.rules import rules

_MOST_COMPARED = 100


def open_nearby(
    actor: Actor,
    at: datetime,
    *,
    municipality_codes: Iterable[str],
    happened_at: datetime,
    place: str = "",
    district: str = "",
    is_exercise: bool = False,
) -> list[Incident]:
    """Open incidents in the same municipality at about the same time, the best fitting place first.

    The time and number are content (rules.toml); without a login nothing is shown.
    """
    window = rules().nearby
    found = list(
        incidents_for(actor, at)
        .filter(
            municipalities__in=list(municipality_codes),
            status__in=[Status.REPORTED, Status.ACTIVE],
            is_exercise=is_exercise,
            happened_at__range=(happened_at - window, happened_at + window),
        )
        .distinct()[:_MOST_COMPARED]
    )
    asked = place_key(f"{place} {district}")
    found.sort(key=lambda each: (-_likeness(asked, each), abs(each.happened_at - happened_at)))
    return found[: rules().nearby_at_most]


def _likeness(asked: str, incident: Incident) -> float:
    """How alike two places are written, from 0 to 1, in tenths, so that time decides between near equals."""
    there = place_key(f"{incident.place} {incident.district}")
    return round(SequenceMatcher(None, asked, there).ratio(), 1) if asked and there else 0.0


def same_place_before(incident: Incident) -> QuerySet[Incident]:
    """Earlier incidents at the same place in the same municipality, within a year, the last first."""
    if not incident.place_key:
        return Incident.objects.none()
    # Two scalar conditions on `happened_at` let the index on place and moment do all the work.
    return (
        Incident.objects.filter(
            place_key=incident.place_key,
            happened_at__gte=incident.happened_at - rules().repeat_within,
            happened_at__lt=incident.happened_at,
            municipalities__in=incident.municipalities.all(),
            is_exercise=incident.is_exercise,
        )
        .exclude(pk=incident.pk)
        .distinct()
        .order_by("-happened_at", "pk")
    )


def earlier_at_same_place(incident: Incident, actor: Actor, at: datetime) -> QuerySet[Incident]:
    """Earlier incidents at this place that the actor sees and that are not linked yet."""
    linked = RepeatLink.objects.filter(incident=incident).values("earlier_id")
    return same_place_before(incident).filter(visible_to(actor, at)).exclude(pk__in=linked)


def repeat_candidates(incident: Incident, actor: Actor, at: datetime) -> QuerySet[Incident]:
    """Earlier incidents in the same municipality that this one can be linked to by hand, the last hundred."""
    found = incidents_for(actor, at).filter(
        municipalities__in=incident.municipalities.all(),
        happened_at__lte=incident.happened_at,
        is_exercise=incident.is_exercise,
    )
    return newest(found.exclude(pk=incident.pk), _MOST_COMPARED)


def earlier_links(incident: Incident, actor: Actor, at: datetime) -> QuerySet[RepeatLink]:
    """The earlier incidents that this one repeats, as far as the actor sees them, the last first."""
    seen = Incident.objects.filter(visible_to(actor, at)).values("pk")
    links = RepeatLink.objects.filter(Q(earlier__in=seen), incident=incident).select_related("earlier")
    return links.order_by(F("earlier__happened_at").desc())
