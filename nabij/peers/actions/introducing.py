"""Two members meet when both choose it: nobody is named before, and a no is never told."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.peers import content
from nabij.peers.models import (
    Age,
    GroupMember,
    Introduction,
    IntroductionState,
    Invitation,
    Post,
    PostState,
    Talk,
)
from nabij.peers.policies import is_in
from nabij.peers.queries.introductions import candidates_for

NOT_HERE = "Dit bestaat niet voor u."


@transaction.atomic
def be_open_to_meeting(
    member: GroupMember, is_open: bool, subjects: Iterable[str], *, by: Actor, at: datetime
) -> GroupMember:
    """Say whether one may be asked to meet somebody, and about what; who is looking may find them now."""
    held = _adult(member, by, at)
    chosen = _known(subjects)
    if is_open and not chosen:
        raise ValidationError({"subjects": _("Kies waarover u wilt praten.")})
    held.is_open_to_meeting, held.meets_about = is_open, chosen
    held.save(update_fields=["is_open_to_meeting", "meets_about"])
    trail.record("introduction.open_to", by=by, at=at, subject=held, facts={"open": is_open})
    if is_open:
        _look_for_all(held, at)
    return held


@transaction.atomic
def ask_introduction(
    member: GroupMember, subjects: Iterable[str], *, by: Actor, at: datetime
) -> Introduction:
    """Ask to meet one other of the own group who wants the same; asking is the first yes."""
    held = _adult(member, by, at)
    chosen = _known(subjects)
    if not chosen:
        raise ValidationError({"subjects": _("Kies waarover u wilt praten.")})
    if Introduction.objects.filter(asker=held, state=IntroductionState.LOOKING).exists():
        raise ValidationError(_("Wij zoeken al iemand voor u."))
    row = Introduction.objects.create(asker=held, subjects=chosen, asked_at=at)
    trail.record("introduction.asked", by=by, at=at, subject=row)
    _look_for(row, at)
    return row


@transaction.atomic
def answer_invitation(
    invitation: Invitation, is_yes: bool, *, by: Actor, at: datetime
) -> Introduction | None:
    """Yes: both aliases and a talk of two. No: the next one is asked, and nobody hears of it."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "introduction__asker__group", "member__space"
    )
    row = rows.get(pk=invitation.pk)
    if not is_in(by, row.member, at):
        raise PermissionDenied(NOT_HERE)
    if row.answered_at is not None:
        return None
    row.answered_at, row.is_yes = at, is_yes
    row.save(update_fields=["answered_at", "is_yes"])
    trail.record("introduction.answered", by=by, at=at, subject=row)  # what was said stays between them
    found = Introduction.objects.select_for_update(of=("self",)).get(pk=row.introduction_id)
    if found.state != IntroductionState.LOOKING:
        return None
    if not is_yes:
        _look_for(found, at)
        return None
    found.state, found.other, found.together_at = IntroductionState.TOGETHER, row.member, at
    found.save(update_fields=["state", "other", "together_at"])
    Talk.objects.create(group=row.member.group, introduction=found, subject=found.subjects[0], started_at=at)
    trail.record("introduction.together", by=by, at=at, subject=found)
    return found


@transaction.atomic
def end_introduction(introduction: Introduction, member: GroupMember, *, by: Actor, at: datetime) -> None:
    """Either of the two stops, at any time and without a reason; what was said goes."""
    row = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
    if not is_in(by, member, at) or member.pk not in (row.asker_id, row.other_id):
        raise PermissionDenied(NOT_HERE)
    if row.state == IntroductionState.ENDED:
        return
    row.state, row.ended_at = IntroductionState.ENDED, at
    row.save(update_fields=["state", "ended_at"])
    row.invitations.filter(answered_at__isnull=True).delete()
    said = Post.objects.filter(talk__introduction=row, holds__isnull=True, reports__isnull=True)
    said.filter(state=PostState.SHOWN).update(state=PostState.WITHDRAWN, body_sealed=b"")
    trail.record("introduction.ended", by=by, at=at, subject=row)


@transaction.atomic
def pass_silent_invitations(*, by: Actor, at: datetime) -> int:
    """Who said nothing for so many days said no; the next one is asked."""
    old = Invitation.objects.select_for_update(of=("self",), skip_locked=True).filter(
        answered_at__isnull=True, asked_at__lte=at - content.days("invitation_days")
    )
    rows = list(old.select_related("introduction__asker"))
    for row in rows:
        row.answered_at, row.is_yes = at, False
        row.save(update_fields=["answered_at", "is_yes"])
        trail.record("introduction.answered", by=by, at=at, subject=row)
        if row.introduction.state == IntroductionState.LOOKING:
            _look_for(row.introduction, at)
    return len(rows)


def _look_for(row: Introduction, at: datetime) -> Invitation | None:
    """Ask the next one who fits, when there is one and nobody is asked now."""
    if row.invitations.filter(answered_at__isnull=True).exists():
        return None
    found = candidates_for(row).first()
    if found is None:
        return None
    return Invitation.objects.create(introduction=row, member=found, asked_at=at)


def _look_for_all(member: GroupMember, at: datetime) -> None:
    """Those of the same group who are still looking, who asked first comes first."""
    looking = Introduction.objects.filter(
        asker__group_id=member.group_id, state=IntroductionState.LOOKING, subjects__overlap=member.meets_about
    )
    for row in looking.select_related("asker").order_by("asked_at", "pk"):
        _look_for(row, at)


def _known(subjects: Iterable[str]) -> list[str]:
    """Those of the codes that are subjects, in the order of the list."""
    wanted = set(subjects)
    return [code for code, _words in content.choices("subject") if code in wanted]


def _adult(member: GroupMember, by: Actor, at: datetime) -> GroupMember:
    """The member's own row, held; one-to-one contact is for adults only."""
    rows = GroupMember.objects.select_for_update(of=("self",)).select_related("space")
    held = rows.get(pk=member.pk)
    if not is_in(by, held, at) or held.age != Age.ADULT:
        raise PermissionDenied(NOT_HERE)
    return held
