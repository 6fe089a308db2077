"""Who sits on the council of which centre, who comments, and who answers."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.centres.policies import can_edit
from nabij.councils.content import number
from nabij.councils.models import ALLOWED, CouncilComment
from nabij.kit.clock import local
from nabij.openings.models import BoardSeat
from nabij.openings.policies import seated

SEAT = "council"


def sits_on_councils(actor: Actor) -> bool:
    """Whose role is to comment; at which centres, the seat says."""
    return actor.may(Permission.COMMENT_CENTRE)


def council_visible_to(actor: Actor, at: datetime) -> Q:
    """The centres on whose council one sits now, as far as their page was ever live: nothing else of them."""
    if not sits_on_councils(actor):
        return Q(pk__in=[])
    mine = BoardSeat.objects.filter(seated(at), seat=SEAT, membership_id=actor.id or UUID(int=0))
    return Q(pk__in=mine.values("centre_id"), status__in=[CentreStatus.LIVE, CentreStatus.OFFLINE])


def first_day(centre: AdviceCentre) -> date:
    """From which day the council reads along. Source: iac §4."""
    began = local(centre.commission.commissioned_at).date()
    return began + timedelta(days=number("first_day"))


def can_comment(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """A member of this council, from the first day until the centre is archived."""
    has_begun = centre.archived_at is None and first_day(centre) <= local(at).date()
    return has_begun and AdviceCentre.objects.filter(council_visible_to(actor, at), pk=centre.pk).exists()


def reads_comments(actor: Actor) -> bool:
    """Who writes or approves texts; of which centres, the list says."""
    return actor.may(Permission.EDIT_CENTRE) or actor.may(Permission.APPROVE_CENTRE)


def can_settle(actor: Actor, comment: CouncilComment, at: datetime) -> bool:
    """Answer, or say that it was taken up: an editor of this centre, while there is something left to say."""
    return bool(ALLOWED[comment.state]) and can_edit(actor, comment.centre, at)
