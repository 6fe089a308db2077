import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from nabij.accounts.factories import (
    make_actor,
    make_membership,
    make_municipality,
    make_region,
    make_team,
)
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.audit.models import TrailEntry
from nabij.contact.doors import CallerKind, Urgency
from nabij.incidents.actions import close_incident
from nabij.incidents.factories import make_report
from nabij.incidents.models import HelpRequest, Incident
from nabij.incidents.refusals import Refused
from nabij.notify.models import Message
from nabij.on_call import rules
from nabij.on_call.actions import ask_help
from nabij.on_call.factories import make_answer, make_ask, make_night, make_on_call
from nabij.on_call.links import link_token
from nabij.on_call.models import HelpAnswer
from nabij.on_call.queries import answer_of_link
from nabij.on_call.routes import Route
from nabij.on_call.said import said_of
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, Way
from nabij.rosters.models import Duty, Seat

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 13, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def asked_people():
    return [ask.membership for ask in Ask.objects.select_related("membership").order_by("asked_at")]


def verbs(answer):
    return list(
        TrailEntry.objects.filter(thread_id=answer.request.incident_id).values_list("verb", flat=True)
    )


def test_at_night_an_urgent_request_pages_the_coordinator_and_is_answered_at_once(night):
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    assert asked_people() == [night.bram]
    assert (answer.route, answer.first_seat, answer.team) == (Route.PAGE, "coordinator", night.bram.team)
    assert answer.request.door == "CHN-03"
    said = said_of(answer, NIGHT)
    assert "piketcoördinator" in said.alerted
    assert said.phones_control_room
    assert said.call == "om 03.41 uur"
    assert "buiten openingstijden" in said.doors.primary.reason
    assert "CHN-01" not in {door.key for door in (said.doors.primary, *said.doors.others)}
    assert "Bram" not in str(said)
    assert {"help.answered", "page.started"} <= set(verbs(answer))


def test_a_silent_coordinator_gives_way_to_the_second_and_then_to_the_national_one(night):
    make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    take_due_steps(NIGHT + 10 * MINUTE)
    assert night.sofie in asked_people()
    assert night.bart not in asked_people()
    take_due_steps(NIGHT + 20 * MINUTE)
    assert night.bart in asked_people()


def test_on_a_tuesday_afternoon_the_advice_desk_gets_it_and_nobody_is_paged(night):
    answer = make_answer(by=night.nadia, at=TUESDAY, happened_at=TUESDAY)
    assert (answer.route, answer.page, answer.request.door) == (Route.DESK, None, "CHN-01")
    assert not Page.objects.exists()
    said = said_of(answer, TUESDAY)
    assert "Professional" in said.doors.primary.how
    assert not said.phones_control_room
    assert answer.call_expected_at == TUESDAY + 30 * MINUTE


def test_not_urgent_at_night_pages_nobody_and_waits_for_the_next_opening_moment(night):
    answer = make_answer(by=night.nadia, urgency=Urgency.NOT_URGENT)
    assert (answer.route, answer.page) == (Route.QUEUE, None)
    assert answer.call_expected_at == datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
    assert "maandag 11 januari 2027 om 08.00 uur" in said_of(answer, NIGHT).call
    assert not Page.objects.exists()


def test_a_school_at_night_is_shown_the_right_door_and_pages_nobody(night):
    answer = make_answer(by=ANONYMOUS, caller_kind=CallerKind.SCHOOL)
    assert (answer.route, answer.page) == (Route.OTHER_DOOR, None)
    assert "de gemeente of de politie" in said_of(answer, NIGHT).doors.primary.reason
    assert not Page.objects.exists()


def test_without_a_coordinator_the_asker_hears_at_once_that_the_next_one_is_paged(night):
    Duty.objects.filter(seat__in=[Seat.COORDINATOR, Seat.SECOND_COORDINATOR]).delete()
    answer = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    assert answer.first_seat == "national"
    assert "landelijke achterwacht" in said_of(answer, NIGHT).alerted
    assert asked_people() == [night.bart]


def test_with_nobody_on_call_at_all_the_answer_says_so_and_sends_the_asker_to_the_control_room(night):
    Duty.objects.all().delete()
    answer = make_answer(by=night.nadia)
    said = said_of(answer, NIGHT)
    assert said.is_alarming
    assert said.phones_control_room
    assert "niemand in dienst" in said.alerted
    assert "help.nobody_on_call" in verbs(answer)
    take_due_steps(NIGHT)
    assert "page.exhausted" in verbs(answer)


