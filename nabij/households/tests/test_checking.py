"""The conflict check: facts of two cases, never a score; apart until the leader decides."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.factories import make_organisation
from nabij.accounts.models import OrganisationKind
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases.actions import Facts, change_reach
from nabij.cases.actions.opening import write_search_keys
from nabij.cases.factories import WEDNESDAY, make_case, make_met
from nabij.cases.models import Case, SearchKey, Task, TaskKind
from nabij.households import tasks
from nabij.households.actions import bring_together, check_alert, check_case, compare_addresses, write_tie
from nabij.households.models import Apart, Tie
from nabij.households.queries import (
    alert_of_entry,
    case_of_entry,
    family_of,
    objection_to_contact,
    opposites_of,
)
from nabij.incidents.factories import make_incident
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.people.models import Person
from nabij.police.actions import Referral, receive_referral
from nabij.support.actions.meeting import visit_is_risky
from nabij.vulnerability.actions import raise_alert
from nabij.vulnerability.models import Alert

LATER = WEDNESDAY + timedelta(hours=1)


def case_of(name, team, capacity="victim", **told):
    found = make_case(name, team=team, **told)
    Case.objects.filter(pk=found.pk).update(capacity=capacity)
    return Case.objects.select_related("person", "team").get(pk=found.pk)


HOME = "Kerkstraat 12a, 1234 AB Waterdijk"


def apart_homes(noordwest):
    """A victim at one address, and somebody on the other side elsewhere, with another phone."""
    one = case_of("Elske", noordwest.team, address=HOME)
    return one, case_of("Joris", noordwest.team, "involved", phone="+31600000099", address="Dorpsweg 3")


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


def test_two_sides_at_one_address_are_apart_and_no_letter_goes_there(noordwest):
    one = case_of("Elske", noordwest.team, address=HOME)
    other = case_of("Joris", noordwest.team, "involved", phone="+31600000099", address="kerkstraat 12 A")
    look(one)
    row = Apart.objects.get()
    assert (row.is_automatic, row.tie.is_same_house) == (True, True)
    assert (conflicts(one), conflicts(other)) == (1, 1)
    assert (alerts(one), alerts(other)) == ({"same_house"}, {"family_conflict"})
    for case in (one, other):
        assert "geen brief" in objection_to_contact(case.person_id, Way.LETTER)


def test_two_sides_at_two_addresses_are_no_conflict(noordwest):
    for case in apart_homes(noordwest):
        look(case)
    assert not Tie.objects.exists()


def test_a_secret_address_is_compared_as_well(noordwest):
    one, other = apart_homes(noordwest)
    agree_contact(one.person_id, Agreed((Way.CALL,), has_secret_address=True), by=SYSTEM, at=WEDNESDAY)
    change_reach(other, {"address": HOME}, by=noordwest.olaf, at=LATER)
    look(other, LATER)
    assert Apart.objects.get().is_automatic


def test_another_organisation_is_not_compared_by_address(noordwest):
    one, far = apart_homes(noordwest)
    far.team = noordwest.member.femke.team
    far.team.organisation = make_organisation(OrganisationKind.POLICE)
    far.team.save()
    Case.objects.filter(pk=far.pk).update(team=far.team)
    write_search_keys(Case.objects.get(pk=far.pk))
    look(one)
    assert not Tie.objects.exists()


@pytest.mark.parametrize("told", [{"address": HOME}, {"phone": "+31600000051"}])
def test_a_change_is_looked_at_again_by_itself(noordwest, monkeypatch, told):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    one, other = apart_homes(noordwest)
    change_reach(other, told, by=noordwest.olaf, at=LATER)
    job = ProcrastinateJob.objects.filter(task_name="nabij.households.tasks.look_at_case").latest("id")
    tasks.look_at_case(**job.args)
    assert Apart.objects.get().is_automatic
    assert (conflicts(one), conflicts(other)) == (1, 1)


def test_a_decision_holds_until_both_turn_out_to_live_in_one_house(noordwest, victim, involved):
    look(victim)
    bring_together(victim, Tie.objects.get(), "Alleen dezelfde telefoon", by=noordwest.olaf, at=LATER)
    look(involved, LATER)
    assert not Apart.objects.filter(ended_at=None).exists()
    for case in (victim, involved):
        change_reach(case, {"address": HOME}, by=noordwest.olaf, at=LATER)
    look(involved, LATER)
    look(victim, LATER)
    assert Apart.objects.filter(ended_at=None).count() == 1
    assert alerts(victim) == {"same_house"}
    assert (conflicts(victim), conflicts(involved)) == (1, 1)
    bring_together(victim, Tie.objects.get(), "De teamleider weet het", by=noordwest.olaf, at=LATER)
    look(victim, LATER)
    assert not Apart.objects.filter(ended_at=None).exists()


def test_who_is_apart_already_stays_so_and_the_house_is_added(noordwest, victim, involved):
    look(victim)
    for case in (victim, involved):
        change_reach(case, {"address": HOME}, by=noordwest.olaf, at=LATER)
    look(victim, LATER)
    assert Apart.objects.get().tie.is_same_house
    assert alerts(victim) == {"family_conflict", "same_house"}


def test_cases_of_before_are_compared_once_batch_by_batch(noordwest):
    one = case_of("Elske", noordwest.team, address=HOME)
    case_of("Joris", noordwest.team, "involved", phone="+31600000099", address=HOME)
    case_of("Zonder adres", noordwest.team, phone="+31600000098")
    SearchKey.objects.filter(kind="address").delete()
    look(one)
    assert not Apart.objects.exists()
    first = compare_addresses(None, by=SYSTEM, at=LATER, most=1)
    assert SearchKey.objects.filter(kind="address").values("case").distinct().count() == 1
    assert compare_addresses(first, by=SYSTEM, at=LATER, most=1) is not None
    assert Apart.objects.count() == 1
    call_command("compare_addresses", stdout=StringIO())
    assert Apart.objects.count() == 1
    assert SearchKey.objects.filter(kind="address").count() == 4


def test_what_the_police_say_starts_the_whole_chain_at_once(noordwest, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    referral = Referral(make_met("Ilse"), Facts("EVT-03"), noordwest.municipality, lives_with_suspect=True)
    case = receive_referral(referral, by=noordwest.hester, at=WEDNESDAY)
    assert "geen brief" in objection_to_contact(case.person_id, Way.LETTER)
    assert visit_is_risky(case)
    job = ProcrastinateJob.objects.get(task_name="nabij.households.tasks.look_at_alert")
    tasks.look_at_alert(**job.args)
    [task] = family_of(case, noordwest.olaf, WEDNESDAY).conflicts
    assert task.is_for_leader
    Alert.objects.update(closed_at=LATER)
    tasks.look_at_alert(**job.args)
    assert conflicts(case) == 1
