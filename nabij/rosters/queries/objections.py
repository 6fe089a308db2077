"""What speaks against a duty for somebody: certificate, rest, another duty, days off, the law."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from nabij.academy.fitness import Fitness
from nabij.academy.queries import proofs_of
from nabij.accounts.models import Membership
from nabij.care.queries import rests_of
from nabij.kit.notation import amsterdam_moment
from nabij.rosters.models import Availability, Duty, Wish
from nabij.rosters.queries.fitness import lacking_of
from nabij.working_time.queries import calls_of, status_of
from nabij.working_time.rules import Load, Stretch, breaches_of

CERTIFICATE, REST, AWAY, DUTY, LAW = "certificate", "rest", "away", "duty", "law"
WINDOW = timedelta(weeks=16)  # the longest window of the law


@dataclass(frozen=True)
class Objection:
    """One reason against a duty, in words; a rule on times may be set aside in a disaster, the rest never.

    `size` says how many things would have to change to take it away: each certificate is one.
    """

    text: str
    kind: str
    size: int = 1

    @property
    def can_be_set_aside(self) -> bool:
        """Whether it is a rule on times."""
        return self.kind == LAW

    def __str__(self) -> str:
        return self.text


class Facts:
    """What is known of these people around a period: read in the same queries for any number, asked often."""

    def __init__(
        self,
        people: Iterable[Membership],
        starts_at: datetime,
        ends_at: datetime,
        without: Collection[UUID] = (),
    ) -> None:
        self.people = list(people)
        ids, users = {each.pk for each in self.people}, {each.user_id for each in self.people}
        self._proofs, self._rests = proofs_of(users), rests_of(ids, starts_at)
        self._calls = {user: tuple(calls) for user, calls in calls_of(users, starts_at - WINDOW).items()}
        self._duties = _duties_of(users, starts_at, ends_at, without)
        self._away: dict[UUID, list[Stretch]] = {each: [] for each in ids}
        days = Availability.objects.filter(
            membership_id__in=ids, wish=Wish.AWAY, starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        for membership_id, begin, end in days.values_list("membership_id", "starts_at", "ends_at"):
            self._away[membership_id].append(Stretch(begin, end))

    def duties_of(self, person: Membership) -> list[Stretch]:
        """The duties that this person has in the widest window around the period, over all memberships."""
        return self._duties[person.user_id]

    def lacking(
        self, person: Membership, seat: str, starts_at: datetime, ends_at: datetime
    ) -> Fitness | None:
        """What this person lacks for a duty; None when nothing."""
        return lacking_of(self._proofs[person.user_id], seat, starts_at, ends_at)

    def objections(
        self,
        person: Membership,
        seat: str,
        starts_at: datetime,
        ends_at: datetime,
        also: Iterable[Stretch] = (),
    ) -> list[Objection]:
        """What speaks against this duty, when the person has these other ones `also`."""
        new, own = Stretch(starts_at, ends_at), []
        if lacking := self.lacking(person, seat, starts_at, ends_at):
            own.append(Objection(str(lacking), CERTIFICATE, len(lacking.missing)))
        for begin, until in self._rests.get(person.pk, ()):
            if begin <= new.starts_at < until:
                moment = amsterdam_moment(until)
                own.append(Objection(_("Na een inzet rust tot %(moment)s") % {"moment": moment}, REST))
        if any(each.within(new.starts_at, new.ends_at) for each in self._away[person.pk]):
            own.append(Objection(_("Kan dan niet"), AWAY))
        duties, calls = (*self._duties[person.user_id], *also), self._calls[person.user_id]
        if any(each.within(new.starts_at, new.ends_at) for each in duties):
            own.append(Objection(_("Heeft in die tijd al een dienst"), DUTY))
        breaches = breaches_of(new, Load(duties, calls), status_of(person)) if duties or calls else []
        return [*own, *(Objection(str(each), LAW) for each in breaches)]


def objections_for(
    people: Iterable[Membership],
    seat: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    without: Collection[UUID] = (),
) -> dict[UUID, list[Objection]]:
    """Per person what speaks against this duty, `without` these duties; the same queries for any."""
    facts = Facts(people, starts_at, ends_at, without)
    return {each.pk: facts.objections(each, seat, starts_at, ends_at) for each in facts.people}


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
