"""Two cases of one person: found at a merge, decided by a leader, and as before when the merge is undone."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.reaching import renew_keys
from nabij.cases.actions.tasks import add_task, finish_tasks, settle
from nabij.cases.endings import objections
from nabij.cases.models import Case, Task, TaskKind
from nabij.contact.working_days import working_days_after
from nabij.double_cases.content import decide_within
from nabij.double_cases.models import Decision, DoubleCase
from nabij.double_cases.policies import can_decide, can_end
from nabij.double_cases.queries import cases_to_ask, has_case, open_case_of, running
from nabij.double_cases.strict import permitted, strictest
from nabij.notify.models import ContactRule
from nabij.people.models import Registration
from nabij.support.actions.closing import end_case
from nabij.support.models import CloseReason, Closing

NOT_YOURS = "Hierover besluit de teamleider."
Told = dict[str, Any]


@transaction.atomic
def note_double(folded: Registration, kept: Registration, *, by: Actor, at: datetime) -> Told:
    """Two registrations became one: the strictest rule counts in both cases, and their leader is asked.

    Nothing moves: words, helpers and grants stay with the case in which they are. Tells how it was.
    """
    told: Told = {"rules": [], "row": ""}
    if has_case(folded.person_id):
        told["rules"] = _tighten(folded.person_id, kept.person_id, by=by, at=at)
    renew_keys(kept.person_id, ["phone", "email"], by=by, at=at)
    second, first = open_case_of(folded), open_case_of(kept)
    if first is None or second is None:
        return told
    row = DoubleCase.objects.create(stays=first, folded=second, found_at=at)
    for case in cases_to_ask(row):
        add_task(case, TaskKind.DOUBLE, working_days_after(at, decide_within()), at=at, about_id=row.pk)
    trail.record("double_case.found", by=by, at=at, subject=row)
    told["row"] = str(row.pk)
    return told


@transaction.atomic
def undo_double(told: Told, folded: Registration, kept: Registration, *, by: Actor, at: datetime) -> None:
    """Two persons again: nobody decides, a case that was ended for the other goes on, rules as before."""
    row = DoubleCase.objects.select_for_update().filter(pk__in=[told["row"]] if told["row"] else []).first()
    if row is not None:
        row.undone_at = at
        row.save(update_fields=["undone_at"])
        _drop_questions(row, at)
        if row.ended_id is not None:
            _go_on(row, by=by, at=at)
        trail.record("double_case.undone", by=by, at=at, subject=row)
    for each in told["rules"]:
        _put_back(each, by=by, at=at)
    renew_keys(kept.person_id, ["phone", "email"], by=by, at=at)


def _drop_questions(row: DoubleCase, at: datetime) -> None:
    asked = Task.objects.to_do().filter(kind=TaskKind.DOUBLE, about_id=row.pk)
    cases = list(Case.objects.filter(pk__in=asked.values("case_id")))
    asked.update(dropped_at=at)
    for case in cases:
        settle(case)


def _go_on(row: DoubleCase, *, by: Actor, at: datetime) -> None:
    """The ended case as it was before, when nobody opened it since; its tasks lapsed, so somebody calls."""
    case = Case.objects.select_for_update(of=("self",)).get(Q(pk=row.ended_id))
    if case.is_open:
        return
    case.state = row.state_before
    case.save(update_fields=["state"])
    Closing.objects.filter(case=case, reopened_at__isnull=True).update(reopened_at=at, reopened_by=by.id)
    kind = TaskKind.CALL_BACK if case.helper_id else TaskKind.ASSIGN
    add_task(case, kind, working_days_after(at, 1), at=at)
    trail.record("case.reopened", by=by, at=at, subject=case, thread_id=case.person_id)


@transaction.atomic
def keep_both(row: DoubleCase, case: Case, *, by: Actor, at: datetime) -> DoubleCase:
    """Both go on, each with its own helper; ValidationError when somebody decided already."""
    held = _held(row)
    if not held.is_open:
        raise ValidationError(_("Hierover is al besloten."))
    if not can_decide(by, held, case, at):
        raise PermissionDenied(NOT_YOURS)
    return _decide(held, Decision.APART, by, at)


@transaction.atomic
def end_one(row: DoubleCase, ending: Case, *, by: Actor, at: datetime) -> DoubleCase:
    """This case ends because help goes on in the other; what stands in it stays readable as it was.

    ValidationError when somebody decided already, and while something in it must first be over.
    """
    held = _held(row)
    if not held.is_open:
        raise ValidationError(_("Hierover is al besloten."))
    case = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=ending.pk)
    if not can_end(by, held, case, at):
        raise PermissionDenied(NOT_YOURS)
    if not case.is_open or not held.other_than(case.pk).is_open:
        raise ValidationError(_("Een van de twee dossiers is al afgesloten. Houd ze gescheiden."))
    if unfinished := objections(case):
        raise ValidationError(unfinished)
    held.ended, held.state_before = case, case.state
    end_case(case, CloseReason.ELSEWHERE, by=by, at=at)
    return _decide(held, Decision.ONE, by, at)


def _held(row: DoubleCase) -> DoubleCase:
    found = DoubleCase.objects.select_for_update(of=("self",)).select_related("stays__team", "folded__team")
    return found.get(pk=row.pk)


def _decide(row: DoubleCase, decision: Decision, by: Actor, at: datetime) -> DoubleCase:
    row.decision, row.decided_at, row.decided_by = decision, at, by.id
    row.save(update_fields=["decision", "ended", "state_before", "decided_at", "decided_by"])
    for case in (row.stays, row.folded):
        finish_tasks(case, TaskKind.DOUBLE, by=by, at=at, about_id=row.pk)
    facts: dict[str, trail.Fact] = {"decision": decision.value}
    trail.record("double_case.decided", by=by, at=at, subject=row, facts=facts)
    return row


@transaction.atomic
def follow_rule(person_id: UUID, *, by: Actor, at: datetime) -> None:
    """A contact rule was agreed: as long as nobody decided, the strictest counts in both cases."""
    for row in running(person_id):
        _tighten(row.folded.person_id, row.stays.person_id, by=by, at=at)


def _tighten(*people: UUID, by: Actor, at: datetime) -> list[Told]:
    """Give two persons who are one what both rules permit; tells what each rule was, and became."""
    held = ContactRule.objects.select_for_update().filter(subject_id__in=people).order_by("subject_id")
    rules = {each.subject_id: each for each in held}
    wanted = strictest(*(rules.get(each) for each in people))
    changed = []
    for person_id in people:
        rule = rules.get(person_id)
        before = permitted(rule) if rule else None
        if wanted is None or before == wanted:
            continue
        row, _made = ContactRule.objects.update_or_create(
            subject_id=person_id, defaults={**wanted, "set_at": at, "set_by": None}
        )
        trail.record("contact_rule.agreed", by=by, at=at, subject=row, thread_id=person_id)
        was = {"set_at": str(rule.set_at), "set_by": rule.set_by and str(rule.set_by)} if rule else {}
        changed.append(
            {"person": str(person_id), "before": before and _plain(before) | was, "after": _plain(wanted)}
        )
    return changed


def _put_back(told: Told, *, by: Actor, at: datetime) -> None:
    """The rule as it was before, unless somebody agreed another one since."""
    rule = ContactRule.objects.select_for_update().filter(subject_id=told["person"]).first()
    if rule is None or _plain(permitted(rule)) != told["after"]:
        return
    if told["before"] is None:
        rule.delete()
        return
    ContactRule.objects.filter(pk=rule.pk).update(**told["before"])
    trail.record("contact_rule.agreed", by=by, at=at, subject=rule, thread_id=rule.subject_id)


def _plain(permits: Told) -> Told:
    return {name: str(each) if isinstance(each, time) else each for name, each in permits.items()}
