"""The list of two hours: what is open, what comes first, what was tested, how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.keys.sealing import Opener
from nabij.openings.content import Item, items, seats
from nabij.openings.models import BoardSeat, ChecklistItem, Opening, PhaseDecision, ReadinessTest, TestKind
from nabij.openings.policies import seated, visible_to
from nabij.openings.trials import trial_of


def centres_for(actor: Actor, at: datetime) -> QuerySet[AdviceCentre]:
    """The centres that this actor checks, with incident and commission."""
    found = AdviceCentre.objects.filter(visible_to(actor, at))
    return found.select_related("incident", "commission__organisation").order_by("-target_at", "pk")


def items_for(centre: AdviceCentre) -> QuerySet[ChecklistItem]:
    """Every item on any list of a centre that one checks."""
    return ChecklistItem.objects.filter(decision__centre=centre).select_related("decision__centre")


def last_opening(centre: AdviceCentre) -> Opening | None:
    """The two hours that count: of the commission, or of opening again."""
    found = Opening.objects.filter(decision__centre=centre)
    return found.select_related("decision__centre__commission").order_by("-decision__number").first()


def openings_of(centre: AdviceCentre) -> list[Opening]:
    """Each time that it opened, the first one first."""
    found = Opening.objects.filter(decision__centre=centre).select_related("decision")
    return list(found.order_by("decision__number"))


def kinds_of(opening: Opening) -> frozenset[str]:
    """What must be tested: a closed part only when the commission wants one. Source: brochure L78-85."""
    kinds = set(TestKind.values)
    if not opening.decision.centre.commission.wants_closed_part:
        kinds.discard(TestKind.CLOSED_PART)
    return frozenset(kinds)


def newest_tests(opening: Opening) -> dict[str, ReadinessTest]:
    """The newest test of each kind: that one counts."""
    rows = opening.tests.select_related("tested_by__user").order_by("tested_at", "pk")
    return {row.kind: row for row in rows}


def passed_kinds(opening: Opening) -> frozenset[str]:
    """What was tested and worked when it was tested last."""
    return frozenset(kind for kind, row in newest_tests(opening).items() if row.is_passed)


def minutes_of(opening: Opening) -> int | None:
    """Whole minutes from the commission until all was tested; never one within the norm when late."""
    if opening.ready_at is None:
        return None
    minute = timedelta(minutes=1)
    allowed = (opening.target_at - opening.started_at) // minute
    return max((opening.ready_at - opening.started_at) // minute, allowed + 1 if opening.is_late else 0)


@dataclass(frozen=True)
class Line:
    """One item as somebody reads it, with its words and its seat in words."""

    item: ChecklistItem
    text: Item
    seat: str
    is_late: bool
    is_mine: bool
    is_by_software: bool


@dataclass(frozen=True)
class TestLine:
    """One of the four, with its newest test and what was heard."""

    __test__ = False

    kind: str
    label: str
    newest: ReadinessTest | None
    heard: str
    is_by_software: bool

    @property
    def is_passed(self) -> bool:
        """Whether it worked when it was tested last."""
        return self.newest is not None and self.newest.is_passed


def lines_of(decision: PhaseDecision, actor: Actor, at: datetime) -> list[Line]:
    """The list of a phase in its order."""
    mine = set(_seats_of(actor, at).filter(centre=decision.centre_id).values_list("seat", flat=True))
    rows = decision.items.select_related("done_by__user").order_by("due_at", "position")
    return [
        Line(
            item=row,
            text=items()[row.code],
            seat=seats()[row.seat].name,
            is_late=row.done_at is None and row.due_at < at,
            is_mine=row.seat in mine,
            is_by_software=trial_of(items()[row.code].test) is not None,
        )
        for row in rows
    ]


def first_of(lines: Sequence[Line]) -> Line | None:
    """What to do now: the earliest open item that is one's own, otherwise the earliest of all."""
    waiting = [line for line in lines if line.item.done_at is None]
    return next((line for line in waiting if line.is_mine), waiting[0] if waiting else None)


def tested_lines(opening: Opening) -> list[TestLine]:
    """The tests of an opening, each with what came of it."""
    newest = newest_tests(opening)
    opener = Opener(row.pk for row in newest.values())
    asked = kinds_of(opening)
    return [
        TestLine(
            kind=kind.value,
            label=str(kind.label),
            newest=newest.get(kind),
            heard=opener.open(newest[kind].pk, newest[kind].heard_sealed) if kind in newest else "",
            is_by_software=trial_of(kind) is not None,
        )
        for kind in TestKind
        if kind in asked
    ]


def is_tested_by_software(kind: str) -> bool:
    """Whether Nabij does this test itself; otherwise somebody says what they heard or saw."""
    return trial_of(kind) is not None


def late_reason(opening: Opening) -> str:
    """Why it was open late, opened."""
    return Opener([opening.pk]).open(opening.pk, opening.late_reason_sealed)


def _seats_of(actor: Actor, at: datetime) -> QuerySet[BoardSeat]:
    return BoardSeat.objects.filter(seated(at), membership_id=actor.id or UUID(int=0))


@dataclass(frozen=True)
class Waiting:
    """An open item on somebody's own seat."""

    item: ChecklistItem
    text: Item
    centre: AdviceCentre
    is_late: bool


def waiting_for(actor: Actor, at: datetime, most: int = 10) -> list[Waiting]:
    """The open items of the seats that one holds, in the phase that each centre is in; the earliest first."""
    newest = PhaseDecision.objects.filter(centre=OuterRef("decision__centre")).order_by("-number")[:1]
    mine = Q(pk__in=[])
    for centre_id, seat in _seats_of(actor, at).values_list("centre_id", "seat"):
        mine |= Q(decision__centre_id=centre_id, seat=seat)
    rows = (
        ChecklistItem.objects.filter(mine, done_at__isnull=True)
        .annotate(newest_id=Subquery(newest.values("pk")))
        .filter(decision_id=F("newest_id"))
        .select_related("decision__centre__incident")
        .order_by("due_at", "position")[:most]
    )
    return [Waiting(row, items()[row.code], row.decision.centre, row.due_at < at) for row in rows]
