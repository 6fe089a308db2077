from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.care import actions, tasks
from nabij.care.actions import mark_done, plan_care, tell_callers, write_care_list
from nabij.care.models import CareColleague, CareContact, Rest
from nabij.care.queries import contacts_for, lines_for, rests_until, who_need_a_talk
from nabij.notify.models import Message

pytestmark = pytest.mark.django_db
ENDED = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people(db):
    class People:
        imke = make_membership(Role.ON_CALL_WORKER, name="Imke Tol")
        vera = make_membership(Role.ON_CALL_WORKER, name="Vera Kok")
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        zuid = make_membership(Role.TEAM_LEADER, name="Anna Zuid", team=make_team("Zuid"))

    return People


def plan(person, *, ended=ENDED, heavy=True, deaths=False, went=True, source=None):
    plan_care(
        person, source_id=source or uuid4(), ended_at=ended, went_there=went, has_deaths=deaths,
        is_heavy=heavy, by=SYSTEM, at=ended,
    )  # fmt: skip


def put_on_list(people):
    write_care_list([people.vera, people.zuid], by=actor_for(people.olaf), at=ENDED)


def told(person, template):
    return Message.objects.filter(recipient_id=person.pk, template=template).count()


def test_three_contacts_are_planned_after_a_heavy_deployment_and_once(people):
    source = uuid4()
    plan(people.imke, source=source)
    plan(people.imke, source=source)
    rows = CareContact.objects.order_by("due_at").values_list("code", "is_for_leader", "due_at")
    assert list(rows) == [
        ("first", False, ENDED + DAY),
        ("second", True, ENDED + 7 * DAY),
        ("third", True, ENDED + 42 * DAY),
    ]


def test_a_light_deployment_gives_rest_and_becomes_heavy_when_deaths_are_known(people):
    source = uuid4()
    plan(people.imke, heavy=False, source=source)
    assert not CareContact.objects.exists()
    plan(people.imke, heavy=True, deaths=True, source=source)
    assert CareContact.objects.count() == 3
    assert Rest.objects.get().has_deaths


def test_who_went_there_rests_eleven_hours_and_who_led_by_phone_does_not(people):
    plan(people.imke)
    plan(people.vera, went=False)
    ids = [people.imke.pk, people.vera.pk]
    assert rests_until(ids, ENDED + HOUR) == {people.imke.pk: ENDED + 11 * HOUR}
    assert rests_until(ids, ENDED + 11 * HOUR) == {}


def test_two_deployments_with_deaths_in_two_weeks_ask_for_a_talk(people):
    plan(people.imke, deaths=True)
    plan(people.imke, deaths=True, ended=ENDED + 13 * DAY)
    plan(people.vera, deaths=True)
    assert who_need_a_talk([people.imke.pk, people.vera.pk], ENDED + 13 * DAY) == {people.imke.pk}
    assert who_need_a_talk([people.imke.pk], ENDED + 15 * DAY) == set()


def test_it_is_seen_by_the_person_who_calls_and_the_leader_and_by_nobody_else(people):
    plan(people.imke)
    put_on_list(people)
    seen = {
        person.user.name: contacts_for(actor_for(person), ENDED).count()
        for person in (people.imke, people.vera, people.olaf, people.zuid)
    }
    assert seen == {"Imke Tol": 3, "Vera Kok": 1, "Olaf Kruit": 3, "Anna Zuid": 0}
    coordinator = make_membership(Role.ON_CALL_COORDINATOR)
    assert not contacts_for(actor_for(coordinator), ENDED).exists()
    assert not contacts_for(SYSTEM, ENDED).exists()


def test_only_of_the_own_team_anybody_is_put_on_the_list(people):
    put_on_list(people)
    assert [each.membership for each in CareColleague.objects.all()] == [people.vera]
    with pytest.raises(PermissionDenied):
        write_care_list([people.imke], by=actor_for(people.vera), at=ENDED)


def test_the_list_is_told_at_once_and_the_leader_when_it_is_late(people):
    plan(people.imke)
    put_on_list(people)
    assert tell_callers(by=SYSTEM, at=ENDED) == 1
    assert tell_callers(by=SYSTEM, at=ENDED + HOUR) == 0
    assert (told(people.vera, "care_due"), told(people.olaf, "care_late")) == (1, 0)
    assert tell_callers(by=SYSTEM, at=ENDED + DAY) == 1
    assert told(people.olaf, "care_late") == 1
    assert tell_callers(by=SYSTEM, at=ENDED + DAY + HOUR) == 0
    assert tell_callers(by=SYSTEM, at=ENDED + 5 * DAY) == 1
    assert told(people.olaf, "care_due") == 1


def test_without_a_list_the_leader_calls_and_nobody_calls_themselves(people):
    write_care_list([people.imke], by=actor_for(people.olaf), at=ENDED)
    plan(people.imke)
    tell_callers(by=SYSTEM, at=ENDED)
    assert (told(people.imke, "care_due"), told(people.olaf, "care_due")) == (0, 1)


def test_only_that_it_was_done_is_kept(people):
    plan(people.imke)
    put_on_list(people)
    contact = CareContact.objects.get(code="first")
    for other in (people.imke, people.zuid):
        with pytest.raises(PermissionDenied):
            mark_done(contact, False, by=actor_for(other), at=ENDED)
    done = mark_done(contact, True, by=actor_for(people.vera), at=ENDED + HOUR)
    assert (done.done_by, done.wants_follow_up) == (people.vera.pk, True)
    again = mark_done(contact, False, by=actor_for(people.olaf), at=ENDED + 2 * HOUR)
    assert again.wants_follow_up
    assert len(lines_for(actor_for(people.olaf), ENDED)) == 2
    assert tell_callers(by=SYSTEM, at=ENDED + DAY) == 0


def test_a_contact_done_meanwhile_is_not_told(people):
    plan(people.imke)
    stale = list(CareContact.objects.filter(code="first"))
    mark_done(stale[0], False, by=actor_for(people.olaf), at=ENDED)
    assert not actions._tell(stale[0], SYSTEM, ENDED)


def test_the_pages(people, client):
    plan(people.imke, deaths=True)
    plan(people.imke, deaths=True, ended=ENDED + DAY)
    client.force_login(people.olaf.user)
    assert client.get("/werk/zorg/lijst/").status_code == 200
    assert client.post("/werk/zorg/lijst/", {"members": ["x"]}).status_code == 422
    text = client.post("/werk/zorg/lijst/", {"members": [people.vera.pk]}, follow=True).content.decode()
    assert "Vera Kok" in text
    assert "Imke Tol" in text
    assert "collega&#x27;s te bellen" in client.get("/werk/zorg/open/").content.decode().replace(
        "'", "&#x27;"
    )
    contact = CareContact.objects.filter(code="first").first()
    text = client.post(f"/werk/zorg/{contact.pk}/gedaan/", {"vervolg": "ja"}, follow=True).content.decode()
    assert "Wat u besprak, blijft tussen u." in text
    client.force_login(people.imke.user)
    assert "U wordt gebeld" in client.get("/werk/zorg/").content.decode()
    assert client.get("/werk/zorg/lijst/").status_code == 403
    client.force_login(people.zuid.user)
    assert client.post(f"/werk/zorg/{contact.pk}/gedaan/").status_code == 404
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    assert client.get("/werk/zorg/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_job_tells(people):
    plan(people.imke, ended=datetime(2026, 1, 1, tzinfo=UTC))
    tasks.tell_callers(0)
    assert told(people.olaf, "care_late") >= 1
