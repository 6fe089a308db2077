"""The council comments on a text; an editor answers, or says that it was taken up."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.centres.models import AdviceCentre, Readership, TextVersion
from nabij.councils.models import ALLOWED, CommentState, CouncilComment
from nabij.councils.policies import can_comment, can_settle
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal


@transaction.atomic
def comment_on(
    centre: AdviceCentre, version: TextVersion, body: str, *, by: Actor, at: datetime
) -> CouncilComment:
    """Say something of a text that everybody can read; the editors answer. Source: iac §4."""
    centre = locked_centre(centre.pk)
    is_read = version.text.audience == Readership.OPEN and version.told_at and version.withdrawn_at is None
    if not can_comment(by, centre, at) or version.text.centre_id != centre.pk or not is_read:
        raise PermissionDenied(_("Hier kunt u niet op reageren."))
    if not body.strip():
        raise Refused(_("Schrijf op wat u vindt."))
    comment = CouncilComment(centre=centre, version=version, written_at=at, written_by_id=membership_of(by))
    comment.body_sealed = seal(comment.pk, body.strip())
    comment.save(force_insert=True)
    _tell("council.commented", comment, by=by, at=at)
    return comment


@transaction.atomic
def settle_comment(
    comment: CouncilComment, state: str, answer: str, *, by: Actor, at: datetime
) -> CouncilComment:
    """Answer the council, or say that the text was changed; an answer that was given stays as it was."""
    rows = CouncilComment.objects.select_for_update(of=("self",))
    row = rows.select_related("centre__incident", "version__text").get(pk=comment.pk)
    if not can_settle(by, row, at):
        raise PermissionDenied(_("Op deze opmerking kunt u niet (meer) antwoorden."))
    if state not in ALLOWED[row.state]:
        raise Refused(_("Een ander gaf intussen antwoord. Bekijk dat eerst."))
    if state == CommentState.ANSWERED and not answer.strip():
        raise Refused(_("Schrijf een antwoord."))
    if answer.strip() and row.state == CommentState.OPEN:
        row.answer_sealed = seal(row.pk, answer.strip())
    row.state, row.settled_at, row.settled_by_id = state, at, membership_of(by)
    row.save(update_fields=["state", "answer_sealed", "settled_at", "settled_by"])
    _tell("council.settled", row, by=by, at=at)
    return row


def _tell(verb: str, comment: CouncilComment, *, by: Actor, at: datetime) -> None:
    version = comment.version
    facts: dict[str, trail.Fact] = {
        "section": version.text.section, "language": version.text.language, "version": version.number,
        "state": comment.state,
    }  # fmt: skip
    trail.record(verb, by=by, at=at, subject=comment, thread_id=comment.centre.incident_id, facts=facts)
