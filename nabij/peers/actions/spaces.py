"""Spaces and groups: opened, watched over, and ended with three months' notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership, Organisation, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.contact.danger import plain_words
from nabij.peers import content
from nabij.peers.checks import mark_of
from nabij.peers.models import Group, NameMark, Relation, Space, SpaceKind
from nabij.peers.policies import can_end, can_lead, can_open

NOT_YOURS = "Dit doet de coördinator van de groepen."


@dataclass(frozen=True)
class Opened:
    """A space to open: of which centre or community, at which event, who moderates, whom to phone."""

    kind: SpaceKind
    owner_id: UUID
    thread_id: UUID
    reference: str
    organisation: Organisation
    team: Team | None
    phone: str
    is_exercise: bool


@transaction.atomic
def open_space(opened: Opened, *, by: Actor, at: datetime) -> Space:
    """Room for groups of this centre or community; opened twice it is the same room."""
    if not can_open(by, at):
        raise PermissionDenied(NOT_YOURS)
    space, is_new = Space.objects.get_or_create(
        owner_id=opened.owner_id,
        defaults={
            "kind": opened.kind, "thread_id": opened.thread_id, "reference": opened.reference,
            "organisation": opened.organisation, "team": opened.team, "phone": opened.phone,
            "is_exercise": opened.is_exercise, "opened_at": at,
        },
    )  # fmt: skip
    if is_new:
        trail.record("groups.opened", by=by, at=at, subject=space, thread_id=space.thread_id)
    return space


@transaction.atomic
def open_group(
    space: Space, relation: Relation, contact: Membership, *, by: Actor, at: datetime,
    youth_worker: Membership | None = None,
) -> Group:  # fmt: skip
    """A group for one relation; with a youth worker it is the closed group of the young."""
    if not can_open(by, at) or by.organisation_id not in (None, space.organisation_id):
        raise PermissionDenied(NOT_YOURS)
    group, is_new = Group.objects.get_or_create(
        space=space, relation=relation, is_youth=youth_worker is not None,
        defaults={"contact": contact, "youth_worker": youth_worker, "opened_at": at},
    )  # fmt: skip
    if is_new:
        facts: dict[str, trail.Fact] = {"relation": relation, "youth": group.is_youth}
        trail.record("group.opened", by=by, at=at, subject=group, thread_id=space.thread_id, facts=facts)
    return group


@transaction.atomic
def appoint(group: Group, contact: Membership, *, by: Actor, at: datetime) -> Group:
    """From now on this is the contact person whose name stands in the group."""
    is_of_here = contact.organisation_id == group.space.organisation_id
    if not can_lead(by, group.space, at) or not is_of_here:
        raise PermissionDenied(NOT_YOURS)
    group.contact = contact
    group.save(update_fields=["contact"])
    trail.record("group.contact_appointed", by=by, at=at, subject=group, thread_id=group.space.thread_id)
    return group


@transaction.atomic
def announce_end(space: Space, ends_at: datetime, *, by: Actor, at: datetime) -> Space:
    """Say in every group when it ends: three months ahead at least; said again it may only come later.

    After the end members read for a while what stands there and nobody writes; then all of it is erased.
    """
    held = Space.objects.select_for_update().get(pk=space.pk)
    if not can_end(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    if ends_at < content.earliest_end(at):
        raise ValidationError({"ends_on": _("Kies een dag die minstens drie maanden na vandaag ligt.")})
    if held.ends_at is not None and ends_at < held.ends_at:
        raise ValidationError({"ends_on": _("Eerder stoppen dan u hebt gezegd, kan niet.")})
    held.end_announced_at, held.ends_at, held.went_on_at = at, ends_at, None
    held.erased_at = ends_at + content.days("reading_days")
    held.save(update_fields=["end_announced_at", "ends_at", "erased_at", "went_on_at"])
    trail.record("groups.end_announced", by=by, at=at, subject=held, thread_id=held.thread_id)
    return held


@transaction.atomic
def go_on(space: Space, *, by: Actor, at: datetime) -> Space:
    """The groups do not end, or open again; who is still a member is, and what was erased stays so.

    Members who were told of the end are told of this as well (see `tell_going_on`).
    """
    held = Space.objects.select_for_update().get(pk=space.pk)
    if not can_end(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    if held.ends_at is None:
        return held
    held.end_announced_at = held.ends_at = held.erased_at = None
    held.went_on_at = at
    held.save(update_fields=["end_announced_at", "ends_at", "erased_at", "went_on_at"])
    trail.record("groups.go_on", by=by, at=at, subject=held, thread_id=held.thread_id)
    return held


@transaction.atomic
def enter_names(space: Space, names: Iterable[str], *, by: Actor, at: datetime) -> int:
    """Names by which a post waits, such as a suspect's; only marks are kept. Says how many are new."""
    leader = _leader(space, by, at)
    found = [words for name in names if (words := plain_words(name))]
    fresh = 0
    for words in found:
        made = NameMark.objects.get_or_create(
            space=space, mark=mark_of(space.pk, words),
            defaults={"words": len(words), "entered_at": at, "entered_by": leader},
        )  # fmt: skip
        fresh += made[1]
    trail.record("groups.names_entered", by=by, at=at, subject=space, facts={"count": fresh})
    return fresh


@transaction.atomic
def drop_name(space: Space, name: str, *, by: Actor, at: datetime) -> bool:
    """Write this name down freely again; False when it was not on the list."""
    _leader(space, by, at)
    gone, _rows = NameMark.objects.filter(space=space, mark=mark_of(space.pk, plain_words(name))).delete()
    if gone:
        trail.record("groups.name_dropped", by=by, at=at, subject=space)
    return gone > 0


def _leader(space: Space, by: Actor, at: datetime) -> UUID:
    """Who leads the groups of this space; others may not."""
    if not can_lead(by, space, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    return by.id
