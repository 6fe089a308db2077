"""A colleague asks to see a case; whoever may not know that there is one hears what nobody-found hears."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.access import open_to
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import TaskKind
from nabij.cases.policies import is_named_only
from nabij.cases.queries.searching import hidden_cases
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import seal
from nabij.referrals import content
from nabij.referrals.models import AccessRequest
from nabij.referrals.policies import can_ask_access, can_decide_access
from nabij.vulnerability.queries import levels_of

SOURCE = "access_request"


@transaction.atomic
def ask_access(name: str, phone: str, email: str, reason: str, *, by: Actor, at: datetime) -> int:
    """Ask the leader for every hidden case that fits; how many the asker may know of.

    At level 3 the leader gets a silent task, and the asker reads the same as when nobody was found.
    """
    if by.id is None or not can_ask_access(by):
        raise PermissionDenied("Inzage vraagt u alleen binnen slachtofferhulp.")
    if not reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom u dit dossier nodig hebt."})
    member = Membership.objects.get(Q(pk=by.id))
    cases = list(hidden_cases(name, phone, email, by=by, at=at))
    levels = levels_of([case.person_id for case in cases])
    known = 0
    for case in cases:
        is_silent = is_named_only(levels.get(case.person_id))
        row, is_new = AccessRequest.objects.get_or_create(
            case=case,
            membership=member,
            answered_at=None,
            defaults={
                "reason_sealed": seal(case.person_id, reason),
                "is_silent": is_silent,
                "asked_at": at,
            },
        )
        known += not is_silent
        if is_new:
            add_task(case, TaskKind.ACCESS_REQUEST, working_days_after(at, 1), at=at, about_id=row.pk)
            trail.record("access.asked", by=by, at=at, subject=row, thread_id=case.person_id)
    return known


@transaction.atomic
def decide_access(request: AccessRequest, *, is_granted: bool, by: Actor, at: datetime) -> AccessRequest:
    """The leader lets the colleague in for some days, or not; the colleague is told nothing by a no."""
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("case__team")
    held = rows.get(pk=request.pk)
    if not can_decide_access(by, held, at):
        raise PermissionDenied("Alleen de teamleider van dit dossier beslist dit, één keer.")
    held.answered_at, held.answered_by, held.is_granted = at, by.id, is_granted
    held.save(update_fields=["answered_at", "answered_by", "is_granted"])
    finish_tasks(held.case, TaskKind.ACCESS_REQUEST, by=by, at=at, about_id=held.pk)
    if is_granted:
        until = at + timedelta(days=content.term("access_days"))
        open_to(held.case, held.membership_id, SOURCE, at=at, until=until)
    trail.record(
        "access.decided", by=by, at=at, subject=held, thread_id=held.case.person_id,
        facts={"granted": is_granted},
    )  # fmt: skip
    return held
