"""The conflict check: facts of two cases, never a score; apart until the leader decides."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.factories import make_organisation
from nabij.accounts.models import OrganisationKind
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, Task, TaskKind
from nabij.households.actions import bring_together, check_alert, check_case, write_tie
from nabij.households.models import Apart, Tie
from nabij.households.queries import (
    alert_of_entry,
    case_of_entry,
    family_of,
    objection_to_contact,
    opposites_of,
)
from nabij.incidents.factories import make_incident
from nabij.notify.models import Way
from nabij.people.models import Person
from nabij.vulnerability.actions import raise_alert
from nabij.vulnerability.models import Alert

LATER = WEDNESDAY + timedelta(hours=1)


def case_of(name, team, capacity="victim", **told):
    found = make_case(name, team=team, **told)
    Case.objects.filter(pk=found.pk).update(capacity=capacity)
    return Case.objects.select_related("person", "team").get(pk=found.pk)


@pytest.fixture
def victim(noordwest):
    return case_of("Elske", noordwest.team)


@pytest.fixture
def involved(noordwest):
    return case_of("Joris", noordwest.team, "involved")


def look(case, at=WEDNESDAY):
    check_case(case, by=SYSTEM, at=at)


def conflicts(case):
    return Task.objects.to_do().filter(case=case, kind=TaskKind.CONFLICT).count()


def alerts(case):
    return set(Alert.objects.filter(person=case.person, closed_at=None).values_list("kind", flat=True))


def test_two_sides_with_one_phone_are_apart_until_the_leader_decides(noordwest, victim, involved):
    look(involved)
    look(victim)
    row = Apart.objects.get()
    assert (row.is_automatic, row.tie.kind) == (True, "unknown")
    assert (conflicts(victim), conflicts(involved)) == (1, 1)
    assert alerts(victim) == alerts(involved) == {"family_conflict"}
    [member] = family_of(victim, noordwest.olaf, WEDNESDAY).members
    assert (member.name, member.kind) == ("Joris", "band nog niet bekend")
    bring_together(victim, row.tie, "Zij zijn broer en zus", by=noordwest.olaf, at=LATER)
    assert (conflicts(victim), conflicts(involved)) == (0, 0)
    look(victim, LATER)
    assert not Apart.objects.filter(ended_at=None).exists()


def test_two_sides_that_are_tied_are_found_when_the_tie_is_written(noordwest, involved):
    other = case_of("Nabestaande", noordwest.team, "bereaved", phone="+31600000099")
    assert opposites_of(other) == []
    write_tie(other, involved.reference, "partner", is_same_house=True, by=noordwest.olaf, at=WEDNESDAY)
    assert Apart.objects.get().is_automatic
    assert alerts(other) == {"same_house"}
    assert alerts(involved) == {"family_conflict"}


@pytest.mark.parametrize(
    "change",
    [
        {"happened_on": WEDNESDAY.date() - timedelta(days=9)}, {"topic": "EVT-01"}, {"state": "closed"},
        {"capacity": "witness"}, {"capacity": "victim"}, {"happened_on": None},
    ],
)  # fmt: skip
def test_another_event_another_side_or_a_closed_case_is_no_conflict(victim, involved, change):
    Case.objects.filter(pk=involved.pk).update(**change)
    for case in Case.objects.select_related("person", "team"):
        look(case)
    assert not Tie.objects.exists()


def test_one_event_is_one_event_whatever_its_kind(noordwest, victim, involved):
    event = make_incident()
    Case.objects.update(incident=event)
    Case.objects.filter(pk=involved.pk).update(topic="EVT-01")
    look(Case.objects.select_related("team").get(pk=victim.pk))
    assert conflicts(involved) == 1


def test_another_phone_or_another_organisation_is_no_conflict(noordwest, victim):
    case_of("Ander nummer", noordwest.team, "involved", phone="+31600000099")
    far = case_of("Ver weg", noordwest.member.femke.team, "involved")
    far.team.organisation = make_organisation(OrganisationKind.POLICE)
    far.team.save()
    look(victim)
    assert not Tie.objects.exists()


def test_a_suspect_at_the_address_is_a_task_and_nobody_is_written_down(noordwest, victim):
    people = Person.objects.count()
    alert = raise_alert(victim.person, "same_house", by=noordwest.olaf, at=WEDNESDAY)
    press = raise_alert(victim.person, "press", by=noordwest.olaf, at=WEDNESDAY)
    check_alert(press, by=SYSTEM, at=WEDNESDAY)
    assert conflicts(victim) == 0
    check_alert(alert, by=SYSTEM, at=WEDNESDAY)
    assert conflicts(victim) == 1
    assert (Person.objects.count(), Tie.objects.count()) == (people, 0)


def test_the_check_starts_by_itself(noordwest, victim, involved):
    raise_alert(victim.person, "same_house", by=noordwest.olaf, at=WEDNESDAY)
    jobs = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert {"nabij.households.tasks.look_at_case", "nabij.households.tasks.look_at_alert"} <= set(jobs)


def test_a_line_of_the_trail_leads_to_what_is_still_there(noordwest, victim):
    alert = raise_alert(victim.person, "same_house", by=noordwest.olaf, at=WEDNESDAY)
    opened = TrailEntry.objects.get(verb="case.opened", subject_id=victim.pk).pk
    raised = TrailEntry.objects.get(verb="alert.raised", subject_id=alert.pk).pk
    assert (case_of_entry(opened), alert_of_entry(raised)) == (victim, alert)
    Alert.objects.update(closed_at=LATER)
    Case.objects.all().delete()
    assert (case_of_entry(opened), alert_of_entry(raised)) == (None, None)


def test_contact_that_the_map_says_nothing_about_meets_no_objection(victim):
    assert objection_to_contact(victim.person_id, Way.VISIT) == ""
