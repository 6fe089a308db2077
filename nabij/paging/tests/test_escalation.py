from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Permission, Role
from nabij.audit.actor import SYSTEM, link_of
from nabij.audit.models import TrailEntry
from nabij.kit.content import ContentError
from nabij.notify.factories import make_contact_point
from nabij.notify.models import Channel, Delivery, Message, State
from nabij.notify.templates import MissingValue
from nabij.paging import actions
from nabij.paging.actions import Outcome
from nabij.paging.actions.closing import change_state
from nabij.paging.claims import claim_moments
from nabij.paging.factories import NIGHT, VALUES, make_page, take_due_steps
from nabij.paging.models import ALLOWED, Answer, Ask, DueMoment, PageState, Way
from nabij.paging.policies import can_stand_down
from nabij.paging.queries import first_asked, next_due, pages_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def asked(page):
    return [ask.membership for ask in page.asks.order_by("asked_at", "membership__user__name")]


def verbs(page) -> list[str]:
    return list(TrailEntry.objects.filter(subject_id=page.pk).order_by("id").values_list("verb", flat=True))


def decline(page, person, at):
    return actions.decline(page.asks.get(membership=person), by=link_of(person.pk), at=at)


def accept(page, person, at):
    return actions.accept(page.asks.get(membership=person), by=link_of(person.pk), at=at, way=Way.LINK)


def test_page_and_first_due_moment_are_rows_of_the_same_transaction(night):
    with transaction.atomic():
        make_page()
        transaction.set_rollback(True)
    assert not DueMoment.objects.exists()
    page = make_page()
    assert page.moments.get().due_at == NIGHT
    assert next_due(NIGHT) == NIGHT


def test_coordinator_then_second_at_ten_then_national_at_twenty_minutes(night):
    page = make_page()
    take_due_steps(NIGHT)
    assert asked(page) == [night.bram]
    take_due_steps(NIGHT + 10 * MINUTE - timedelta(microseconds=1))
    assert asked(page) == [night.bram]
    take_due_steps(NIGHT + 10 * MINUTE)
    assert asked(page) == [night.bram, night.noor]
    take_due_steps(NIGHT + 20 * MINUTE)
    assert asked(page) == [night.bram, night.noor, night.bart]


def test_the_national_seat_is_reminded_every_ten_minutes_until_it_makes_no_sense(night):
    page = make_page()
    for minutes in range(0, 800, 10):
        take_due_steps(NIGHT + minutes * MINUTE)
    page.refresh_from_db()
    reminded = Delivery.objects.filter(message__recipient_id=night.bart.pk).count()
    assert reminded == 1 + 70
    assert page.state == PageState.EXHAUSTED
    assert verbs(page).count("page.exhausted") == 1
    assert next_due(NIGHT) == NIGHT  # only deliveries wait
    assert not page.moments.filter(done_at=None).exists()


def test_an_empty_seat_is_passed_at_once_and_recorded(night):
    night.seats["coordinator"] = []
    assert first_asked("coordinator", None, NIGHT) == ("second_coordinator", [night.noor.pk])
    page = make_page()
    take_due_steps(NIGHT)
    assert asked(page) == [night.noor]
    assert verbs(page) == ["page.started", "page.nobody_on_seat", "page.asked"]
    take_due_steps(NIGHT + 10 * MINUTE)
    assert asked(page) == [night.noor, night.bart]


