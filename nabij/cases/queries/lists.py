"""Lists of cases, sorted by what is due first; a list reads one page and never counts the whole table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from nabij.audit.actor import Actor
from nabij.cases.models import Case, CaseState, Task
from nabij.cases.policies import SCOPE, visible_to
from nabij.cases.presence import questions
from nabij.keys.sealing import Opener
from nabij.people.models import AccessGrant, ContactWish, WishState
from nabij.people.policies import grants_to
from nabij.vulnerability.models import LevelChange

IN_ORDER = ("due_at", "is_for_leader", "kind", "id")


class Shown(StrEnum):
    """Which cases a team's list shows; the values stand in the address."""

    ALL = "alle"
    UNASSIGNED = "zonder-hulpverlener"
    APPROACH = "benaderen"
    OVERDUE = "te-laat"
    CLOSED = "afgesloten"


def shown_of(text: str) -> Shown:
    """The list that the address asks for; all open ones for an unknown word."""
    return next((each for each in Shown if each == text), Shown.ALL)


def cases_for(actor: Actor, at: datetime) -> QuerySet[Case]:
    """Every case that this actor may open, what is due first on top."""
    found = Case.objects.filter(visible_to(actor, at))
    return _in_order(found.select_related("person", "incident", "helper__user", "team"))


def _in_order(found: QuerySet[Case]) -> QuerySet[Case]:
    return found.order_by(F("next_due_at").asc(nulls_last=True), "id")


def _row_by_row(found: QuerySet[Case], actor: Actor, at: datetime) -> QuerySet[Case]:
    """Those that one may open, asked of each row in turn.

    A list takes its first rows in the order of an index; as a plain condition the database would look up
    every grant of a large team first.
    """
    mine = Case.objects.filter(visible_to(actor, at), pk=OuterRef("pk")).values("pk")[:1]
    return found.alias(mine=Subquery(mine)).filter(mine__isnull=False)


def case_for(actor: Actor, pk: UUID, at: datetime) -> Case | None:
    """This case, or None: what one may not see is the same as what does not exist."""
    of_person = {"person_id": OuterRef("person_id")}
    level = LevelChange.objects.filter(**of_person).order_by("-at", "-id").values("level")[:1]
    found = Case.objects.filter(visible_to(actor, at), pk=pk).select_related("person", "team")
    return found.annotate(level_now=Subquery(level), **questions()).order_by().first()


def my_cases(actor: Actor, at: datetime) -> QuerySet[Case]:
    """Open cases in which this actor is the main helper."""
    mine = Case.objects.filter(~Q(state=CaseState.CLOSED), Q(helper_id=actor.id))
    return _row_by_row(_in_order(mine.select_related("person")), actor, at)


def team_cases(actor: Actor, shown: Shown, at: datetime) -> QuerySet[Case]:
    """Cases of the actor's team that are open to them, as this list shows them."""
    of_team = Case.objects.filter(Q(team_id=actor.team_id)).select_related("person", "helper__user")
    if shown == Shown.CLOSED:
        closed = of_team.filter(state=CaseState.CLOSED).order_by("-opened_at", "id")
        return _row_by_row(closed, actor, at)
    found = _row_by_row(_in_order(of_team), actor, at).filter(~Q(state=CaseState.CLOSED))
    if shown == Shown.UNASSIGNED:
        return found.filter(helper__isnull=True)
    if shown == Shown.APPROACH:
        return found.filter(state=CaseState.APPROACH)
    if shown == Shown.OVERDUE:
        return found.filter(next_due_at__lt=at)
    return found


@dataclass(frozen=True)
class Row:
    """One line of a list: whose case, and what is due first."""

    case: Case
    name: str
    task: Task | None
    is_late: bool


def rows_of(cases: Iterable[Case], at: datetime) -> list[Row]:
    """These cases with names opened and their first task, in two queries; log the reading before showing."""
    found = list(cases)
    opener = Opener(case.person_id for case in found)
    tasks = Task.objects.to_do().filter(case_id__in=[case.pk for case in found])
    first = {each.case_id: each for each in tasks.order_by("case_id", *IN_ORDER).distinct("case_id")}
    return [
        Row(
            case=case,
            name=opener.open(case.person_id, case.person.name_sealed),
            task=first.get(case.pk),
            is_late=case.next_due_at is not None and case.next_due_at < at,
        )
        for case in found
    ]


def leader_tasks(actor: Actor, at: datetime) -> QuerySet[Task]:
    """What the leader of this team must decide, what is due first on top."""
    of_case = grants_to(actor, at, SCOPE).filter(person_id=OuterRef("case__person_id"))
    return (
        Task.objects.to_do()
        .filter(Q(case__team_id=actor.team_id), Exists(of_case), is_for_leader=True)
        .select_related("case", "case__incident")
        .order_by(*IN_ORDER)
    )


def wishes_waiting(most: int) -> QuerySet[ContactWish]:
    """Wishes that become a case: a known event that is no exercise, and a yes to victim support."""
    has_case = Case.objects.filter(person_id=OuterRef("person_id"), incident_id=OuterRef("incident_id"))
    return (
        ContactWish.objects.select_related("person", "incident")
        .prefetch_related("incident__municipalities__safety_region")
        .filter(~Exists(has_case), ~Q(consent_version=""), state=WishState.OPEN, incident__is_exercise=False)
        .order_by("-is_urgent", "created_at", "id")[:most]
    )


def readers_of(case: Case, at: datetime) -> QuerySet[AccessGrant]:
    """The running grants that open this case, with who holds them."""
    running = Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    return AccessGrant.objects.filter(running, person_id=case.person_id, scope=SCOPE).select_related(
        "grantee__user", "team"
    )
