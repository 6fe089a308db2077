"""Who helps: assigned, replaced, moved with a whole caseload, or out because they know somebody."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases.actions.access import settle_access
from nabij.cases.actions.opening import offer_case_manager
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, CaseHelper, CaseState, CaseTie, Part, TaskKind
from nabij.cases.policies import can_help, can_lead
from nabij.cases.queries.staffing import candidates_for
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import seal

NOT_LEADING = "Alleen de teamleider wijst iemand toe."
FINISHES = {Part.MAIN: TaskKind.ASSIGN, Part.CASE_MANAGER: TaskKind.CASE_MANAGER}


@transaction.atomic
def assign(case: Case, membership: Membership, part: Part, *, by: Actor, at: datetime) -> CaseHelper:
    """Give somebody a part in this case; who had it is out at this moment.

    ValidationError when they may not: not certified that day, full, tied to somebody, of another team.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("person", "team").get(pk=case.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied(NOT_LEADING)
    if not held.is_open:
        raise ValidationError("Dit dossier is afgesloten. Heropen het eerst.")
    found = [each for each in candidates_for(held, part, at) if each.membership.pk == membership.pk]
    if not found:
        raise ValidationError("Deze collega hoort niet bij dit team of heeft deze rol niet.")
    if found[0].objection:
        raise ValidationError(f"{membership.user.name} kan dit niet doen: {found[0].objection}.")
    return _put(held, membership, part, by=by, at=at)


def _put(case: Case, membership: Membership, part: Part, *, by: Actor, at: datetime) -> CaseHelper:
    case.helpers.filter(part=part, ends_at__isnull=True).update(ends_at=at)
    helper = CaseHelper.objects.create(case=case, membership=membership, part=part, starts_at=at)
    if part == Part.MAIN:
        case.helper = membership
        case.save(update_fields=["helper"])
    settle_access(case, at=at)
    if part in FINISHES:
        finish_tasks(case, FINISHES[part], by=by, at=at)
    facts: dict[str, trail.Fact] = {"part": part.value}
    trail.record("case.assigned", by=by, at=at, subject=case, thread_id=case.person_id, facts=facts)
    return helper


@transaction.atomic
def move_caseload(leaver: Membership, successor: Membership, *, by: Actor, at: datetime) -> int:
    """Give every part that somebody has to a colleague, such as when they leave; how many parts moved.

    What the successor may not do, is left to the leader as a task, and the leaver is out of it all the same.
    """
    rows = CaseHelper.objects.select_related("case__person", "case__team").filter(
        membership=leaver, ends_at__isnull=True
    )
    moved = 0
    for row in rows.order_by("starts_at", "id"):
        if not can_lead(by, row.case, at):
            raise PermissionDenied(NOT_LEADING)
        may = [
            each
            for each in candidates_for(row.case, Part(row.part), at)
            if each.membership.pk == successor.pk and not each.objection
        ]
        if may:
            _put(row.case, successor, Part(row.part), by=by, at=at)
            moved += 1
        else:
            _leave(row, at)
    return moved


def _leave(row: CaseHelper, at: datetime) -> None:
    """End somebody's part; an open case without a helper is the leader's to arrange."""
    row.ends_at = at
    row.save(update_fields=["ends_at"])
    case = row.case
    if row.part == Part.MAIN:
        case.helper = None
        case.save(update_fields=["helper"])
        if case.is_open:
            add_task(case, TaskKind.ASSIGN, working_days_after(at, 1), at=at)
    settle_access(case, at=at)


@transaction.atomic
def tell_tie(case: Case, *, by: Actor, at: datetime) -> None:
    """ "I know somebody in this case": the helper is out at once, and is not asked for it again."""
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    if by.id is None or not can_help(by, held, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    CaseTie.objects.get_or_create(case=held, membership_id=by.id, defaults={"told_at": at})
    for row in held.helpers.filter(membership_id=by.id, ends_at__isnull=True).select_related("case__team"):
        _leave(row, at)
    trail.record("case.tie", by=by, at=at, subject=held, thread_id=held.person_id)


@transaction.atomic
def reclassify(case: Case, topic: str, *, is_severe: bool, by: Actor, at: datetime) -> Case:
    """The event turns out to be another kind, or (not) severe: the rule for a case manager is asked again."""
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    if not can_help(by, held, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    held.topic, held.is_severe = topic, is_severe
    held.save(update_fields=["topic", "is_severe"])
    offer_case_manager(held, at=at)
    facts: dict[str, trail.Fact] = {"topic": topic}
    trail.record("case.reclassified", by=by, at=at, subject=held, thread_id=held.person_id, facts=facts)
    return held


@transaction.atomic
def follow_event(incident_id: UUID, *, by: Actor, at: datetime) -> int:
    """The event turns out to be of another kind: its open cases follow; gives how many.

    A case that a helper gave a kind of its own keeps it: that helper knows this person's story.
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related("team")
    found = rows.filter(~Q(state=CaseState.CLOSED), ~Q(topic=F("incident__topic")), incident_id=incident_id)
    by_hand = TrailEntry.objects.filter(
        verb="case.reclassified", actor_kind=ActorKind.MEMBERSHIP, subject_id=OuterRef("pk")
    )
    moved = list(found.annotate(now=F("incident__topic")).filter(~Exists(by_hand)))
    for case in moved:
        case.topic = vars(case)["now"]
        case.save(update_fields=["topic"])
        offer_case_manager(case, at=at)
        facts: dict[str, trail.Fact] = {"topic": case.topic}
        trail.record("case.reclassified", by=by, at=at, subject=case, thread_id=case.person_id, facts=facts)
    return len(moved)


@transaction.atomic
def override_case_manager(case: Case, reason: str, *, gets_one: bool, by: Actor, at: datetime) -> Case:
    """The team leader decides otherwise than the rule, with a reason."""
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Alleen de teamleider wijkt hiervan af.")
    if not reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom."})
    held.has_case_manager, held.override_reason_sealed = gets_one, seal(held.person_id, reason)
    held.save(update_fields=["has_case_manager", "override_reason_sealed"])
    if gets_one:
        offer_case_manager(held, at=at)
    else:
        finish_tasks(held, TaskKind.CASE_MANAGER, by=by, at=at)
    trail.record("case.case_manager_decided", by=by, at=at, subject=held, thread_id=held.person_id)
    return held
