"""Who watches over the groups when, and what a moderator does not want to read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.moderation.models import ModeratorShift, SubjectOptOut
from nabij.moderation.queries import moderators_of
from nabij.peers import content
from nabij.peers.models import Space
from nabij.peers.policies import can_lead, can_moderate


@transaction.atomic
def enter_shift(
    space: Space, membership: Membership, starts_at: datetime, ends_at: datetime, *, by: Actor, at: datetime
) -> ModeratorShift:
    """Somebody watches over the groups from then till then."""
    leader = _leader(space, by, at)
    if not moderators_of(space, at).filter(pk=membership.pk).exists():
        raise PermissionDenied("Over deze groepen waakt alleen wie daar moderator is.")
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("Het einde ligt voor het begin. Kies een later moment.")})
    shift = ModeratorShift.objects.create(
        space=space, membership=membership, starts_at=starts_at, ends_at=ends_at, entered_by=leader
    )
    trail.record("groups.shift_entered", by=by, at=at, subject=shift, thread_id=space.thread_id)
    return shift


@transaction.atomic
def drop_shift(shift: ModeratorShift, *, by: Actor, at: datetime) -> None:
    """This shift does not go on."""
    _leader(shift.space, by, at)
    trail.record("groups.shift_dropped", by=by, at=at, subject=shift, thread_id=shift.space.thread_id)
    shift.delete()


@transaction.atomic
def skip_subjects(space: Space, subjects: Iterable[str], *, by: Actor, at: datetime) -> None:
    """From now on a moderator does not read about these subjects, and about every other one again."""
    if not can_moderate(by, space, at) or by.id is None:
        raise PermissionDenied("U leest geen berichten in groepen.")
    wanted = {code for code, _words in content.skippable()} & set(subjects)
    SubjectOptOut.objects.filter(membership_id=by.id).exclude(subject__in=wanted).delete()
    SubjectOptOut.objects.bulk_create(
        [SubjectOptOut(membership_id=by.id, subject=each) for each in sorted(wanted)], ignore_conflicts=True
    )
    trail.record("groups.subjects_skipped", by=by, at=at, subject=space, facts={"count": len(wanted)})


def _leader(space: Space, by: Actor, at: datetime) -> UUID:
    """Who leads the groups of this space; others may not."""
    if not can_lead(by, space, at) or by.id is None:
        raise PermissionDenied("Dit doet de coördinator van de groepen.")
    return by.id