def test_without_a_login_the_request_is_unverified_and_the_message_says_to_call_back_first(night):
    answer = make_answer(by=ANONYMOUS)
    assert not answer.request.is_verified
    ask = make_ask(answer)
    assert ask.membership == night.bram
    from nabij.paging.queries import facts_of

    assert facts_of(ask.page)["what"].startswith("Bel eerst terug")
    token = link_token(answer)
    assert answer_of_link(token, NIGHT) == answer
    assert answer_of_link(token, NIGHT + timedelta(hours=24)) is None
    assert answer_of_link("onzin", NIGHT) is None


def test_an_event_in_two_regions_pages_the_team_of_the_first_and_tells_the_other(night):
    south = make_region("VR92", team=make_team("Zuid"))
    other = make_municipality("GM9003", "Zandveld", region=south)
    pia = make_on_call(Seat.COORDINATOR, name="Pia Roos", team=make_team("Zuid"))
    answer = make_answer(by=night.nadia, municipalities=(make_municipality(), other))
    take_due_steps(NIGHT)
    assert asked_people() == [night.bram]
    assert list(answer.other_teams.all()) == [pia.team]
    assert Message.objects.get(template="help_other_region").recipient_id == pia.pk
    assert "help.region_told" in verbs(answer)


def test_an_event_in_two_municipalities_of_one_region_tells_no_other_team(night):
    neighbour = make_municipality("GM9002", "Duinrand")
    answer = make_answer(by=night.nadia, municipalities=(make_municipality(), neighbour))
    assert not answer.other_teams.exists()
    assert answer.request.incident.municipalities.count() == 2


def test_a_region_without_a_team_pages_the_national_seat(night):
    lonely = make_region("VR99")
    lonely.team = None
    lonely.save()
    place = make_municipality("GM9009", "Eiland", region=lonely)
    answer = make_answer(by=make_actor(Role.DUTY_OFFICER, municipality=place), municipalities=(place,))
    assert (answer.team, answer.first_seat) == (None, "national")


def test_the_same_form_sent_twice_is_one_request_and_pages_once(night):
    report = make_report()
    first = ask_help(report, by=night.nadia, at=NIGHT)
    second = ask_help(report, by=night.nadia, at=NIGHT + MINUTE)
    assert first == second
    assert (HelpRequest.objects.count(), Page.objects.count()) == (1, 1)


def test_a_request_entered_without_an_answer_gets_one_when_it_is_sent_again(night):
    from nabij.incidents.actions import report_incident

    report = make_report()
    report_incident(report, by=night.nadia, at=NIGHT)
    assert ask_help(report, by=night.nadia, at=NIGHT).page is not None


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_the_same_moment_make_one_request_and_one_page():
    world = make_night()
    report = make_report()
    gate, found = threading.Barrier(2), []

    def send():
        gate.wait()
        try:
            found.append(ask_help(report, by=world.nadia, at=NIGHT).pk)
        finally:
            connections.close_all()

    both = [threading.Thread(target=send) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert (HelpRequest.objects.count(), Page.objects.count(), Incident.objects.count()) == (1, 1, 1)


def break_paging():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''no pages tonight''; END'"
        )
        cursor.execute("CREATE TRIGGER refuse BEFORE INSERT ON paging_page EXECUTE FUNCTION refuse()")


def mend_paging():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse ON paging_page")


def test_when_paging_fails_the_request_stands_and_the_failure_is_said(night):
    break_paging()
    answer = make_answer(by=night.nadia)
    answer.refresh_from_db()
    assert answer.has_failed
    assert HelpRequest.objects.filter(pk=answer.request_id).exists()
    assert "help.paging_failed" in verbs(answer)
    said = said_of(answer, NIGHT)
    assert said.is_alarming
    assert "niet gelukt" in said.alerted
    assert said.phones_control_room


def test_the_desk_pages_after_a_failure(night):
    from nabij.on_call.actions import page_now

    break_paging()
    answer = make_answer(by=night.nadia)
    coordinator = actor_for(night.bram)
    assert page_now(answer, by=coordinator, at=NIGHT + MINUTE).has_failed
    mend_paging()
    paged = page_now(answer, by=coordinator, at=NIGHT + 2 * MINUTE)
    assert (paged.has_failed, paged.first_seat) == (False, "coordinator")
    assert paged.call_expected_at == NIGHT + 12 * MINUTE


