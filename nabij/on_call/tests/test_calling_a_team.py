"""Calling a team: a language, the next group, other regions when the own one is short (S01, variant c)."""

from datetime import timedelta

import pytest

from nabij.academy.factories import make_certified
from nabij.academy.models import Certificate
from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import NIGHT
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.on_call.actions import call_workers
from nabij.on_call.factories import make_answer, make_on_call
from nabij.on_call.models import Deployment
from nabij.on_call.queries import passed_over_at, workers_to_ask
from nabij.paging.actions import accept, decline, give_reason
from nabij.paging.factories import make_page, take_due_steps
from nabij.paging.models import Ask, PageNeed, Way
from nabij.rosters.actions import write_profile
from nabij.rosters.languages import COORDINATOR_SKILL
from nabij.rosters.models import Seat


@pytest.fixture
def story(night):
    """The explosion, with Bram in charge and two workers of another region on duty there."""
    night.incident = make_answer(by=night.nadia).request.incident
    take_due_steps(NIGHT)
    night.coordinator = actor_for(night.bram)
    zuid = make_team("Zuid")
    night.ilse = make_on_call(Seat.WORKER, name="Ilse Ros", team=zuid, role=Role.ON_CALL_WORKER)
    night.emre = make_on_call(Seat.WORKER, name="Emre Yildiz", team=zuid, role=Role.ON_CALL_WORKER)
    return night


def asked(page):
    return {ask.membership.user.name for ask in page.asks.select_related("membership__user")}


def answer(page, person, yes=True):
    ask = Ask.objects.select_related("page").get(page=page, membership=person)
    by = actor_for(person)
    return accept(ask, by=by, at=NIGHT, way=Way.APP) if yes else decline(ask, by=by, at=NIGHT)


