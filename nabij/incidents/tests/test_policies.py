from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, link_of
from nabij.incidents import policies
from nabij.incidents.actions import close_incident, write_note
from nabij.incidents.factories import NIGHT, make_incident, make_request
from nabij.incidents.models import TimelineNote
from nabij.incidents.queries import incidents_for, notes_for, requests_for

pytestmark = pytest.mark.django_db

ROLES = {
    "officer": Role.DUTY_OFFICER,
    "operator": Role.CONTROL_ROOM,
    "ghor": Role.GHOR_OFFICER,
    "coordinator": Role.ON_CALL_COORDINATOR,
    "leader": Role.TEAM_LEADER,
    "advice": Role.ADVICE_LINE,
    "worker": Role.ON_CALL_WORKER,
    "editor": Role.IAC_EDITOR,
    "admin": Role.ADMINISTRATOR,
}
COORDINATION = {"coordinator", "leader", "advice"}
ASKERS = {"officer", "operator", "ghor"} | COORDINATION
SEERS = ASKERS | {"editor"}


@pytest.fixture
def people():
    """One of each role in the region of Heidebeek, and nobodies."""
    found = {name: make_actor(role) for name, role in ROLES.items()}
    return {**found, "system": SYSTEM, "anonymous": ANONYMOUS, "link": link_of(uuid4())}


@pytest.fixture
def elsewhere():
    """The same roles in another region, served by another team."""
    team = make_team("Zuid")
    duinrand = make_municipality("GM9003", "Duinrand", region=make_region("VR92", team=team))
    return {name: make_actor(role, municipality=duinrand, team=team) for name, role in ROLES.items()}


def allowed(people: dict[str, Actor], rule) -> set[str]:
    return {name for name, actor in people.items() if rule(actor)}


def test_who_sees_an_incident_and_in_another_region_it_does_not_exist(people, elsewhere):
    incident = make_incident()
    assert allowed(people, lambda each: policies.can_see(each, incident, NIGHT)) == SEERS | {"system"}
    assert allowed(elsewhere, lambda each: policies.can_see(each, incident, NIGHT)) == set()


def test_the_rules_of_one_page_look_up_once_who_sees_it(people, django_assert_num_queries):
    incident, coordinator = make_incident(), people["coordinator"]
    with django_assert_num_queries(1):
        assert policies.can_close(coordinator, incident, NIGHT)
        assert policies.can_link_earlier(coordinator, incident, NIGHT)


def test_what_one_sees_is_looked_up_again_for_another_person_and_at_a_later_moment(people, elsewhere):
    incident, later = make_incident(), NIGHT + timedelta(seconds=1)
    assert policies.can_see(people["coordinator"], incident, NIGHT)
    assert not policies.can_see(elsewhere["coordinator"], incident, NIGHT)
    incident.municipalities.clear()
    assert not policies.can_see(people["coordinator"], incident, later)


def test_who_works_for_the_whole_country_sees_every_incident():
    national = make_actor(Role.ON_CALL_COORDINATOR, is_national=True)
    incident = make_incident()
    assert list(incidents_for(national, NIGHT)) == [incident]


def test_who_asked_help_for_another_municipality_keeps_seeing_that_incident(elsewhere):
    request = make_request(by=elsewhere["officer"], municipalities=(make_municipality(),))
    assert request.incident.municipality_codes == ("GM9001",)
    assert policies.can_see(elsewhere["officer"], request.incident, NIGHT)
    assert not policies.can_see(elsewhere["ghor"], request.incident, NIGHT)


def test_victim_support_elsewhere_sees_what_it_entered_itself_and_not_what_colleagues_did(people, elsewhere):
    request = make_request(by=elsewhere["coordinator"], municipalities=(make_municipality(),))
    assert policies.can_see(elsewhere["coordinator"], request.incident, NIGHT)
    assert not policies.can_see(elsewhere["leader"], request.incident, NIGHT)


def test_who_may_report(people):
    assert allowed(people, lambda each: policies.can_report(each, NIGHT)) == ASKERS | {"anonymous", "system"}


def test_who_may_join_an_open_incident(people, elsewhere):
    incident = make_incident()
    assert allowed(people, lambda each: policies.can_join(each, incident, NIGHT)) == ASKERS
    assert allowed(elsewhere, lambda each: policies.can_join(each, incident, NIGHT)) == set()


def test_who_may_change_facts_and_grip(people, elsewhere):
    incident = make_incident(by=make_actor(Role.ON_CALL_COORDINATOR))
    leaders = {"officer"} | COORDINATION
    assert allowed(people, lambda each: policies.can_change_facts(each, incident, NIGHT)) == leaders
    assert allowed(people, lambda each: policies.can_set_grip(each, incident, NIGHT)) == leaders | {
        "operator",
        "ghor",
    }
    assert allowed(elsewhere, lambda each: policies.can_change_facts(each, incident, NIGHT)) == set()
    assert allowed(elsewhere, lambda each: policies.can_set_grip(each, incident, NIGHT)) == set()


def test_who_asked_help_may_change_the_facts_too(people):
    incident = make_incident(by=people["ghor"])
    assert policies.can_change_facts(people["ghor"], incident, NIGHT)
    assert not policies.can_change_facts(people["operator"], incident, NIGHT)


