"""Who works at centres, reads the telephone script and the news by e-mail, sends it, and stops it."""

from datetime import datetime

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import can_edit, can_publish
from nabij.newsletters.models import NewsMail


def reads_script(actor: Actor) -> bool:
    """Who answers the phone for a centre, and who works with its texts; which centres, the list says."""
    return actor.may(Permission.SEE_REGISTRATIONS) or actor.may(Permission.PREVIEW_CENTRE)


def works_at_centres(actor: Actor) -> bool:
    """Who writes or approves texts has the centres on the desk; which ones, `visible_to` says."""
    return actor.may(Permission.EDIT_CENTRE) or actor.may(Permission.APPROVE_CENTRE)


def reads_news(actor: Actor) -> bool:
    """Who writes or approves sees how the mails went, as numbers; which centres, the list says."""
    return actor.may(Permission.EDIT_CENTRE) or actor.may(Permission.APPROVE_CENTRE)


def can_send_news(actor: Actor) -> bool:
    """Nabij itself, in answer to what was published: nobody chooses who gets it."""
    return actor.kind == ActorKind.SYSTEM


def can_try_again(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Whoever writes here may have what failed tried once more."""
    return can_edit(actor, centre, at)


def can_stop_news(actor: Actor, mail: NewsMail) -> bool:
    """Whoever holds the link that stood in this very mail."""
    return actor.kind == ActorKind.LINK and actor.id == mail.pk


def can_start_sis(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """The chief editor, until it is archived; taking the number away is always possible."""
    return centre.archived_at is None and can_publish(actor, centre, at)


def can_decide_place(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Where a centre is, is for its chief editor, until it is archived."""
    return centre.archived_at is None and can_publish(actor, centre, at)
