"""An event that turns out to be of another kind takes its open cases along."""

from dataclasses import replace

import pytest

from nabij.accounts.factories import make_actor
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases import tasks
from nabij.cases.actions import pull_wishes, reclassify
from nabij.cases.factories import give
from nabij.cases.models import Case, CaseState, Task, TaskKind
from nabij.incidents.actions import change_facts
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.facts import facts_of
from nabij.people.factories import make_registration

HOMICIDE = "EVT-28"


@pytest.fixture
def incident(noordwest, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own transaction must stay
    return make_incident(at=NIGHT)


def taken_from(incident, at=NIGHT, relation="victim", **answers):
    told = make_registration(incident, yes_to=("victim_support",), at=at, relation=relation, **answers)
    pull_wishes(by=SYSTEM, at=at)
    return Case.objects.select_related("team", "person").get(person=told.person)


def learned(incident, **facts):
    """The coordinator changes what is known, and the job runs that follows it."""
    change_facts(incident, replace(facts_of(incident), **facts), by=make_actor(), at=NIGHT)
    entry = TrailEntry.objects.filter(verb="incident.facts_changed").latest("id")
    tasks.follow_facts(entry.pk)


def test_the_cases_follow_and_a_case_manager_is_asked_for(incident):
    case = taken_from(incident)
    learned(incident, topic=HOMICIDE)
    case.refresh_from_db()
    assert case.topic == HOMICIDE
    assert Task.objects.to_do().filter(case=case, kind=TaskKind.CASE_MANAGER).exists()
    assert TrailEntry.objects.filter(verb="case.reclassified", subject_id=case.pk).count() == 1


def test_when_a_fire_turns_out_to_be_arson_the_bereaved_get_a_case_manager_and_neighbours_do_not(incident):
    """S05-11: at the accident nobody by itself; at the homicide the five families, within the job."""
    bereaved = [taken_from(incident, relation="bereaved") for _ in range(5)]
    others = [taken_from(incident, relation=told) for told in ("resident", "witness", "responder", "other")]
    asked = Task.objects.to_do().filter(kind=TaskKind.CASE_MANAGER)
    assert not asked.exists()
    learned(incident, topic=HOMICIDE)
    assert {each.case_id for each in asked} == {each.pk for each in bereaved}
    assert {Case.objects.get(pk=each.pk).topic for each in others} == {HOMICIDE}


@pytest.mark.parametrize(("age", "through"), [("0-11", True), ("12-15", True), ("16-17", False), ("", False)])
def test_a_child_that_registered_is_reached_through_a_parent(incident, age, through):
    assert taken_from(incident, age_group=age).is_minor is through


def test_a_case_that_a_helper_gave_its_own_kind_and_one_that_is_over_stay(noordwest, incident):
    own = give(taken_from(incident), noordwest.member.ayla, at=NIGHT)
    reclassify(own, "EVT-05", is_severe=False, by=noordwest.ayla, at=NIGHT)
    over = taken_from(incident)
    Case.objects.filter(pk=over.pk).update(state=CaseState.CLOSED)
    learned(incident, topic=HOMICIDE)
    assert Case.objects.get(pk=own.pk).topic == "EVT-05"
    assert Case.objects.get(pk=over.pk).topic == over.topic


def test_other_facts_and_a_line_that_is_gone_change_no_case(incident):
    case = taken_from(incident)
    learned(incident, people=40)
    tasks.follow_facts(0)
    assert Case.objects.get(pk=case.pk).topic == case.topic
