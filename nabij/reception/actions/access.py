"""Who may read cards follows who is there: opened on arrival, closed when somebody is done."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.on_call.models import ACTIVE, COORDINATOR, Deployment, DeploymentState
from nabij.people.models import AccessGrant
from nabij.privacy.purposes import Purpose
from nabij.reception.models import ReceptionCard

SOURCE = "reception"
_THERE = Q(state=DeploymentState.ON_SITE) | Q(state__in=ACTIVE, kind=COORDINATOR)


def readers_at(incident: Incident) -> set[UUID]:
    """Who is on site now, and who coordinates: they read the cards of this incident."""
    there = Deployment.objects.filter(_THERE, incident=incident)
    return set(there.values_list("membership_id", flat=True))


def grant(person_ids: Iterable[UUID], readers: Iterable[UUID], *, at: datetime) -> None:
    """Let each of these people read each of these persons' cards, from now until it is ended."""
    readers = list(readers)
    AccessGrant.objects.bulk_create(
        AccessGrant(
            person_id=person_id, grantee_id=reader, scope=SOURCE, purpose=Purpose.EMERGENCY_RECEPTION,
            source=SOURCE, starts_at=at,
        )
        for person_id in person_ids
        for reader in readers
    )  # fmt: skip


@transaction.atomic
def follow_deployment(deployment: Deployment, *, by: Actor, at: datetime) -> None:
    """Open the cards of an incident to who is there, and close them to who no longer is."""
    held = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
    incident = held.incident
    cards = ReceptionCard.objects.filter(place__incident=incident)
    mine = AccessGrant.objects.filter(
        person__in=cards.values("person"), grantee_id=held.membership_id, source=SOURCE, ends_at__isnull=True
    )
    if held.membership_id not in readers_at(incident):
        mine.update(ends_at=at)
        return
    opened = mine.values("person")
    grant(cards.exclude(person__in=opened).values_list("person", flat=True), [held.membership_id], at=at)
