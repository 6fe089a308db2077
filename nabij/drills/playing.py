"""What happens next in a drill: made-up people are asked, answer, tell what is so, and do their steps."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from nabij.aftercare.actions.chasing import tell_late_of
from nabij.aftercare.actions.doing import finish_step, set_start, skip_step
from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.content import coordinator_at
from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.queries.asking import open_questions
from nabij.aftercare.queries.late import UNDONE
from nabij.audit.actor import SYSTEM, link_of
from nabij.drills.chance import Chance
from nabij.drills.content import behaviour
from nabij.drills.events import Event
from nabij.drills.events import bind as _bind
from nabij.drills.models import Drill
from nabij.drills.people import people_events
from nabij.drills.people.content import staff
from nabij.drills.people.registering import registrations
from nabij.paging.actions import accept, decline, take_step
from nabij.paging.models import Answer, Ask, DueMoment, PageState, Way
from nabij.protocols.lists import facts
from nabij.protocols.plan import Asked

TOLD_WHEN_IT_HAPPENS = ("told", "decision", "commission")


def next_event(drill: Drill) -> Event | None:
    """What happens first from now on; None when nothing more will happen by itself."""
    if drill.is_of_centre:  # staff play themselves: calls go up their steps, and residents register
        outside = [*_pages(drill), *registrations(drill)]
        return min(outside, key=lambda each: (each.at, each.key), default=None)
    runs = _runs(drill)
    rows = _waiting(runs)
    people = [*_pages(drill), *_answers(drill), *_facts(drill, runs)]
    every = [*people, *_starts(drill, rows), *_steps(drill, rows), *_late(rows), *people_events(drill)]
    return min(every, key=lambda each: (each.at, each.key), default=None)


def _pages(drill: Drill) -> Iterator[Event]:
    """The next step of each page that still calls somebody."""
    waiting = DueMoment.objects.filter(page__thread_id=drill.event_id, done_at__isnull=True)
    for row in waiting.select_related("page"):
        if not row.page.is_closed:
            yield Event(row.due_at, f"page {row.step}", _bind(take_step, row.pk, by=SYSTEM, at=row.due_at))


def _answers(drill: Drill) -> Iterator[Event]:
    """Who was asked answers, yes or no, some minutes later; now and then somebody says nothing."""
    chance, how = Chance(drill.seed), behaviour()
    open_asks = Ask.objects.filter(page__thread_id=drill.event_id, answer=Answer.OPEN)
    rows = open_asks.filter(page__state__in=[PageState.OPEN, PageState.EXHAUSTED])
    for row in rows.select_related("page", "membership__user").order_by("seat", "membership__user__email"):
        about = (row.page.kind, row.seat, row.step, row.membership.user.email)
        if chance.happens(staff().silent, "silent", *about):
            continue
        moment = row.asked_at + chance.minutes(how.answer_minutes, "answer", *about)
        by = link_of(row.membership_id)
        if chance.happens(how.says_yes, "yes", *about):
            yield Event(moment, f"yes {row.pk}", _bind(accept, row, by=by, at=moment, way=Way.APP))
        else:
            yield Event(moment, f"no {row.pk}", _bind(decline, row, by=by, at=moment))


def _facts(drill: Drill, runs: list[Run]) -> Iterator[Event]:
    """What steps wait for becomes known."""
    chance, how = Chance(drill.seed), behaviour()
    for run in runs:
        for name in open_questions(run):
            moment = run.started_at + chance.minutes(how.tells_minutes, "fact", name)
            value = _made_up_fact(chance, name)
            yield Event(moment, f"fact {name}", _bind(tell_fact, run, name, value, by=SYSTEM, at=moment))


def _made_up_fact(chance: Chance, name: str) -> Any:
    """A number, one of the choices, or mostly yes."""
    fact = facts().get(name)
    if fact and fact.kind == "number":
        return round(chance.between((1, behaviour().most_in_a_number), "number", name))
    if fact and fact.choices:
        return chance.one_of(sorted(fact.choices), "choice", name)
    return chance.happens(behaviour().says_true, "true", name)


def _starts(drill: Drill, rows: list[RunStep]) -> Iterator[Event]:
    """A day is set, or something that only people can tell has happened."""
    chance, how = Chance(drill.seed), behaviour()
    for row in rows:
        if row.start_at is None and row.step.due.start in TOLD_WHEN_IT_HAPPENS:
            moment = row.run.started_at + chance.hours(how.without_moment_hours, "day", row.step_id)
            yield Event(moment, f"day {row.step_id}", _bind(set_start, row, moment, by=SYSTEM, at=moment))


def _steps(drill: Drill, rows: list[RunStep]) -> Iterator[Event]:
    """Steps of which no living person plays the owner are done, late now and then, or skipped."""
    for row in rows:
        if row.state != StepState.OPEN or row.owner_org in drill.played:
            continue
        moment = _done_at(drill, row)
        if moment is None:
            continue
        yield Event(moment, f"step {row.position:03} {row.occurrence}", _bind(_play, drill, row, moment))


def _late(rows: list[RunStep]) -> Iterator[Event]:
    """Whose step becomes late hears it, and later the coordinators; those messages stay in the house."""
    for row in rows:
        moment = row.due_at
        if moment is None:
            continue
        if row.late_told_at is not None:
            moment = coordinator_at(row.late_told_at, is_urgent=row.step.is_urgent)
        if row.coordinator_told_at is None:
            yield Event(
                moment, f"late {row.position:03}", _bind(tell_late_of, row.run_id, by=SYSTEM, at=moment)
            )


def _waiting(runs: list[Run]) -> list[RunStep]:
    """The steps that are not settled; each with the run in hand, so that its plan is read once."""
    known = {run.pk: run for run in runs}
    found = list(RunStep.objects.filter(state__in=UNDONE, run__in=runs).order_by("position", "occurrence"))
    for row in found:
        row.run = known[row.run_id]
    return found


def _runs(drill: Drill) -> list[Run]:
    open_runs = Run.objects.filter(incident_id=drill.event_id, closed_at__isnull=True)
    return list(open_runs.select_related("incident"))


def _done_at(drill: Drill, row: RunStep) -> datetime | None:
    """When the made-up owner does it: mostly before it is due, now and then hours too late.

    None while it is forgotten: then nobody does it before the coordinator heard that it is late.
    """
    chance, how, about = Chance(drill.seed), behaviour(), (row.step_id, row.occurrence)
    opened = row.opened_at or row.run.started_at
    begin = max(opened, row.not_before_at or opened)
    if row.due_at is None or row.due_at <= begin:
        return begin + chance.minutes((1, 30), "soon", *about)
    if chance.happens(staff().forgotten, "forgotten", *about):
        after = chance.hours(staff().after_coordinator_hours, "after", *about)
        return row.coordinator_told_at + after if row.coordinator_told_at else None
    if chance.happens(how.late, "late", *about):
        return row.due_at + chance.hours(how.late_hours, "hours", *about)
    share = chance.between(how.share_of_time, "share", *about)
    return begin + timedelta(seconds=round((row.due_at - begin).total_seconds() * share))


def _play(drill: Drill, row: RunStep, at: datetime) -> None:
    """Do it, with made-up proof, or skip it with a reason; the report says that the game did it."""
    chance, how, about = Chance(drill.seed), behaviour(), (row.step_id, row.occurrence)
    is_skipped = row.step.is_optional and chance.happens(how.skipped, "skip", *about)
    if is_skipped:
        skip_step(row, "Overgeslagen door het spel.", by=SYSTEM, at=at)
    else:
        values = {asked.name: _made_up(drill, row, asked, at) for asked in row.step.evidence.fields}
        finish_step(row, values, by=SYSTEM, at=at)
    drill.acted = [*drill.acted, f"{row.step_id}/{row.occurrence}"]


def _made_up(drill: Drill, row: RunStep, asked: Asked, at: datetime) -> Any:
    """Something that fits the question and names nobody."""
    chance, about = Chance(drill.seed), (row.step_id, row.occurrence, asked.name)
    if asked.kind == "choice":
        now = [each.code for each in asked.choices if not each.not_before]
        return chance.one_of(now or [asked.choices[0].code], "choice", *about)
    return {
        "number": round(chance.between((1, behaviour().most_in_a_number), "number", *about)),
        "yes_no": chance.happens(0.5, "yes_no", *about),
        "moment": at,
        "day": at.date(),
        "text": "OEFENING",
    }[asked.kind]


def step_key(row: RunStep) -> str:
    """How the drill remembers that the game did this step."""
    return f"{row.step_id}/{row.occurrence}"


def latest(drill: Drill, years: int) -> datetime:
    """The last moment of its clock to which a drill is played."""
    return drill.starts_at + timedelta(days=366 * years)
