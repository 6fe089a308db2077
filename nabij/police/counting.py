"""The municipality is told how many people an event hit, as soon as the police send or count one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Q
from django.shortcuts import resolve_url

from nabij.accounts.models import Membership, Municipality
from nabij.accounts.roles import Role
from nabij.notify.models import Rule
from nabij.notify.sending import send
from nabij.police import content
from nabij.police.models import Headcount


@dataclass(frozen=True)
class Hit:
    """One person who was hit: where, by what, when, and whether it is a child; never who."""

    municipality: Municipality
    topic: str
    happened_on: date
    is_child: bool = False


def count_hit(hit: Hit, *, at: datetime) -> None:
    """One more person, inside the caller's transaction; the first of an event is told to the municipality."""
    if not content.is_told(hit.topic):
        return
    row, is_first = Headcount.objects.get_or_create(
        municipality=hit.municipality, topic=hit.topic, happened_on=hit.happened_on, defaults={"told_at": at}
    )
    Headcount.objects.filter(pk=row.pk).update(
        affected=F("affected") + 1, children=F("children") + int(hit.is_child), told_at=at
    )
    if is_first:
        _tell(hit.municipality, at)


def _tell(municipality: Municipality, at: datetime) -> None:
    officers = Membership.objects.current(at).filter(
        Q(organisation__municipality=municipality), role=Role.DUTY_OFFICER
    )
    link = f"{settings.ENV.base_url}{resolve_url(settings.LOGIN_REDIRECT_URL)}"
    for officer in officers:
        send(
            "police_counted",
            to=officer.pk,
            rule=Rule.STAFF_DUTY,
            exercise=False,
            at=at,
            values={"link": link},
        )
