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


def taken_from(incident, at=NIGHT):
    make_registration(incident, yes_to=("victim_support",), at=at)
    pull_wishes(by=SYSTEM, at=at)
    return Case.objects.select_related("team", "person").latest("opened_at", "id")


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