def test_nobody_joins_or_changes_what_is_closed(people):
    incident = close_incident(make_incident(), by=people["coordinator"], at=NIGHT)
    for rule in (policies.can_join, policies.can_change_facts, policies.can_set_grip, policies.can_close):
        assert allowed(people, lambda each, rule=rule: rule(each, incident, NIGHT)) == set()


def test_who_may_take_in_hand_close_and_reopen(people, elsewhere):
    incident = make_incident()
    hands = COORDINATION | {"system", "link"}
    assert allowed(people, lambda each: policies.can_activate(each, incident, NIGHT)) == hands
    assert allowed(people, lambda each: policies.can_close(each, incident, NIGHT)) == COORDINATION
    assert allowed(people, lambda each: policies.can_reopen(each, incident, NIGHT)) == set()
    closed = close_incident(incident, by=people["coordinator"], at=NIGHT)
    assert allowed(people, lambda each: policies.can_reopen(each, closed, NIGHT)) == COORDINATION
    for rule in (policies.can_activate, policies.can_close, policies.can_reopen):
        assert allowed(elsewhere, lambda each, rule=rule: rule(each, closed, NIGHT)) == set()


def test_who_may_link_a_repeat(people, elsewhere):
    incident = make_incident()
    expected = {"officer"} | COORDINATION
    assert allowed(people, lambda each: policies.can_link_earlier(each, incident, NIGHT)) == expected
    assert allowed(elsewhere, lambda each: policies.can_link_earlier(each, incident, NIGHT)) == set()


def test_who_may_confirm_arrange_and_withdraw_a_request(people, elsewhere):
    request = make_request(by=people["officer"])
    assert allowed(people, lambda each: policies.can_confirm(each, request, NIGHT)) == {"operator"}
    assert allowed(people, lambda each: policies.can_arrange(each, request, NIGHT)) == COORDINATION
    withdrawers = COORDINATION | {"officer"}
    assert allowed(people, lambda each: policies.can_withdraw(each, request, NIGHT)) == withdrawers
    for rule in (policies.can_confirm, policies.can_arrange, policies.can_withdraw):
        assert allowed(elsewhere, lambda each, rule=rule: rule(each, request, NIGHT)) == set()


def test_name_and_phone_of_the_asker_are_for_who_calls_back(people):
    request = make_request(by=people["ghor"])
    expected = COORDINATION | {"operator", "ghor"}
    assert allowed(people, lambda each: policies.can_see_contact(each, request, NIGHT)) == expected
    unverified = make_request(by=ANONYMOUS)
    expected = COORDINATION | {"operator"}
    assert allowed(people, lambda each: policies.can_see_contact(each, unverified, NIGHT)) == expected


def test_who_writes_and_who_erases(people, elsewhere):
    incident = make_incident()
    assert allowed(people, lambda each: policies.can_write_note(each, incident, NIGHT)) == ASKERS
    assert allowed(elsewhere, lambda each: policies.can_write_note(each, incident, NIGHT)) == set()
    note = write_note(incident, "38 mensen", is_shared=True, by=people["coordinator"], at=NIGHT)
    assert allowed(people, lambda each: policies.can_erase_note(each, note, NIGHT)) == COORDINATION
    assert allowed(elsewhere, lambda each: policies.can_erase_note(each, note, NIGHT)) == set()
    moved_away = replace(people["coordinator"], municipality_codes=frozenset(), organisation_id=uuid4())
    assert not policies.can_erase_note(moved_away, note, NIGHT)


def test_a_note_for_ones_own_organisation_does_not_exist_for_others(people):
    incident = make_incident(by=people["officer"])
    own = write_note(incident, "Bel Imke", is_shared=False, by=people["coordinator"], at=NIGHT)
    later = NIGHT + timedelta(minutes=1)
    shared = write_note(incident, "Zaal open", is_shared=True, by=people["coordinator"], at=later)
    assert list(notes_for(people["leader"], NIGHT)) == [own, shared]
    assert list(notes_for(people["officer"], NIGHT)) == [shared]
    assert list(notes_for(ANONYMOUS, NIGHT)) == []
    assert list(TimelineNote.objects.filter(policies.notes_visible_to(SYSTEM))) == [own, shared]


def test_requests_follow_their_incident(people, elsewhere):
    request = make_request(by=people["officer"])
    assert list(requests_for(people["editor"], NIGHT)) == [request]
    assert list(requests_for(elsewhere["coordinator"], NIGHT)) == []


def test_a_safety_region_may_set_grip_when_it_sees_the_incident():
    incident = make_incident()
    region = Actor(
        ActorKind.MEMBERSHIP,
        id=uuid4(),
        organisation_id=uuid4(),
        organisation_kind=OrganisationKind.SAFETY_REGION,
        permissions=frozenset({"see_incidents"}),
        municipality_codes=frozenset({"GM9001"}),
    )
    assert policies.can_set_grip(region, incident, NIGHT)


def test_an_editor_of_the_same_organisation_sees_no_name_or_number_of_who_asked(people):
    request = make_request(by=people["coordinator"], municipalities=(make_municipality(),))
    assert request.organisation_id == people["editor"].organisation_id
    assert not policies.can_see_contact(people["editor"], request, NIGHT)
    assert policies.can_see_contact(people["coordinator"], request, NIGHT)
