from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.notify.models import Message
from nabij.rosters import actions
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Duty, Seat, Swap, SwapState, Wish
from nabij.rosters.queries.swaps import asked_of_me, colleagues_for, open_swaps, swaps_for

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 4, 7, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people():
    class People:
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        imke = make_certified(make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), on=NOW.date())
        noor = make_certified(make_membership(Role.ON_CALL_WORKER, name="Noor Bos"), on=NOW.date())
        piet = make_certified(
            make_membership(Role.ON_CALL_WORKER, name="Piet Zuid", team=make_team("Zuid")), on=NOW.date()
        )
        duty = make_duty(imke, Seat.WORKER, starts_at=NOW + DAY)

    return People


def ask(people):
    return actions.ask_swap(people.duty, by=actor_for(people.imke), at=NOW)


def holder(duty):
    return Duty.objects.get(pk=duty.pk).membership.user.name


def told(person, key):
    return Message.objects.filter(recipient_id=person.pk, template=key).count()


def test_asking_tells_colleagues_who_may_and_nobody_else(people):
    lapsed = make_membership(Role.ON_CALL_WORKER, name="Zonder Bewijs")
    swap = ask(people)
    assert ask(people) == swap
    assert told(people.noor, "swap_asked") == 1
    for other in (lapsed, people.piet, people.imke, people.olaf):
        assert told(other, "swap_asked") == 0
    assert list(swaps_for(actor_for(people.noor), NOW)) == [swap]
    assert not swaps_for(actor_for(people.piet), NOW).exists()
    assert not swaps_for(actor_for(make_membership(Role.DUTY_OFFICER)), NOW).exists()


def test_taken_it_waits_for_the_leader_who_agrees(people):
    swap = actions.take_swap(ask(people), by=actor_for(people.noor), at=NOW)
    assert (swap.state, holder(people.duty)) == (SwapState.TAKEN, "Imke Tol")
    assert told(people.olaf, "swap_to_agree") == 1
    for other in (people.noor, people.imke, people.piet):
        with pytest.raises(PermissionDenied):
            actions.decide_swap(swap, True, by=actor_for(other), at=NOW)
    actions.decide_swap(swap, True, by=actor_for(people.olaf), at=NOW)
    assert holder(people.duty) == "Noor Bos"
    assert told(people.imke, "swap_done") == told(people.noor, "swap_done") == 1
    assert not open_swaps(actor_for(people.noor), NOW).exists()


def test_refused_the_duty_stays_where_it_was(people):
    swap = actions.take_swap(ask(people), by=actor_for(people.noor), at=NOW)
    assert actions.decide_swap(swap, False, by=actor_for(people.olaf), at=NOW).state == SwapState.REFUSED
    assert holder(people.duty) == "Imke Tol"
    assert told(people.imke, "swap_refused") == told(people.noor, "swap_refused") == 1


