"""Care after a deployment: planned, told, done."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.care.models import CareColleague, CareContact, Rest
from nabij.care.policies import can_mark, can_write_list
from nabij.care.queries import callers_of, leaders_of
from nabij.care.rules import contacts_after, rest_after
from nabij.notify.sending import Rule, send


@transaction.atomic
def plan_care(
    membership: Membership, *, source_id: UUID, ended_at: datetime, went_there: bool, has_deaths: bool,
    is_heavy: bool, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Rest after a deployment, and contacts after a heavy one; planned again it stays, and may become heavy.

    Nabij itself plans; who was deployed and how heavy it was is known by the app above.
    """
    rest, _is_new = Rest.objects.get_or_create(
        source_id=source_id,
        defaults={
            "membership": membership, "starts_at": ended_at, "has_deaths": has_deaths,
            "ends_at": rest_after(ended_at) if went_there else ended_at,
        },
    )  # fmt: skip
    if has_deaths and not rest.has_deaths:
        Rest.objects.filter(pk=rest.pk).update(has_deaths=True)
    if not is_heavy or CareContact.objects.filter(source_id=source_id).exists():
        return
    CareContact.objects.bulk_create(
        CareContact(
            membership=membership, team_id=membership.team_id, source_id=source_id, code=each.code,
            is_for_leader=each.by == "team_leader", from_at=each.from_at, due_at=each.due_at,
        )
        for each in contacts_after(ended_at)
    )  # fmt: skip
    trail.record("care.planned", by=by, at=at, subject=membership)


def tell_callers(*, by: Actor, at: datetime) -> int:
    """Tell who calls that a contact may be made, and the leader when it is late; says how many contacts."""
    waiting = CareContact.objects.filter(done_at__isnull=True)
    begun = Q(told_at__isnull=True, from_at__lte=at) | Q(escalated_at__isnull=True, due_at__lte=at)
    return sum(_tell(contact, by, at) for contact in waiting.filter(begun).order_by("due_at", "pk"))


@transaction.atomic
def _tell(contact: CareContact, by: Actor, at: datetime) -> bool:
    held = CareContact.objects.select_for_update().get(pk=contact.pk)
    is_late = held.due_at <= at and held.escalated_at is None
    if held.done_at is not None or not (is_late or held.told_at is None):
        return False
    people = leaders_of(held.team_id, at) if is_late else callers_of(held, at)
    link = f"{settings.ENV.base_url}{reverse('care:care')}"
    for membership_id in people:
        send(
            "care_late" if is_late else "care_due", to=membership_id, rule=Rule.STAFF_DUTY, exercise=False,
            at=at, values={"link": link},
        )  # fmt: skip
    held.told_at = held.told_at or at
    held.escalated_at = at if is_late else None
    held.save(update_fields=["told_at", "escalated_at"])
    return True


@transaction.atomic
def mark_done(contact: CareContact, wants_follow_up: bool, *, by: Actor, at: datetime) -> CareContact:
    """Somebody spoke with a colleague: that it was done and whether there is a follow-up, nothing else."""
    held = CareContact.objects.select_for_update().get(pk=contact.pk)
    if not can_mark(by, held, at) or by.id is None:
        raise PermissionDenied("Dit contact kunt u niet afvinken.")
    if held.done_at is None:
        held.done_at, held.done_by, held.wants_follow_up = at, by.id, wants_follow_up
        held.save(update_fields=["done_at", "done_by", "wants_follow_up"])
        trail.record("care.done", by=by, at=at, subject=held)
    return held


@transaction.atomic
def write_care_list(members: list[Membership], *, by: Actor, at: datetime) -> None:
    """Put these members of the leader's own team on the care list, in place of who stood there."""
    if not can_write_list(by, at) or by.id is None or by.team_id is None:
        raise PermissionDenied("Deze lijst kunt u niet wijzigen.")
    CareColleague.objects.filter(Q(team_id=by.team_id)).delete()
    CareColleague.objects.bulk_create(
        CareColleague(team_id=by.team_id, membership=each, added_at=at, added_by=by.id)
        for each in members
        if each.team_id == by.team_id
    )
