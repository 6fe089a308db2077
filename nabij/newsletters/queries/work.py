"""What waits at the centres for who writes and approves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre, CentreStatus, TextVersion
from nabij.centres.queries import centres_for


@dataclass(frozen=True)
class CentreWork:
    """A centre on somebody's desk: how many texts wait for a second pair of eyes, and for theirs."""

    centre: AdviceCentre
    waiting: int
    for_me: int


def work_at_centres(actor: Actor, at: datetime, most: int = 10) -> list[CentreWork]:
    """The centres that are being made or are live, and the texts that wait there; always two queries."""
    running = centres_for(actor, at).exclude(status=CentreStatus.OFFLINE)
    centres = list(running.select_related("commission__entered_by")[:most])
    continued = TextVersion.objects.filter(text=OuterRef("text"), based_on=OuterRef("number"))
    rows = TextVersion.objects.filter(
        ~Exists(continued), text__centre__in=centres, approved_at=None, withdrawn_at=None
    ).values_list("text__centre_id", "author_id")
    writers: dict[UUID, list[UUID | None]] = {}
    for centre_id, author_id in rows:
        writers.setdefault(centre_id, []).append(author_id)
    return [_work(centre, writers.get(centre.pk, []), actor) for centre in centres]


def _work(centre: AdviceCentre, writers: list[UUID | None], actor: Actor) -> CentreWork:
    """Four eyes: what somebody wrote, or what holds the words of their own commission, waits for another."""
    by_template = centre.commission.entered_by.user_id
    for_me = sum((writer or by_template) != actor.user_id for writer in writers)
    return CentreWork(centre, len(writers), for_me if actor.may(Permission.APPROVE_CENTRE) else 0)