def test_nobody_at_all_is_said_at_once_and_whoever_comes_on_duty_is_still_asked(night):
    night.seats.clear()
    assert first_asked("coordinator", None, NIGHT) == ("", [])
    page = make_page()
    take_due_steps(NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.EXHAUSTED
    assert verbs(page)[-1] == "page.exhausted"
    night.seats["national"] = [night.bart.pk]
    take_due_steps(NIGHT + 10 * MINUTE)
    page.refresh_from_db()
    assert (asked(page), page.state) == ([night.bart], PageState.OPEN)
    assert accept(page, night.bart, NIGHT + 11 * MINUTE) == Outcome.ACCEPTED


def test_a_no_makes_the_next_step_due_at_once(night):
    page = make_page()
    take_due_steps(NIGHT)
    assert decline(page, night.bram, NIGHT + MINUTE) == Outcome.DECLINED
    take_due_steps(NIGHT + MINUTE)
    assert asked(page) == [night.bram, night.noor]
    assert page.moments.get(done_at=None).due_at == NIGHT + 11 * MINUTE


def test_when_everybody_said_no_that_is_said_at_once(night):
    page = make_page()
    take_due_steps(NIGHT)
    for person in (night.bram, night.noor, night.bart):
        decline(page, person, NIGHT + MINUTE)
        take_due_steps(NIGHT + MINUTE)
    page.refresh_from_db()
    assert page.state == PageState.EXHAUSTED
    assert accept(page, night.bart, NIGHT + 2 * MINUTE) == Outcome.ACCEPTED
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED


def test_too_few_workers_left_is_said_while_one_may_still_come(night):
    page = make_page("workers", needed=2)
    take_due_steps(NIGHT)
    decline(page, night.ayla, NIGHT)
    page.refresh_from_db()
    assert page.state == PageState.OPEN
    decline(page, night.joris, NIGHT)
    take_due_steps(NIGHT)  # who is off duty and the other regions: nobody
    page.refresh_from_db()
    assert page.state == PageState.EXHAUSTED
    assert Delivery.objects.count() == 3  # a no reminds nobody else


def test_a_yes_ends_the_page_and_takes_back_what_has_not_left(night):
    make_contact_point(night.bram.pk, Channel.VOICE, seconds=120)
    page = make_page()
    take_due_steps(NIGHT)
    assert accept(page, night.bram, NIGHT + MINUTE) == Outcome.ACCEPTED
    page.refresh_from_db()
    assert (page.state, page.closed_at) == (PageState.ANSWERED, NIGHT + MINUTE)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert take_due_steps(NIGHT + 60 * MINUTE) == 0
    assert asked(page) == [night.bram]


def test_several_people_may_be_needed(night):
    page = make_page("workers", needed=2)
    take_due_steps(NIGHT)
    assert accept(page, night.ayla, NIGHT) == Outcome.ACCEPTED
    page.refresh_from_db()
    assert page.state == PageState.OPEN
    assert accept(page, night.joris, NIGHT) == Outcome.ACCEPTED
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED
    assert page.asks.get(membership=night.wim).answer == Answer.WITHDRAWN
    assert accept(page, night.wim, NIGHT) == Outcome.ENOUGH
    assert accept(page, night.wim, NIGHT) == Outcome.ENOUGH
    assert verbs(page).count("page.accepted_too_late") == 1
    assert accept(page, night.ayla, NIGHT) == Outcome.ALREADY_COMING


def test_who_said_yes_is_reminded_no_more(night):
    page = make_page("workers", needed=2)
    take_due_steps(NIGHT)
    accept(page, night.ayla, NIGHT)
    decline(page, night.joris, NIGHT)
    take_due_steps(NIGHT + 10 * MINUTE)
    counts = {
        person: Delivery.objects.filter(message__recipient_id=getattr(night, person).pk).count()
        for person in ("ayla", "joris", "wim")
    }
    assert counts == {"ayla": 1, "joris": 1, "wim": 2}


def test_a_step_is_taken_once_however_often_it_is_asked(night):
    page = make_page()
    (moment,) = claim_moments(5, taken_by="a", at=NIGHT)
    assert actions.take_step(moment, by=SYSTEM, at=NIGHT)
    assert not actions.take_step(moment, by=SYSTEM, at=NIGHT)
    assert page.asks.count() == 1


def test_a_moment_in_dead_hands_is_taken_over_within_five_seconds(night):
    make_page()
    assert claim_moments(5, taken_by="a", at=NIGHT)
    assert claim_moments(5, taken_by="b", at=NIGHT + timedelta(seconds=2)) == []
    assert next_due(NIGHT) <= NIGHT + timedelta(seconds=4)
    assert claim_moments(5, taken_by="b", at=NIGHT + timedelta(seconds=3))


def test_standing_down_asks_nobody_any_more_and_a_late_yes_hears_it(night):
    page = make_page()
    take_due_steps(NIGHT)
    assert actions.stand_down(page, by=SYSTEM, at=NIGHT).state == PageState.STOOD_DOWN
    actions.stand_down(page, by=SYSTEM, at=NIGHT)
    assert verbs(page).count("page.stood_down") == 1
    assert accept(page, night.bram, NIGHT) == Outcome.STOOD_DOWN
    assert decline(page, night.bram, NIGHT) == Outcome.STOOD_DOWN
    assert take_due_steps(NIGHT + 60 * MINUTE) == 0


def test_who_may_stand_down_role_by_situation(night):
    page = make_page()
    for role in Role:
        actor = make_actor(role)
        may = bool({Permission.COORDINATE, Permission.MANAGE_INCIDENT} & set(actor.permissions))
        assert can_stand_down(actor, page, NIGHT) == may, role
        if actor.team_id and Permission.COORDINATE in actor.permissions:
            assert not can_stand_down(make_actor(role, team=make_team("Zuid")), page, NIGHT), role
    assert can_stand_down(actor_for(night.bart), page, NIGHT)
    with pytest.raises(PermissionDenied):
        actions.stand_down(page, by=make_actor(Role.ON_CALL_WORKER), at=NIGHT)


def test_changed_facts_reach_everybody_who_was_asked_once(night):
    thread = uuid4()
    first = make_page(thread_id=thread, exercise=True)
    make_page("workers", needed=2, thread_id=thread, exercise=True)
    take_due_steps(NIGHT)
    decline(first, night.bram, NIGHT)
    told = actions.tell_all(thread, "page_changed", VALUES, by=SYSTEM, at=NIGHT)
    messages = Message.objects.filter(template="page_changed")
    assert told == 4
    people = {night.bram.pk, night.ayla.pk, night.joris.pk, night.wim.pk}
    assert {each.recipient_id for each in messages} == people
    assert all(each.is_exercise and each.subject.startswith("OEFENING") for each in messages)
    assert {page.pk for page in pages_of(thread)} >= {first.pk}


def test_a_page_with_missing_values_or_of_an_unknown_kind_is_refused_at_once(night):
    facts = {"subject_id": uuid4(), "thread_id": uuid4(), "team_id": None, "needed": 1, "exercise": False}
    with pytest.raises(MissingValue):
        actions.start_page("coordinator", **facts, by=SYSTEM, at=NIGHT, values={})
    with pytest.raises(ContentError):
        actions.start_page("postman", **facts, by=SYSTEM, at=NIGHT, values=VALUES)


def test_the_database_keeps_pages_and_asks_sound(night):
    page = make_page()
    take_due_steps(NIGHT)
    with pytest.raises(IntegrityError), transaction.atomic():
        DueMoment.objects.create(page=page, step=9, seat="x", due_at=NIGHT)
    with pytest.raises(IntegrityError), transaction.atomic():
        page.asks.update(answer=Answer.ACCEPTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(page).objects.update(state=PageState.ANSWERED)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(page).objects.update(needed=0)
    twin = Ask.objects.get(page=page)
    twin.pk, twin.token_hash = uuid4(), b"other"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_closed_page_does_not_open_again():
    assert ALLOWED[PageState.ANSWERED] == ALLOWED[PageState.STOOD_DOWN] == set()
    page = make_page()
    page.state = PageState.ANSWERED
    with pytest.raises(ValueError, match="cannot become"):
        change_state(page, PageState.OPEN)
