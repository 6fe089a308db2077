"""The partner's side: the code opens the link, and every referral gets an answer and an end."""

import hmac
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.models import TaskKind
from nabij.consents.actions import end_share
from nabij.consents.models import ShareEnd
from nabij.referrals import content
from nabij.referrals.marks import code_mark
from nabij.referrals.models import Referral, ReferralState
from nabij.referrals.policies import can_answer


@transaction.atomic
def open_referral(referral: Referral, code: str, *, by: Actor, at: datetime) -> bool:
    """Whether this code opens the link now; every wrong code counts, and after some the link stays closed."""
    held = Referral.objects.select_for_update(of=("self",)).select_related("share").get(pk=referral.pk)
    if held.expires_at <= at or held.tries >= content.term("tries") or not held.share.is_live:
        return False
    if not hmac.compare_digest(bytes(held.code_index), code_mark(held.pk, code)):
        held.tries += 1
        held.save(update_fields=["tries"])
        return False
    trail.record("referral.opened", by=by, at=at, subject=held)
    return True


@transaction.atomic
def answer_referral(
    referral: Referral, new: ReferralState, outcome: str, *, by: Actor, at: datetime
) -> Referral:
    """The partner accepts, refuses with a reason, or says how it ended; refused and done end the sharing.

    ValidationError without a reason or outcome from the list.
    """
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case", "share")
    held = rows.get(pk=referral.pk)
    if not can_answer(by, held, new) or not held.share.is_live:
        raise PermissionDenied("Dit kan niet meer.")
    known = {
        ReferralState.ACCEPTED: {"": ""},
        ReferralState.REFUSED: dict(content.refusals()),
        ReferralState.DONE: dict(content.outcomes()),
    }
    if outcome not in known.get(new, {}):
        raise ValidationError("Kies een antwoord uit de lijst.")
    held.state, held.outcome, held.answered_at = new, outcome, held.answered_at or at
    if new != ReferralState.ACCEPTED:
        held.ended_at = at
        end_share(held.share, ShareEnd.DONE, by=by, at=at)
    held.save(update_fields=["state", "outcome", "answered_at", "ended_at"])
    finish_tasks(held.case, TaskKind.UNANSWERED, by=by, at=at, about_id=held.pk)
    facts: dict[str, trail.Fact] = {"state": new.value}
    trail.record("referral.answered", by=by, at=at, subject=held, thread_id=held.case.person_id, facts=facts)
    return held
