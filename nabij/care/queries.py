"""Who rests until when, which contacts are due, and who calls."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.care.models import WHICH, CareColleague, CareContact, Rest
from nabij.care.policies import can_write_list, visible_to
from nabij.care.rules import needs_talk


def rests_until(membership_ids: Collection[UUID], at: datetime) -> dict[UUID, datetime]:
    """Of these people who rest at this moment, and until when; one query."""
    resting = Rest.objects.filter(membership_id__in=membership_ids, starts_at__lte=at, ends_at__gt=at)
    rows = resting.values("membership_id").annotate(until=Max("ends_at"))
    return {row["membership_id"]: row["until"] for row in rows}


def rests_of(
    membership_ids: Collection[UUID], since: datetime
) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """The rests of these people that end after this moment, from when till when; one query."""
    found: dict[UUID, list[tuple[datetime, datetime]]] = {}
    rows = Rest.objects.filter(membership_id__in=membership_ids, ends_at__gt=since)
    for membership_id, starts_at, ends_at in rows.values_list("membership_id", "starts_at", "ends_at"):
        found.setdefault(membership_id, []).append((starts_at, ends_at))
    return found


def who_need_a_talk(membership_ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Of these people who had so many deployments with deaths that a talk comes first."""
    rows = Rest.objects.filter(membership_id__in=membership_ids, has_deaths=True)
    ended: dict[UUID, list[datetime]] = {}
    for membership_id, moment in rows.values_list("membership_id", "starts_at"):
        ended.setdefault(membership_id, []).append(moment)
    return {each for each, moments in ended.items() if needs_talk(moments, at)}


@dataclass(frozen=True)
class CareLine:
    """One contact as its page shows it."""

    contact: CareContact
    is_own: bool
    is_late: bool
    needs_talk: bool

    @property
    def which(self) -> str:
        """Which of the contacts this is."""
        return str(WHICH[self.contact.code])


def contacts_for(actor: Actor, at: datetime) -> QuerySet[CareContact]:
    """The contacts that this actor may see, the one due first first."""
    found = CareContact.objects.filter(visible_to(actor, at))
    return found.select_related("membership__user").order_by("due_at")


def lines_for(actor: Actor, at: datetime) -> list[CareLine]:
    """What is open: one's own contacts, and for who calls and who leads those of colleagues."""
    rows = list(contacts_for(actor, at).filter(done_at__isnull=True))
    talks = who_need_a_talk({row.membership_id for row in rows}, at)
    return [
        CareLine(row, row.membership_id == actor.id, row.due_at <= at, row.membership_id in talks)
        for row in rows
    ]


def care_list(team_id: UUID | None) -> QuerySet[CareColleague]:
    """Who calls colleagues in this team, by name."""
    found = CareColleague.objects.filter(Q(team_id=team_id))
    return found.select_related("membership__user").order_by("membership__user__name")


def colleagues_to_choose(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Who can be put on the care list: members of the leader's own team; for others nobody."""
    if not can_write_list(actor, at):
        return Membership.objects.none()
    people = Membership.objects.current(at).filter(Q(team_id=actor.team_id))
    return people.select_related("user", "organisation", "team").order_by("user__name")


def callers_of(contact: CareContact, at: datetime) -> list[UUID]:
    """Who is told that this contact is due: the care list, or the leader of the team; never the person."""
    if contact.is_for_leader:
        return leaders_of(contact.team_id, at)
    on_list = care_list(contact.team_id).exclude(membership_id=contact.membership_id)
    return list(on_list.values_list("membership_id", flat=True)) or leaders_of(contact.team_id, at)


def leaders_of(team_id: UUID | None, at: datetime) -> list[UUID]:
    """The leaders of this team who work here now."""
    leaders = Membership.objects.current(at).filter(Q(team_id=team_id), role=Role.TEAM_LEADER)
    return list(leaders.order_by("pk").values_list("pk", flat=True))
