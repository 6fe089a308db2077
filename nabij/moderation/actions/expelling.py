"""Putting somebody out of the groups: one moderator asks, another decides; the app above ends the entry."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.moderation.models import Expulsion
from nabij.moderation.queries import memberships_of_person
from nabij.notify.sending import Rule, send
from nabij.peers import content
from nabij.peers.actions.leaving import let_go
from nabij.peers.models import GroupMember, Leaving, Space
from nabij.peers.outside import outside_of
from nabij.peers.policies import can_moderate

NOT_YOURS = "U leest geen berichten in deze groep."
UNTIL_DECIDED = timedelta(days=7)
LEADERS = [role for role, may in PERMISSIONS.items() if Permission.LEAD_GROUPS in may]


@transaction.atomic
def ask_expulsion(member: GroupMember, reason: str, *, by: Actor, at: datetime) -> Expulsion:
    """Ask a colleague to put somebody out; until then everything they write is read first.

    Who goes meanwhile may go, and comes back only once it is decided that they may stay.
    """
    held = _held(member)
    if not can_moderate(by, held.space, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    if reason not in dict(content.choices("expel_reason")):
        raise ValidationError({"reason": _("Kies waarom.")})
    found = Expulsion.objects.filter(member=held, decided_at__isnull=True).first()
    if found is not None or held.left_at is not None:
        raise ValidationError(_("Dit is al gevraagd."))
    row = Expulsion.objects.create(member=held, reason=reason, asked_at=at, asked_by=by.id)
    held.silenced_until = max(held.silenced_until or at, at + UNTIL_DECIDED)
    held.is_under_review = True
    held.save(update_fields=["silenced_until", "is_under_review"])
    _record("group_member.expulsion_asked", row, by, at)
    return row


@transaction.atomic
def decide_expulsion(expulsion: Expulsion, is_confirmed: bool, *, by: Actor, at: datetime) -> Expulsion:
    """A second moderator says yes or no: on yes the member is out, with everything they wrote.

    The app above hears it in the same transaction, and the leaders of the groups get a message. Who went
    meanwhile does not come back after a yes; after a no they may, and nothing tells any more who it was.
    """
    row = (
        Expulsion.objects.select_for_update(of=("self",)).select_related("member__space").get(pk=expulsion.pk)
    )
    member = _held(row.member)
    if not can_moderate(by, member.space, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    if row.decided_at is not None:
        raise ValidationError(_("Een collega heeft hier al over beslist."))
    if row.asked_by in memberships_of_person(by):
        raise ValidationError(_("U vroeg dit zelf. Een collega beslist."))
    row.decided_at, row.decided_by, row.is_confirmed = at, by.id, is_confirmed
    row.save(update_fields=["decided_at", "decided_by", "is_confirmed"])
    _record("group_member.expelled" if is_confirmed else "group_member.stays", row, by, at)
    if is_confirmed:
        _put_out(member, by, at)
    else:
        _let_stay(member)
    return row


def _let_stay(member: GroupMember) -> None:
    member.is_under_review, member.silenced_until = False, None
    if member.left_at is not None:
        member.member_id = None
    member.save(update_fields=["is_under_review", "silenced_until", "member_id"])


def _put_out(member: GroupMember, by: Actor, at: datetime) -> None:
    space, member_id = member.space, member.member_id
    if member_id is None:
        return  # the groups ended meanwhile: nobody is known here
    outside = outside_of(space)
    if member.left_at is None:
        let_go(member, Leaving.EXPELLED, by=by, at=at)
    else:
        member.leaving, member.is_under_review = Leaving.EXPELLED, False
        member.save(update_fields=["leaving", "is_under_review"])
    if outside is not None:
        outside.expelled(space.owner_id, member_id, at)
    link = f"{settings.ENV.base_url}{reverse('moderation:expulsions', args=[space.pk])}"
    for leader in _leaders(space, at):
        send(
            "group_expulsion", to=leader, rule=Rule.STAFF_DUTY, exercise=space.is_exercise, at=at,
            about_id=space.thread_id, values={"reference": space.reference, "link": link},
        )  # fmt: skip


def _leaders(space: Space, at: datetime) -> list[UUID]:
    rows = Membership.objects.current(at).filter(organisation_id=space.organisation_id, role__in=LEADERS)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _held(member: GroupMember) -> GroupMember:
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("space")
    return rows.get(pk=member.pk)


def _record(verb: str, row: Expulsion, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"reason": row.reason}
    trail.record(verb, by=by, at=at, subject=row, thread_id=row.member.space.thread_id, facts=facts)
