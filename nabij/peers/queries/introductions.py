"""Who fits whom: never searched by a member, and never shown before both said yes."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from nabij.peers.models import Age, GroupMember, Introduction, IntroductionState, Invitation, Mute


def candidates_for(introduction: Introduction) -> QuerySet[GroupMember]:
    """Adults of the same group who may be asked about one of these subjects, who was asked least first.

    Not who was asked for this before, who muted or is muted by the asker, who is asked now, or who met them.
    """
    asker = introduction.asker
    asked = introduction.invitations.values("member_id")
    busy = Invitation.objects.filter(answered_at__isnull=True).values("member_id")
    known = Introduction.objects.filter(Q(asker=asker) | Q(other=asker), other__isnull=False)
    met = {each for pair in known.values_list("asker_id", "other_id") for each in pair}
    muted = Mute.objects.filter(member=asker).values("muted_id")
    muting = Mute.objects.filter(muted=asker).values("member_id")
    return (
        GroupMember.objects.filter(
            group_id=asker.group_id, left_at__isnull=True, age=Age.ADULT, is_open_to_meeting=True,
            meets_about__overlap=introduction.subjects,
        )
        .exclude(pk__in=[asker.pk, *met])
        .exclude(Q(pk__in=asked) | Q(pk__in=busy) | Q(pk__in=muted) | Q(pk__in=muting))
        .annotate(times=Count("invitations"))
        .order_by("times", "entered_at", "pk")
    )  # fmt: skip


def invitation_of(member: GroupMember) -> Invitation | None:
    """The question that waits for this member's answer."""
    waiting = Invitation.objects.filter(
        member=member, answered_at__isnull=True, introduction__state=IntroductionState.LOOKING
    )
    return waiting.select_related("introduction").first()


def search_of(member: GroupMember) -> Introduction | None:
    """The search of this member that goes on; it tells nothing of who was asked."""
    return member.introductions.filter(state=IntroductionState.LOOKING).first()


def contacts_of(member: GroupMember) -> list[Introduction]:
    """With whom this member has one-to-one contact, the newest first."""
    mine = Introduction.objects.filter(Q(asker=member) | Q(other=member), state=IntroductionState.TOGETHER)
    return list(mine.select_related("talk", "asker", "other").order_by(F("together_at").desc(), "pk"))


def contact_of(member: GroupMember, pk: UUID, at: datetime) -> Introduction | None:
    """One contact or search of this member."""
    mine = Introduction.objects.filter(Q(asker=member) | Q(other=member), pk=pk)
    return mine.exclude(state=IntroductionState.ENDED).first()


def invitation_for(member: GroupMember, pk: UUID) -> Invitation | None:
    """One question to this member."""
    return Invitation.objects.filter(member=member, pk=pk).first()
