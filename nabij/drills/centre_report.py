"""The report of a centre that was drilled: the list of two hours, the tests, the minutes; roles, no names."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.models import AdviceCentre
from nabij.centres.norms import norms
from nabij.drills.centres import centre_of_drill, list_of
from nabij.drills.models import Drill
from nabij.drills.people.counting import registered
from nabij.drills.words import RESULTS, registered_in_words
from nabij.kit.notation import amsterdam_moment
from nabij.openings.models import Opening, ReadinessTest, TestKind
from nabij.openings.queries.openings import Line, last_opening, minutes_of, newest_tests

MINUTE = timedelta(minutes=1)


def report_of_centre(drill: Drill, at: datetime) -> dict[str, Any]:
    """As plain values: each item with when it was due and done and in which role, the tests, the minutes."""
    centre = centre_of_drill(drill)
    opening = last_opening(centre) if centre else None
    lines = list_of(opening, SYSTEM, at) if opening else []
    items = [_item(line, opening) for line in lines if opening]
    sums = {kind: sum(each["result"] == kind for each in items) for kind in ("on_time", "late", "open")}
    return {
        "commissioned": opening.started_at.isoformat() if opening else "",
        "live_minutes": centre.minutes if centre else None,
        "minutes": minutes_of(opening) if opening else None,
        "norm": _norm(centre),
        "items": items,
        "tests": [_test(row, opening) for row in newest_tests(opening).values()] if opening else [],
        "sums": sums,
        "registered": registered(drill),
    }


def _norm(centre: AdviceCentre | None) -> int:
    if centre is None:
        return norms().live_within_minutes
    return (centre.target_at - centre.commission.commissioned_at) // MINUTE


def _item(line: Line, opening: Opening) -> dict[str, Any]:
    item = line.item
    return {
        "code": item.code,
        "what": line.text.what_names["nl"],
        "seat": line.seat,
        "due": item.due_at.isoformat(),
        "done": item.done_at.isoformat() if item.done_at else "",
        "minute": (item.done_at - opening.started_at) // MINUTE if item.done_at else None,
        "result": _result(item.done_at, item.due_at),
        "by": _role(item.done_by),
    }


def _result(done_at: datetime | None, due_at: datetime) -> str:
    if done_at is None:
        return "open"
    return "on_time" if done_at <= due_at else "late"


def _test(row: ReadinessTest, opening: Opening) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "tested": row.tested_at.isoformat(),
        "minute": (row.tested_at - opening.started_at) // MINUTE,
        "is_passed": row.is_passed,
        "by": _role(row.tested_by),
    }


def _role(membership: Membership | None) -> str:
    """The role in which somebody did it: a report is kept, and names nobody."""
    return membership.role if membership else ""


def told_of_centre(report: dict[str, Any]) -> dict[str, Any]:
    """The tables of the report on paper."""
    return {
        "facts": [
            [_("Opdracht"), _moment(report["commissioned"]) or _("niet gegeven")],
            [_("Live"), _minutes(report["live_minutes"])],
            [_("Open en getest"), _minutes(report["minutes"])],
            [_("Norm"), _("%(number)s minuten") % {"number": report["norm"]}],
            *[[words, value] for words, value in registered_in_words(report)],
        ],
        "step_title": _("De lijst van twee uur"),
        "step_head": [_("Punt"), _("Van wie"), _("Uiterlijk"), _("Gedaan"), _("Hoe"), _("Door")],
        "steps": [
            [
                each["what"], each["seat"], _moment(each["due"]), _moment(each["done"]),
                str(RESULTS[each["result"]]), _who(each["by"]),
            ]
            for each in report["items"]
        ],
        "call_title": _("Proeven"),
        "call_head": [_("Wat"), _("Wanneer"), _("Uitkomst"), _("Minuut"), _("Door")],
        "calls": [
            [
                str(TestKind(each["kind"]).label), _moment(each["tested"]),
                _("het werkte") if each["is_passed"] else _("het werkte niet"), str(each["minute"]),
                _who(each["by"]),
            ]
            for each in report["tests"]
        ],
    }  # fmt: skip


def _who(role: str) -> str:
    return str(Role(role).label) if role in Role.values else ""


def _moment(told: str) -> str:
    return amsterdam_moment(datetime.fromisoformat(told)) if told else ""


def _minutes(number: int | None) -> str:
    return _("niet gehaald") if number is None else _("na %(number)s minuten") % {"number": number}
