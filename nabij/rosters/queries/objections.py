"""What speaks against a duty for somebody: certificate, rest, another duty, days off, the law."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nabij.academy.queries import proofs_of
from nabij.accounts.models import Membership
from nabij.care.queries import rests_until
from nabij.kit.notation import amsterdam_moment
from nabij.rosters.models import Availability, Duty, Wish
from nabij.rosters.queries.fitness import lacking_of
from nabij.working_time.queries import calls_of, status_of
from nabij.working_time.rules import Load, Stretch, breaches_of

WINDOW = timedelta(weeks=16)  # the longest window of the law


@dataclass(frozen=True)
class Objection:
    """One reason against a duty, in words; a rule on times may be set aside in a disaster, the rest never."""

    text: str
    can_be_set_aside: bool = False

    def __str__(self) -> str:
        return self.text


def objections_for(
    people: Iterable[Membership],
    seat: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    without: Collection[UUID] = (),
) -> dict[UUID, list[Objection]]:
    """Per person what speaks against this duty, `without` these duties; the same queries for any."""
    listed = list(people)
    ids = {each.pk for each in listed}
    users = {each.user_id for each in listed}
    proofs, rests = proofs_of(users), rests_until(ids, starts_at)
    away = set(_away(ids, starts_at, ends_at).values_list("membership_id", flat=True))
    duties, calls = _duties_of(users, starts_at, ends_at, without), calls_of(users, starts_at - WINDOW)
    new = Stretch(starts_at, ends_at)
    found: dict[UUID, list[Objection]] = {}
    for person in listed:
        own = found.setdefault(person.pk, [])
        if lacking := lacking_of(proofs[person.user_id], seat, starts_at, ends_at):
            own.append(Objection(str(lacking)))
        if until := rests.get(person.pk):
            own.append(Objection(_("Na een inzet rust tot %(moment)s") % {"moment": amsterdam_moment(until)}))
        if person.pk in away:
            own.append(Objection(_("Kan dan niet")))
        mine = duties[person.user_id]
        if any(each.within(new.starts_at, new.ends_at) for each in mine):
            own.append(Objection(_("Heeft in die tijd al een dienst")))
        load = Load(tuple(mine), tuple(calls[person.user_id]))
        own.extend(Objection(str(each), True) for each in breaches_of(new, load, status_of(person)))
    return found


def _away(ids: Collection[UUID], starts_at: datetime, ends_at: datetime) -> QuerySet[Availability]:
    return Availability.objects.filter(
        membership_id__in=ids, wish=Wish.AWAY, starts_at__lt=ends_at, ends_at__gt=starts_at
    )


def _duties_of(
    users: Collection[UUID], starts_at: datetime, ends_at: datetime, without: Collection[UUID]
) -> dict[UUID, list[Stretch]]:
    """Per person, over all their memberships, the duties in the widest window around this one."""
    found: dict[UUID, list[Stretch]] = {each: [] for each in users}
    rows = Duty.objects.filter(
        membership__user_id__in=users, starts_at__lt=ends_at + WINDOW, ends_at__gt=starts_at - WINDOW
    ).exclude(pk__in=without)
    for user_id, begin, end in rows.values_list("membership__user_id", "starts_at", "ends_at"):
        found[user_id].append(Stretch(begin, end))
    return found