def test_where_the_team_wants_no_agreement_it_counts_at_once_and_can_be_turned_back(people):
    actions.write_agreement(people.imke.team, False, by=actor_for(people.olaf), at=NOW)
    swap = actions.take_swap(ask(people), by=actor_for(people.noor), at=NOW)
    assert (swap.state, holder(people.duty)) == (SwapState.DONE, "Noor Bos")
    with pytest.raises(PermissionDenied):
        actions.undo_swap(swap, by=actor_for(people.imke), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.undo_swap(swap, by=actor_for(people.noor), at=people.duty.starts_at)
    actions.undo_swap(swap, by=actor_for(people.noor), at=NOW)
    assert holder(people.duty) == "Imke Tol"
    assert told(people.imke, "swap_undone") == 1
    with pytest.raises(PermissionDenied):
        actions.write_agreement(people.piet.team, False, by=actor_for(people.olaf), at=NOW)


def test_two_duties_are_exchanged_even_at_the_same_time_and_back(people):
    actions.write_agreement(people.imke.team, False, by=actor_for(people.olaf), at=NOW)
    make_certified(people.noor, on=NOW.date(), task="on_call_coordinator")
    make_certified(people.imke, on=NOW.date(), task="on_call_coordinator")
    other = make_duty(people.noor, Seat.COORDINATOR, starts_at=NOW + DAY)
    swap = actions.take_swap(ask(people), in_return=other, by=actor_for(people.noor), at=NOW)
    assert (holder(people.duty), holder(other)) == ("Noor Bos", "Imke Tol")
    actions.undo_swap(swap, by=actor_for(people.olaf), at=NOW)
    assert (holder(people.duty), holder(other)) == ("Imke Tol", "Noor Bos")


def test_only_an_own_coming_duty_is_given_in_return(people):
    past = make_duty(people.noor, Seat.WORKER, starts_at=NOW - DAY)
    of_another = make_duty(people.piet, Seat.WORKER, starts_at=NOW + DAY)
    for wrong in (past, of_another):
        with pytest.raises(PermissionDenied):
            actions.take_swap(ask(people), in_return=wrong, by=actor_for(people.noor), at=NOW)


def test_rules_stand_for_both_when_taken_and_again_when_agreed(people):
    swap = ask(people)
    actions.enter_days(people.noor, Wish.AWAY, NOW + DAY, NOW + 2 * DAY, by=actor_for(people.noor), at=NOW)
    with pytest.raises(ValidationError, match="Kan dan niet"):
        actions.take_swap(swap, by=actor_for(people.noor), at=NOW)
    assert asked_of_me(actor_for(people.noor), NOW)[0].objections == ["Kan dan niet"]
    mies = make_certified(make_membership(Role.ON_CALL_WORKER, name="Mies Vis"), on=NOW.date())
    own = make_duty(mies, Seat.WORKER, starts_at=NOW + 5 * DAY)
    actions.enter_days(
        people.imke, Wish.AWAY, NOW + 5 * DAY, NOW + 6 * DAY, by=actor_for(people.imke), at=NOW
    )
    with pytest.raises(ValidationError, match="Kan dan niet"):
        actions.take_swap(swap, in_return=own, by=actor_for(mies), at=NOW)
    actions.take_swap(swap, by=actor_for(mies), at=NOW)
    make_duty(mies, Seat.WORKER, starts_at=NOW + DAY + HOUR, hours=2)
    with pytest.raises(ValidationError, match="al een dienst"):
        actions.decide_swap(swap, True, by=actor_for(people.olaf), at=NOW)


def test_who_does_not_have_the_duty_asks_nothing_and_nobody_takes_their_own(people):
    for other in (people.noor, people.piet):
        with pytest.raises(PermissionDenied):
            actions.ask_swap(people.duty, by=actor_for(other), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.take_swap(ask(people), by=actor_for(people.imke), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.ask_swap(people.duty, by=actor_for(people.imke), at=people.duty.ends_at)
    make_membership(Role.TEAM_LEADER)
    assert asked_of_me(actor_for(people.imke), NOW) == []


def test_a_question_is_withdrawn_by_who_asked_or_the_planner(people):
    swap = ask(people)
    with pytest.raises(PermissionDenied):
        actions.withdraw_swap(swap, by=actor_for(people.noor), at=NOW)
    actions.withdraw_swap(swap, by=actor_for(people.olaf), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.withdraw_swap(swap, by=actor_for(people.imke), at=NOW)
    assert ask(people) != swap


def test_a_planner_asks_for_somebody_who_is_absent(people):
    swap = actions.ask_swap(people.duty, by=actor_for(people.olaf), at=NOW)
    assert swap.giver == people.imke


def test_the_rest_of_a_running_duty_is_taken_over_now(people):
    moment = people.duty.starts_at + 6 * HOUR
    swap = ask(people)
    new = actions.take_over_now(people.duty, people.noor, by=actor_for(people.imke), at=moment)
    assert (new.starts_at, new.ends_at, new.membership) == (moment, people.duty.ends_at, people.noor)
    assert Duty.objects.get(pk=people.duty.pk).ends_at == moment
    assert Swap.objects.get(pk=swap.pk).state == SwapState.WITHDRAWN
    with pytest.raises(PermissionDenied):
        actions.take_over_now(new, people.imke, by=actor_for(people.imke), at=moment + HOUR)


def test_a_duty_that_does_not_run_is_not_taken_over_now_nor_by_who_may_not(people):
    with pytest.raises(PermissionDenied):
        actions.take_over_now(people.duty, people.noor, by=actor_for(people.imke), at=NOW)
    lapsed = make_membership(Role.ON_CALL_WORKER, name="Zonder Bewijs")
    with pytest.raises(ValidationError, match="Zonder Bewijs"):
        actions.take_over_now(people.duty, lapsed, by=actor_for(people.olaf), at=people.duty.starts_at + HOUR)


def test_for_the_national_chair_only_national_staff_is_asked(people):
    bart = make_certified(
        make_membership(is_national=True, name="Bart", team=None), on=NOW.date(), task="on_call_coordinator"
    )
    els = make_certified(
        make_membership(is_national=True, name="Els", team=None), on=NOW.date(), task="on_call_coordinator"
    )
    duty = make_duty(bart, Seat.NATIONAL, starts_at=NOW + DAY)
    assert [each.membership for each in colleagues_for(duty, NOW)] == [els]


def test_the_database_refuses_two_chairs_at_once(people):
    with pytest.raises(IntegrityError, match="nobody_sits_on_two_chairs"), transaction.atomic():
        make_duty(people.imke, Seat.WORKER, starts_at=NOW + DAY)


def test_a_swap_without_a_taker_cannot_be_decided(people):
    with pytest.raises(PermissionDenied):
        actions.decide_swap(ask(people), True, by=actor_for(people.olaf), at=NOW)


def test_the_national_chair_is_taken_by_national_staff_and_a_team_s_duty_by_the_team(people):
    def coordinator(name, **options):
        return make_certified(
            make_membership(name=name, **options), on=NOW.date(), task="on_call_coordinator"
        )

    bart, els = (coordinator(name, is_national=True, team=None) for name in ("Bart", "Els"))
    local = coordinator("Bram")
    national = make_duty(bart, Seat.NATIONAL, starts_at=NOW + DAY)
    swap = actions.ask_swap(national, by=actor_for(bart), at=NOW)
    with pytest.raises(PermissionDenied):
        actions.take_swap(swap, by=actor_for(local), at=NOW)
    assert asked_of_me(actor_for(local), NOW) == []
    of_team = make_duty(local, Seat.COORDINATOR, starts_at=NOW + 3 * DAY)
    with pytest.raises(PermissionDenied):
        actions.take_swap(actions.ask_swap(of_team, by=actor_for(local), at=NOW), by=actor_for(els), at=NOW)
    assert actions.take_swap(swap, by=actor_for(els), at=NOW).taker == els
    moment = of_team.starts_at + HOUR
    with pytest.raises(PermissionDenied):
        actions.take_over_now(of_team, els, by=actor_for(local), at=moment)
    with pytest.raises(PermissionDenied):
        actions.take_over_now(national, local, by=actor_for(bart), at=national.starts_at + HOUR)
