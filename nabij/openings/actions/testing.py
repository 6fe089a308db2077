"""Testing what must work: the clock stops only when each of the four was tested and worked."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import membership_of
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.openings.actions.checking import stamp
from nabij.openings.content import items
from nabij.openings.models import Opening, ReadinessTest
from nabij.openings.policies import can_check, can_explain
from nabij.openings.queries.openings import kinds_of, minutes_of, passed_kinds
from nabij.openings.trials import Outcome, trial_of


def _locked(opening: Opening) -> Opening:
    rows = Opening.objects.select_for_update(of=("self",))
    return rows.select_related("decision__centre__incident", "decision__centre__commission").get(
        pk=opening.pk
    )


@transaction.atomic
def run_test(
    opening: Opening, kind: str, *, heard: str = "", works: bool = True, by: Actor, at: datetime
) -> ReadinessTest:
    """Test one of the four and keep what came of it; the newest test of a kind counts.

    Nabij tests what it can. What it cannot, such as a call to the desk, somebody says who heard it.
    """
    opening = _locked(opening)
    centre = opening.decision.centre
    if not can_check(by, centre, at):
        raise PermissionDenied(_("Dit centrum kunt u niet testen."))
    if kind not in kinds_of(opening):
        raise Refused(_("Deze test hoort niet bij dit centrum."))
    outcome = _outcome(opening, kind, heard.strip(), works, at)
    row = ReadinessTest(
        opening=opening, kind=kind, is_passed=outcome.is_passed, finding=outcome.finding, tested_at=at,
        tested_by_id=membership_of(by),
    )  # fmt: skip
    row.heard_sealed = seal(row.pk, heard.strip())
    row.save(force_insert=True)
    trail.record(
        "centre.tested", by=by, at=at, subject=centre, thread_id=centre.incident_id,
        facts={"kind": kind, "passed": row.is_passed, "finding": row.finding},
    )  # fmt: skip
    _follow(opening, row, by=by, at=at)
    return row


def _outcome(opening: Opening, kind: str, heard: str, works: bool, at: datetime) -> Outcome:
    trial = trial_of(kind)
    if trial is not None:
        return trial(opening.decision.centre, at)
    if not heard:
        raise Refused(_("Schrijf op wat u hoorde of zag."))
    return Outcome(works, "said_to_work" if works else "said_not_to_work")


def _follow(opening: Opening, row: ReadinessTest, *, by: Actor, at: datetime) -> None:
    """The item follows its test, and with the last of them the clock stops."""
    codes = [item.code for item in items().values() if item.test == row.kind]
    for item in opening.decision.items.select_for_update().filter(code__in=codes):
        if row.is_passed and item.done_at is None:
            stamp(item, by=by, at=at)
        elif not row.is_passed and item.done_at is not None and opening.ready_at is None:
            item.done_at, item.done_by = None, None
            item.save(update_fields=["done_at", "done_by"])
    if opening.ready_at is None and kinds_of(opening) <= passed_kinds(opening):
        opening.ready_at = at
        opening.save(update_fields=["ready_at"])
        centre = opening.decision.centre
        facts: dict[str, trail.Fact] = {"minutes": minutes_of(opening), "late": opening.is_late}
        trail.record("centre.ready", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts)


@transaction.atomic
def explain_late_opening(opening: Opening, reason: str, *, by: Actor, at: datetime) -> Opening:
    """Say why it took longer than two hours until all was tested."""
    opening = _locked(opening)
    if not can_explain(by, opening, at):
        raise PermissionDenied(_("Hier is geen reden nodig, of u mag die niet geven."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom het later werd."))
    opening.late_reason_sealed = seal(opening.pk, reason.strip())
    opening.late_reason_at, opening.late_reason_by = at, by.id
    opening.save(update_fields=["late_reason_sealed", "late_reason_at", "late_reason_by"])
    centre = opening.decision.centre
    trail.record("centre.late_opening_explained", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    return opening
