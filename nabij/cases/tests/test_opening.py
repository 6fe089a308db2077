"""A case begins with a ground, a first task, and grants for exactly those who help."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from nabij.accounts.factories import make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.actions import Facts, pull_wishes, start_case
from nabij.cases.actions.opening import begin
from nabij.cases.factories import WEDNESDAY, make_case, make_met
from nabij.cases.models import Case, CaseState, Task, TaskKind, WayIn
from nabij.cases.queries import cases_for, rows_of
from nabij.incidents.factories import make_incident
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.factories import make_registration
from nabij.people.models import ContactWish, Person, WishState

SUNDAY = datetime(2027, 1, 10, 14, 0, tzinfo=UTC)


def test_who_asks_gets_a_case_with_a_first_call_within_a_working_day(noordwest):
    case = start_case(
        make_met(), Facts("EVT-12", happened_on=WEDNESDAY.date()), by=noordwest.ayla, at=WEDNESDAY
    )
    assert case.state == CaseState.APPROACH
    due = dict(Task.objects.filter(case=case).values_list("kind", "due_at"))
    thursday = datetime(2027, 2, 4, 16, 0, tzinfo=UTC)
    assert due[TaskKind.APPROACH] == due[TaskKind.ASSIGN] == due[TaskKind.ASK_POLICE] == thursday
    assert case.next_due_at == thursday
    later = sorted(Task.objects.filter(case=case, kind=TaskKind.CHECK_IN).values_list("due_at", flat=True))
    # S02-12: Wednesday 10 February and Wednesday 10 March
    assert [each.date().isoformat() for each in later] == ["2027-02-10", "2027-03-10"]


def test_without_a_yes_there_is_no_case(noordwest):
    with pytest.raises(ValidationError, match="Zonder ja"):
        start_case(make_met(consent_version=""), Facts("EVT-12"), by=noordwest.ayla, at=WEDNESDAY)
    assert not Person.objects.exists()
    person = meet_person(make_met(), None, source="x", by=SYSTEM, at=WEDNESDAY)
    with pytest.raises(IntegrityError):
        Case.objects.create(
            reference="a-b-1", person=person, topic="EVT-12", team=noordwest.team, opened_at=WEDNESDAY
        )


@pytest.mark.parametrize("who", ["hester", "imke", "nadia", "vera"])
def test_only_helpers_and_leaders_of_a_team_begin_a_case(noordwest, who):
    with pytest.raises(PermissionDenied):
        start_case(make_met(), Facts("EVT-12"), by=getattr(noordwest, who), at=WEDNESDAY)


def test_wishes_with_a_yes_to_victim_support_become_cases_of_the_team_of_that_place(noordwest):
    incident = make_incident(at=SUNDAY - timedelta(hours=11))
    said_yes = make_registration(incident, yes_to=("victim_support",), at=SUNDAY)
    make_registration(incident, yes_to=("municipality",), at=SUNDAY)
    met = Met("Ruud", "+31600000061", "nl", "", wants_contact=True, consent_version="opvang-1")
    meet_person(met, incident, source="reception", by=SYSTEM, at=SUNDAY)
    nameless = meet_person(met, None, source="door", by=SYSTEM, at=SUNDAY)
    assert pull_wishes(by=SYSTEM, at=SUNDAY) == 2
    assert pull_wishes(by=SYSTEM, at=SUNDAY) == 0
    case = Case.objects.get(person_id=said_yes.person_id)
    assert (case.team, case.way_in, case.topic) == (noordwest.team, WayIn.REGISTRATION, incident.topic)
    assert case.wish.state == WishState.TAKEN
    # S01-7: a wish of Sunday is called on Monday; S01-9: day 7 is a Sunday, so Monday the 18th
    assert case.next_due_at == datetime(2027, 1, 11, 16, 0, tzinfo=UTC)
    days = Task.objects.filter(case=case, kind=TaskKind.CHECK_IN).order_by("due_at").values_list("due_at")
    assert [each.date().isoformat() for (each,) in days] == ["2027-01-18", "2027-02-15"]
    assert ContactWish.objects.get(person=nameless).state == WishState.OPEN


def test_a_wish_where_no_team_works_waits(noordwest):
    incident = make_incident(at=SUNDAY)
    noordwest.municipality.safety_region.__class__.objects.update(team=None)
    make_registration(incident, yes_to=("victim_support",), at=SUNDAY)
    assert pull_wishes(by=SYSTEM, at=SUNDAY) == 0


def test_a_person_has_one_case_per_event(noordwest):
    case = make_case(team=noordwest.team)
    with pytest.raises(IntegrityError):
        Case.objects.create(
            reference="x-y-2", person=case.person, topic="EVT-12", team=noordwest.team, opened_at=WEDNESDAY,
            consent_version="hulp-1",
        )  # fmt: skip


def test_a_second_case_of_the_same_person_keeps_who_knows_of_the_first(noordwest):
    case = make_case(team=noordwest.team)
    facts = Facts("EVT-05")
    second = begin(
        case.person, facts, make_team("Zuid"), incident=make_incident(), consent_version="hulp-1", by=SYSTEM,
        at=WEDNESDAY,
    )  # fmt: skip
    for who in (noordwest.olaf, noordwest.femke):
        assert set(cases_for(who, WEDNESDAY)) == {case, second}


def test_a_new_case_is_open_to_the_leader_of_its_team_and_to_nobody_else(noordwest):
    case = make_case(team=noordwest.team)
    for who in ("olaf", "ayla", "zuid", "femke", "hester", "imke", "nadia", "rinske"):
        seen = list(cases_for(getattr(noordwest, who), WEDNESDAY))
        assert seen == ([case] if who == "olaf" else []), who


def test_a_row_says_the_name_and_what_is_due(noordwest):
    make_case("Tijs Vonk", helper=noordwest.member.ayla)
    [row] = rows_of(cases_for(noordwest.ayla, WEDNESDAY), WEDNESDAY + timedelta(days=2))
    assert (row.name, row.is_late) == ("Tijs Vonk", True)
    assert row.task.kind in (TaskKind.APPROACH, TaskKind.ASSIGN, TaskKind.ASK_POLICE)


def test_roles_for_helping():
    assert {Role.VOLUNTEER, Role.PAID_WORKER, Role.CASE_MANAGER} <= set(Role)


def test_an_old_event_has_no_calls_that_are_over_already(noordwest):
    case = make_case(team=noordwest.team, happened_on=WEDNESDAY.date() - timedelta(days=20))
    assert Task.objects.filter(case=case, kind=TaskKind.CHECK_IN).count() == 1


def test_the_person_sees_the_own_case_and_no_other(noordwest):
    case = make_case(team=noordwest.team)
    make_case("Iemand anders", team=noordwest.team)
    person = Actor(ActorKind.HELPED_PERSON, id=case.person_id)
    assert list(cases_for(person, WEDNESDAY)) == [case]


def test_what_is_due_is_overdue_afterwards(noordwest):
    case = make_case(team=noordwest.team)
    assert not Task.objects.overdue(WEDNESDAY).exists()
    late = Task.objects.overdue(WEDNESDAY + timedelta(days=2)).filter(case=case)
    assert set(late.values_list("kind", flat=True)) == {"assign", "approach", "ask_police"}