def test_a_second_request_at_the_same_incident_joins_the_page_that_runs(night):
    first = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    second = make_answer(by=night.nadia, add_to=first.request.incident_id, form_key=uuid4())
    assert second.page == first.page
    assert Page.objects.count() == 1
    assert Message.objects.filter(template="help_joined", recipient_id=night.bram.pk).count() == 1


def test_a_second_request_that_knows_more_is_told_as_changed_facts_only(night):
    first = make_answer(by=night.nadia)
    take_due_steps(NIGHT)
    make_answer(by=night.nadia, add_to=first.request.incident_id, form_key=uuid4(), people=90)
    assert not Message.objects.filter(template="help_joined").exists()


def test_an_exercise_pages_as_an_exercise(night):
    assert make_answer(by=night.nadia, is_exercise=True).page.is_exercise


def test_a_request_to_a_closed_incident_is_refused_and_leaves_nothing(night):
    answer = make_answer(by=night.nadia)
    close_incident(answer.request.incident, by=actor_for(night.bram), at=NIGHT)
    with pytest.raises(Refused):
        make_answer(by=night.nadia, add_to=answer.request.incident_id)
    assert HelpAnswer.objects.count() == 1


def test_a_worker_cannot_ask_for_help(night):
    with pytest.raises(PermissionDenied):
        make_answer(by=actor_for(night.imke))


@pytest.fixture
def strict_region(monkeypatch, tmp_path):
    """A content file in which this region waits for the control room."""
    text = rules._FILE.read_text(encoding="utf-8") + "\nVR91 = true\n"
    own = tmp_path / "rules.toml"
    own.write_text(text, encoding="utf-8")
    monkeypatch.setattr(rules, "_FILE", own)


@pytest.mark.django_db(transaction=True)
def test_where_the_region_wants_it_nobody_is_paged_before_the_control_room_confirms(night, strict_region):
    from nabij.incidents.actions import confirm_request
    from nabij.on_call.tasks import page_when_confirmed

    answer = make_answer(by=night.nadia)
    assert (answer.route, answer.page, answer.call_expected_at) == (Route.CONFIRM, None, None)
    said = said_of(answer, NIGHT)
    assert said.phones_control_room
    assert said.call == ""
    operator = actor_for(make_membership(Role.CONTROL_ROOM))
    confirm_request(answer.request, "MK-27", by=operator, at=NIGHT)
    entry = TrailEntry.objects.get(verb="request.confirmed")
    page_when_confirmed(entry.pk)
    page_when_confirmed(entry.pk)
    answer.refresh_from_db()
    assert (answer.route, Page.objects.count()) == (Route.PAGE, 1)


def test_the_operator_of_the_control_room_need_not_wait_for_the_own_confirmation(night, strict_region):
    operator = actor_for(make_membership(Role.CONTROL_ROOM))
    answer = make_answer(by=operator, caller_kind=CallerKind.POLICE, control_room_reference="MK-28")
    assert answer.route == Route.PAGE
    assert not said_of(answer, NIGHT).phones_control_room


def test_the_first_yes_counts_and_a_later_one_is_told_so(night):
    answer = make_answer(by=night.nadia)
    first = make_ask(answer)
    take_due_steps(NIGHT + 10 * MINUTE)
    second = Ask.objects.get(membership=night.sofie)
    assert accept(first, by=actor_for(night.bram), at=NIGHT + 11 * MINUTE, way=Way.APP) == "accepted"
    assert accept(second, by=actor_for(night.sofie), at=NIGHT + 11 * MINUTE, way=Way.APP) == "enough"


def test_many_requests_without_a_login_wait_for_the_control_room_and_nobody_is_kept_awake(night):
    answers = [make_answer(by=ANONYMOUS, at=NIGHT + number * MINUTE) for number in range(7)]
    assert [answer.route for answer in answers] == [Route.PAGE] * 5 + [Route.CONFIRM] * 2
    assert make_answer(by=night.nadia, at=NIGHT + 8 * MINUTE).route == Route.PAGE
    assert make_answer(by=ANONYMOUS, at=NIGHT + 90 * MINUTE).route == Route.PAGE
