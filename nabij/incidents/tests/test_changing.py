import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents import actions
from nabij.incidents.factories import NIGHT, make_incident
from nabij.incidents.facts import facts_of
from nabij.incidents.models import ALLOWED, Incident, RepeatLink, Status
from nabij.incidents.refusals import FactsConflict, Refused

pytestmark = pytest.mark.django_db


def worker():
    return make_actor(Role.ON_CALL_WORKER)


def test_changed_facts_come_back_by_name_so_that_everybody_paged_can_be_told():
    bram, incident = make_actor(), make_incident()
    new = replace(facts_of(incident), people=45, place="Reigerplein", happened_at=NIGHT)
    assert actions.change_facts(incident, new, by=bram, at=NIGHT) == ["place", "happened_at", "people"]
    assert (incident.people, incident.place, incident.place_key) == (45, "Reigerplein", "reigerplein")
    entry = TrailEntry.objects.get(verb="incident.facts_changed")
    assert entry.facts == {"people": 45, "place": True, "happened_at": True}


def test_the_same_facts_again_change_nothing_and_leave_no_trace():
    incident = make_incident()
    assert actions.change_facts(incident, facts_of(incident), by=make_actor(), at=NIGHT) == []
    assert not TrailEntry.objects.filter(verb="incident.facts_changed").exists()


def test_an_event_that_crosses_the_border_gets_a_second_municipality():
    incident = make_incident()
    make_municipality("GM9002", "Waterdijk")
    new = replace(facts_of(incident), municipality_codes=("GM9001", "GM9002"))
    assert actions.change_facts(incident, new, by=make_actor(), at=NIGHT) == ["municipality_codes"]
    assert Incident.objects.get().municipality_codes == ("GM9001", "GM9002")


def test_two_coordinators_who_change_different_facts_both_get_their_way():
    bram, bart, incident = make_actor(), make_actor(), make_incident()
    seen = facts_of(incident)
    actions.change_facts(incident, replace(seen, people=45), by=bram, at=NIGHT, seen=seen)
    assert actions.change_facts(incident, replace(seen, injured=5), by=bart, at=NIGHT, seen=seen) == [
        "injured"
    ]
    assert (incident.people, incident.injured) == (45, 5)


def test_two_coordinators_who_change_the_same_fact_hear_of_each_other():
    bram, bart, incident = make_actor(), make_actor(), make_incident()
    seen = facts_of(incident)
    actions.change_facts(incident, replace(seen, people=45), by=bram, at=NIGHT, seen=seen)
    with pytest.raises(FactsConflict) as caught:
        actions.change_facts(incident, replace(seen, people=50), by=bart, at=NIGHT, seen=seen)
    assert caught.value.fields == ["people"]
    assert caught.value.current.people == 45
    assert actions.change_facts(incident, replace(seen, people=45), by=bart, at=NIGHT, seen=seen) == []


def test_who_may_not_change_facts_or_grip_is_refused():
    incident = make_incident()
    with pytest.raises(PermissionDenied):
        actions.change_facts(incident, facts_of(incident), by=worker(), at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.set_grip(incident, 1, by=worker(), at=NIGHT)


def test_grip_goes_from_0_to_5_and_is_written_once():
    marit, incident = make_actor(Role.DUTY_OFFICER), make_incident()
    assert actions.set_grip(incident, 3, by=marit, at=NIGHT)
    assert not actions.set_grip(incident, 3, by=marit, at=NIGHT)
    assert incident.grip == 3
    assert TrailEntry.objects.get(verb="incident.grip_set").facts == {"was": 0, "grip": 3}
    for wrong in (-1, 6):
        with pytest.raises(Refused, match="0 tot en met 5"):
            actions.set_grip(incident, wrong, by=marit, at=NIGHT)


def test_a_reported_incident_is_taken_in_hand_once():
    incident = make_incident()
    assert actions.activate_incident(incident, by=SYSTEM, at=NIGHT)
    assert not actions.activate_incident(incident, by=make_actor(), at=NIGHT)
    assert incident.status == Status.ACTIVE
    with pytest.raises(PermissionDenied):
        actions.activate_incident(incident, by=worker(), at=NIGHT)


def test_closing_can_be_taken_back():
    bram, incident = make_actor(), make_incident()
    closed = actions.close_incident(incident, by=bram, at=NIGHT)
    assert (closed.status, closed.closed_at, closed.closed_by_id) == (Status.CLOSED, NIGHT, bram.id)
    with pytest.raises(Refused, match="al afgesloten"):
        actions.close_incident(incident, by=bram, at=NIGHT)
    opened = actions.reopen_incident(incident, by=bram, at=NIGHT)
    assert (opened.status, opened.closed_at, opened.closed_by_id) == (Status.ACTIVE, None, None)
    with pytest.raises(Refused, match="al"):
        actions.reopen_incident(incident, by=bram, at=NIGHT)


def test_who_does_not_coordinate_cannot_close_or_reopen():
    incident = make_incident()
    with pytest.raises(PermissionDenied):
        actions.close_incident(incident, by=make_actor(Role.DUTY_OFFICER), at=NIGHT)
    actions.close_incident(incident, by=make_actor(), at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.reopen_incident(incident, by=make_actor(Role.DUTY_OFFICER), at=NIGHT)


def test_every_status_can_be_reached_and_left():
    assert set(ALLOWED) == set(Status)
    assert set().union(*ALLOWED.values()) == {Status.ACTIVE, Status.CLOSED}


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_close_at_once_close_it_once():
    incident, people = make_incident(), [make_actor(), make_actor()]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def close(by):
        start.wait()
        try:
            actions.close_incident(incident, by=by, at=NIGHT)
            outcomes.append("closed")
        except Refused as refusal:
            outcomes.append(refusal.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close, args=[each]) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["Deze gebeurtenis is al afgesloten.", "closed"]
    assert TrailEntry.objects.filter(verb="incident.closed").count() == 1


def test_the_database_itself_refuses_a_closed_incident_without_a_moment():
    incident = make_incident()
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status=Status.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(grip=6)


def test_a_repeat_is_linked_once_and_can_be_taken_back():
    nadia = make_actor(Role.DUTY_OFFICER)
    first = make_incident(place="Dorpsstraat")
    later = NIGHT + timedelta(days=24)
    second = make_incident(place="Reigerplein", happened_at=later, at=later)
    link = actions.link_earlier(second, first, by=nadia, at=later)
    assert actions.link_earlier(second, first, by=nadia, at=later) == link
    assert link.linked_by_id == nadia.id
    assert actions.unlink_earlier(second, first, by=nadia, at=later)
    assert not actions.unlink_earlier(second, first, by=nadia, at=later)
    assert not RepeatLink.objects.exists()


def test_a_repeat_must_be_earlier_another_and_as_real():
    nadia = make_actor(Role.DUTY_OFFICER)
    first = make_incident(place="Dorpsstraat")
    later = NIGHT + timedelta(days=24)
    second = make_incident(place="Reigerplein", happened_at=later, at=later)
    exercise = make_incident(is_exercise=True)
    for incident, earlier in ((first, first), (first, second), (second, exercise)):
        with pytest.raises(Refused):
            actions.link_earlier(incident, earlier, by=nadia, at=later)
    with pytest.raises(PermissionDenied):
        actions.link_earlier(second, first, by=worker(), at=later)
    with pytest.raises(PermissionDenied):
        actions.unlink_earlier(second, first, by=worker(), at=later)
    far = make_incident(municipalities=(make_municipality("GM9003", "Duinrand"),))
    with pytest.raises(PermissionDenied):
        actions.link_earlier(second, far, by=nadia, at=later)