def test_with_one_certified_worker_left_the_other_region_is_asked_at_once(story):
    Certificate.objects.filter(user=story.youssef.user, module="VEILIG").delete()
    page = call_workers(story.incident, 2, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    assert asked(page) == {"Imke Tol", "Ilse Ros", "Emre Yildiz"}


def test_enough_on_duty_leaves_the_other_region_asleep(story):
    page = call_workers(story.incident, 2, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    assert asked(page) == {"Imke Tol", "Youssef Amrani"}


def test_one_who_speaks_turkish_is_found_in_the_other_region(story):
    write_profile(story.emre.pk, languages=["tr"], by=actor_for(story.emre), at=NIGHT)
    page = call_workers(story.incident, 2, languages={"tr": 1}, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    answer(page, story.imke)
    answer(page, story.youssef)  # stands by: the last place is for Turkish
    take_due_steps(NIGHT)
    answer(page, story.emre)
    coming = set(Deployment.objects.values_list("membership__user__name", flat=True))
    assert coming == {"Imke Tol", "Emre Yildiz"}


def test_who_is_deployed_or_lives_there_is_not_asked_again(story):
    page = call_workers(story.incident, 2, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    answer(page, story.imke)
    answer(page, story.youssef, yes=False)
    ask = Ask.objects.get(page=page, membership=story.youssef)
    give_reason(ask, "own_street", by=actor_for(story.youssef), at=NIGHT)
    take_due_steps(NIGHT)
    answer(page, story.ilse)
    again = call_workers(story.incident, 1, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    assert asked(again) == {"Emre Yildiz"}


def test_a_deployment_that_nobody_ended_does_not_keep_somebody_from_later_calls(story):
    page = call_workers(story.incident, 1, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    answer(page, story.imke)
    other = make_answer(by=story.nadia, place="Havenkade 3").request.incident
    assert workers_to_ask(make_page("workers", thread_id=other.pk), "worker", [story.imke.pk], NIGHT) == []
    later = NIGHT + timedelta(hours=15)
    page = make_page("workers", thread_id=other.pk)
    assert workers_to_ask(page, "worker", [story.imke.pk], later) == [story.imke.pk]


def test_an_exercise_keeps_nobody_from_a_real_call_and_a_real_one_does_from_an_exercise(story):
    page = call_workers(story.incident, 1, by=story.coordinator, at=NIGHT)
    take_due_steps(NIGHT)
    answer(page, story.imke)
    other = make_answer(by=story.nadia, place="Havenkade 3").request.incident
    for is_exercise, found in ((True, [story.imke.pk]), (False, [])):
        Incident.objects.filter(pk=story.incident.pk).update(is_exercise=is_exercise)
        real = make_page("workers", thread_id=other.pk)
        assert workers_to_ask(real, "worker", [story.imke.pk], NIGHT) == found
        tried = make_page("workers", thread_id=other.pk, exercise=True)
        assert workers_to_ask(tried, "worker", [story.imke.pk], NIGHT) == []


def test_more_languages_than_people_is_refused(story):
    with pytest.raises(Refused, match="meer talen dan mensen"):
        call_workers(story.incident, 1, languages={"tr": 1, "ar": 1}, by=story.coordinator, at=NIGHT)


def test_the_coordinator_calls_with_a_language_and_changes_the_call(story, client):
    client.force_login(story.bram.user)
    lead = f"/werk/piket/{story.incident.pk}/"
    client.post(f"{lead}medewerkers/", {"needed": "2", "language": "tr"})
    take_due_steps(NIGHT)
    page = Ask.objects.filter(page__kind="workers").latest("asked_at").page
    shown = client.get(lead).content.decode()
    assert "nog nodig: iemand die Turks spreekt" in shown
    change = f"{lead}oproep/{page.pk}/"
    assert client.post(change).status_code == 302
    assert client.post(change, {"zonder": "lang:tr"}).status_code == 302
    assert "Turks spreekt" not in client.get(f"{lead}mensen/").content.decode()
    page.moments.all().delete()
    assert "geen volgende groep" in client.post(change, follow=True).content.decode()


def test_the_coordinator_reads_who_is_on_duty_and_not_called(story, client):
    Certificate.objects.filter(user=story.youssef.user, module="PIKET").delete()
    [passed] = passed_over_at(story.incident, story.coordinator, NIGHT)
    assert passed.duty.membership == story.youssef
    assert str(passed.lacking) == "Piket en hulp ter plaatse ontbreekt"
    client.force_login(story.bram.user)
    shown = client.get(f"/werk/piket/{story.incident.pk}/").content.decode()
    assert "In dienst, maar niet op te roepen" in shown


def test_who_lives_near_is_asked_first_and_who_told_nothing_last(story):
    town = story.incident.municipalities.get()
    beside = make_municipality("GM9077", "Naastdorp", region=town.safety_region)
    far = make_municipality("GM9078", "Verweg", region=make_region("VR92"))
    page = make_page("workers", thread_id=story.incident.pk)
    people = [each.pk for each in (story.imke, story.youssef, story.ilse, story.emre)]
    assert workers_to_ask(page, "worker", people, NIGHT) == people
    for person, home in ((story.youssef, far), (story.ilse, beside), (story.emre, town)):
        write_profile(person.pk, languages=[], home=home, by=actor_for(person), at=NIGHT)
    near = [story.emre.pk, story.ilse.pk]
    assert workers_to_ask(page, "worker", people, NIGHT) == [*near, story.imke.pk, story.youssef.pk]
    assert workers_to_ask(page, "off_duty", people, NIGHT) == near


def test_one_coordinator_and_two_workers_of_whom_one_speaks_turkish(story):
    """The call stays open until the right people said yes, and lets the others go."""
    accept(Ask.objects.get(membership=story.bram), by=story.coordinator, at=NIGHT, way=Way.APP)
    sofie = make_on_call(Seat.SECOND_COORDINATOR, name="Sofie Akkerman", role=Role.ON_CALL_COORDINATOR)
    write_profile(story.youssef.pk, languages=["tr"], by=actor_for(story.youssef), at=NIGHT)
    page = call_workers(
        story.incident, 2, languages={"tr": 1}, with_coordinator=True, by=story.coordinator, at=NIGHT
    )
    take_due_steps(NIGHT)
    assert page.needed == 3
    assert asked(page) >= {"Imke Tol", "Youssef Amrani", "Sofie Akkerman"}
    assert "Bram Kooistra" not in asked(page), "who leads by phone is not sent"
    answer(page, story.imke)
    answer(page, story.youssef)
    page.refresh_from_db()
    assert not page.is_closed, "the place of the coordinator stays free"
    answer(page, sofie)
    page.refresh_from_db()
    assert page.is_closed


def test_a_coordinator_off_duty_is_asked_when_none_on_a_chair_can_come(story):
    free = make_certified(
        make_membership(Role.ON_CALL_COORDINATOR, name="Ria Vrij"),
        on=NIGHT.date(),
        task="on_call_coordinator",
    )
    page = make_page("workers", thread_id=story.incident.pk, team_id=story.bram.team_id)
    PageNeed.objects.create(page=page, skill=COORDINATOR_SKILL)
    assert workers_to_ask(page, "off_duty", [], NIGHT) == [free.pk]
    assert workers_to_ask(page, "neighbour", [], NIGHT) == []
