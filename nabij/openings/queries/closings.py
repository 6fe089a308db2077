"""Phases, closing and its criteria, what was learnt, and the figures of a centre."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.accounts.models import Membership
from nabij.centres.models import AdviceCentre
from nabij.keys.sealing import Opener
from nabij.kit.clock import local
from nabij.kit.notation import amsterdam_day, day_in_words
from nabij.openings import counters
from nabij.openings.content import closing_norm, criterion_names, phases
from nabij.openings.counters import Figure
from nabij.openings.models import ALLOWED, ClosingPlan, Lesson, Phase, PhaseDecision, VisitCount
from nabij.openings.queries.openings import minutes_of, openings_of
from nabij.people.queries.registrations import registration_counts


@dataclass(frozen=True)
class PhaseLine:
    """A decision about a phase, opened."""

    decision: PhaseDecision
    reason: str
    by: str


def phase_lines(centre: AdviceCentre) -> list[PhaseLine]:
    """All decisions about the phase of a centre, the newest first."""
    rows = list(PhaseDecision.objects.filter(centre=centre).select_related("centre").order_by("-number"))
    opener, names = Opener(row.pk for row in rows), _names(row.decided_by for row in rows)
    return [
        PhaseLine(row, opener.open(row.pk, row.reason_sealed), names.get(row.decided_by, "Nabij"))
        for row in rows
    ]


def _names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    rows = Membership.objects.filter(pk__in=[each for each in ids if each]).select_related("user")
    return {row.pk: row.user.name for row in rows}


def next_phases(decision: PhaseDecision) -> list[tuple[str, str]]:
    """The phases that a decision can begin now: closing and opening again have their own ways."""
    usual = [phase for phase in (Phase.AFTERCARE, Phase.LONG) if phase in ALLOWED[decision.phase]]
    return [(phase.value, phases()[phase].name) for phase in usual]


def expected_on(centre: AdviceCentre, phase: str) -> date | None:
    """The day on which this phase usually begins, counted from the commission; None when it has none."""
    day = phases()[phase].begins_day
    return None if day is None else local(centre.commission.commissioned_at).date() + timedelta(days=day)


def plan_of(centre: AdviceCentre) -> ClosingPlan | None:
    """The plan to close that counts now; None when nobody proposed it, or it was withdrawn."""
    found = ClosingPlan.objects.filter(centre=centre, withdrawn_at=None).select_related("centre")
    return found.order_by("-proposed_at").first()


def can_close(centre: AdviceCentre) -> bool:
    """Whether closing can follow the phase that the centre is in."""
    newest = PhaseDecision.objects.filter(centre=centre).order_by("-number").first()
    return newest is not None and Phase.CLOSING in ALLOWED[newest.phase]


def plans_for(centre: AdviceCentre) -> QuerySet[ClosingPlan]:
    """The plans of a centre that one checks."""
    return ClosingPlan.objects.filter(centre=centre).select_related("centre__incident")


def earliest_end(today: date) -> date:
    """The first day on which a centre may end that is announced today."""
    day: date = today + relativedelta(months=closing_norm("notice_months"))
    return day


@dataclass(frozen=True)
class PlanWords:
    """What a plan says, opened."""

    reason: str
    inquiry: str


def plan_words(plan: ClosingPlan) -> PlanWords:
    """The reason and what was said of inquiry and trial, for who checks the centre."""
    opener = Opener([plan.pk])
    return PlanWords(opener.open(plan.pk, plan.reason_sealed), opener.open(plan.pk, plan.inquiry_sealed))


@dataclass(frozen=True)
class Week:
    """A week with its visits, and where the number comes from; None when nobody counted."""

    week_on: date
    visits: int | None
    source: str


def weeks_of(centre: AdviceCentre, at: datetime) -> list[Week]:
    """The last whole weeks that count for closing, the newest first: typed numbers go before counters."""
    today = local(at).date()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=number) for number in range(1, closing_norm("visit_weeks") + 1)]
    typed = {row.week_on: row for row in VisitCount.objects.filter(centre=centre, week_on__in=mondays)}
    return [
        Week(day, typed[day].visits, typed[day].source)
        if day in typed
        else Week(day, counters.visits(centre, day), _("teller van de site"))
        for day in mondays
    ]


@dataclass(frozen=True)
class Criterion:
    """One criterion for closing: met or not, and the figure by which one sees it."""

    code: str
    label: str
    is_met: bool
    figure: str


def criteria_of(centre: AdviceCentre, plan: ClosingPlan | None, at: datetime) -> list[Criterion]:
    """All criteria with their figures; what nobody knows is not met. Source: iac §8, S05-14."""
    urgent = counters.count(Figure.OPEN_URGENT, centre, at)
    weeks = weeks_of(centre, at)
    said = plan or ClosingPlan()
    found = {
        "urgent": (urgent == 0, _("onbekend") if urgent is None else _open_needs(urgent)),
        "visits": (
            all(each.visits is not None and each.visits < closing_norm("visits_below") for each in weeks),
            ", ".join(_("onbekend") if each.visits is None else str(each.visits) for each in weeks),
        ),
        "council": (
            said.council_on is not None,
            day_in_words(said.council_on) if said.council_on else _("nog niet"),
        ),
        "contact_point": (bool(said.contact_point), said.contact_point or _("nog niet")),
        "inquiry": (bool(said.inquiry_sealed), _("opgeschreven") if said.inquiry_sealed else _("nog niet")),
    }
    return [Criterion(code, label, *found[code]) for code, label in criterion_names().items()]


def _open_needs(number: int) -> str:
    return ngettext("%(number)s vraag wacht", "%(number)s vragen wachten", number) % {"number": number}


def unmet(centre: AdviceCentre, plan: ClosingPlan, at: datetime) -> list[str]:
    """The criteria that are not met, as codes."""
    return [each.code for each in criteria_of(centre, plan, at) if not each.is_met]


@dataclass(frozen=True)
class LessonLine:
    """What was learnt, opened."""

    lesson: Lesson
    text: str


def lessons_for(centre: AdviceCentre) -> QuerySet[Lesson]:
    """The lessons of a centre that one checks, in the order in which they were written."""
    return Lesson.objects.filter(centre=centre).order_by("written_at", "pk")


def lesson_lines(centre: AdviceCentre) -> list[LessonLine]:
    """The evaluation, opened."""
    rows = list(lessons_for(centre))
    opener = Opener(row.pk for row in rows)
    return [LessonLine(row, opener.open(row.pk, row.lesson_sealed)) for row in rows]


def figures_of(centre: AdviceCentre, at: datetime) -> list[tuple[str, str]]:
    """The report of a centre: numbers without anybody in them, small ones hidden. Source: privacy §3."""
    found = [
        (_("Aangemeld"), _counted(registration_counts(centre.incident_id).total)),
        (_("Contacten"), _counted(counters.count(Figure.CONTACTS, centre, at))),
        (_("Vragen aan het loket"), _counted(counters.count(Figure.QUESTIONS, centre, at))),
        (_("Minuten tot de site live was"), _minutes(centre.minutes)),
    ]
    for opening in openings_of(centre):
        day = amsterdam_day(opening.started_at)
        found.append(
            (_("Minuten tot alles was getest (%(day)s)") % {"day": day}, _minutes(minutes_of(opening)))
        )
    for line in reversed(phase_lines(centre)):
        name = phases()[line.decision.phase].name
        found.append((_("Fase: %(phase)s") % {"phase": name}, amsterdam_day(line.decision.decided_at)))
    return found


def _counted(number: int | None) -> str:
    limit = closing_norm("smallest_shown")
    if number is None:
        return _("onbekend")
    return str(number) if number == 0 or number >= limit else _("minder dan %(limit)s") % {"limit": limit}


def _minutes(number: int | None) -> str:
    return _("nog niet open") if number is None else str(number)
