from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.doors import actions
from nabij.doors.addresses import read_addresses
from nabij.doors.models import Outcome, Round
from nabij.doors.queries import clocks_of_first_door, rounds_at, sums_at, sums_of
from nabij.doors.tests.conftest import ENDS, MORNING, STARTS, make_round, make_worker, told
from nabij.incidents.clocks import Clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_round_has_each_address_once_and_in_order(street):
    found = make_round(street, "Laan 1-4\nLaan 3-6")
    assert [door.number for door in found.doors.order_by("position")] == [1, 3, 5, 6, 4, 2]
    assert sums_of(found).numbers == dict.fromkeys(Outcome.values, 0) | {"open": 6}


def refused(street, **plan):
    given = {"addresses": read_addresses("Laan 1-9"), "starts_at": STARTS, "ends_at": ENDS} | plan
    with pytest.raises(ValidationError) as error:
        actions.plan_round(street.incident, actions.Plan(**given), by=street.nadia, at=MORNING)
    return error.value.message_dict


def test_a_round_that_cannot_be_walked_is_refused_beside_its_field(street):
    assert "addresses" in refused(street, addresses=[])
    assert "addresses" in refused(street, addresses=read_addresses("Laan 1-601"))
    assert "ends_at" in refused(street, ends_at=STARTS)
    assert "ends_at" in refused(street, ends_at=ENDS + 24 * HOUR)
    assert "starts_at" in refused(street, starts_at=MORNING - 2 * HOUR)
    assert "starts_at" in refused(street, ends_at=MORNING + 12 * HOUR + timedelta(minutes=1))
    assert not Round.objects.exists()


def test_only_who_plans_in_this_area_makes_a_round(street):
    plan = actions.Plan(read_addresses("Laan 1"), STARTS, ENDS)
    for actor in (street.stranger, street.imke, replace(street.nadia, id=None)):
        with pytest.raises(PermissionDenied):
            actions.plan_round(street.incident, plan, by=actor, at=MORNING)
    assert actions.plan_round(street.incident, plan, by=street.olaf, at=MORNING).doors.count() == 1


def test_a_pair_is_always_of_both_organisations(walk):
    extra = make_membership(Role.DUTY_OFFICER, name="Extra")
    imke, jip = walk.imke.id, walk.jip.id
    for pair, field in (
        ((imke, walk.youssef.id), "municipal"),
        ((jip, extra.pk), "supporter"),
        ((walk.stranger.id, imke), "municipal"),
        ((jip, imke), "municipal"),
        ((extra.pk, imke), "supporter"),
        ((extra.pk, make_worker("Niet gevraagd").pk), "supporter"),
    ):
        with pytest.raises(ValidationError) as error:
            actions.make_pair(walk.round, *pair, by=walk.nadia, at=MORNING)
        assert list(error.value.message_dict) == [field]


def test_whose_certificate_ended_meanwhile_does_not_walk(walk):
    walk.imke_membership.user.certificates.update(last_valid_on=MORNING.date() - timedelta(days=1))
    actions.drop_pair(walk.other, by=walk.nadia, at=MORNING)
    walk.pair.delete()
    with pytest.raises(ValidationError, match="mag die dag niet mee"):
        actions.make_pair(walk.round, walk.jip.id, walk.imke.id, by=walk.nadia, at=MORNING)


def test_the_doors_are_divided_in_stretches_and_again_when_a_pair_falls_out(walk):
    letters = [door.pair.letter for door in walk.round.doors.order_by("position")]
    assert letters == ["A"] * 4 + ["B"] * 4
    actions.drop_pair(walk.other, by=walk.nadia, at=MORNING)
    assert {door.pair_id for door in walk.round.doors.all()} == {walk.pair.pk}
    with pytest.raises(ValidationError, match="al op pad"):
        actions.drop_pair(walk.pair, by=walk.nadia, at=MORNING)


def test_the_last_pair_that_falls_out_leaves_doors_without_a_pair(walk):
    walk.pair.delete()
    actions.drop_pair(walk.other, by=walk.nadia, at=MORNING)
    assert {door.pair_id for door in walk.round.doors.all()} == {None}


def test_there_are_no_more_pairs_than_letters(walk):
    from nabij.doors.models import Pair

    for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ":
        officer, worker = make_membership(Role.DUTY_OFFICER), make_membership(Role.VOLUNTEER)
        Pair.objects.create(round=walk.round, letter=letter, municipal=officer, supporter=worker)
    walk.other.delete()
    Pair.objects.create(
        round=walk.round, letter="B", municipal=make_membership(Role.DUTY_OFFICER),
        supporter=make_membership(Role.VOLUNTEER),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="passen niet"):
        actions.make_pair(walk.round, walk.mo.id, walk.youssef.id, by=walk.nadia, at=MORNING)


def test_a_pair_goes_only_after_all_points_of_the_briefing(walk):
    with pytest.raises(ValidationError, match="alle punten"):
        actions.brief_pair(walk.other, ["names"], by=walk.youssef, at=MORNING)
    with pytest.raises(PermissionDenied):
        actions.brief_pair(walk.other, [], by=walk.imke, at=MORNING)
    points = ["known", "released", "safety", "speaks", "names", "flyers"]
    first = actions.brief_pair(walk.other, points, by=walk.nadia, at=MORNING)
    again = actions.brief_pair(walk.other, points, by=walk.youssef, at=STARTS)
    assert first.briefed_at == again.briefed_at == MORNING


def test_only_who_plans_makes_pairs_and_none_in_a_closed_round(walk):
    with pytest.raises(PermissionDenied):
        actions.drop_pair(walk.other, by=walk.stranger, at=MORNING)
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    with pytest.raises(ValidationError, match="gesloten"):
        actions.drop_pair(walk.other, by=walk.nadia, at=ENDS)


def test_who_was_not_reached_gets_a_second_round_in_one_step(walk):
    outcomes = ["talked", "nobody", "nobody", "refused", "empty", "flyer", "talked"]
    for door, outcome in zip(walk.round.doors.order_by("position"), outcomes, strict=False):
        actions.note_door(walk.round, told(door, Outcome(outcome)), by=walk.imke, at=STARTS)
    days = {"starts_at": STARTS + 48 * HOUR, "ends_at": ENDS + 48 * HOUR}
    with pytest.raises(ValidationError, match="Sluit eerst"):
        actions.second_round(walk.round, **days, by=walk.nadia, at=ENDS)
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    for actor in (walk.imke, walk.stranger):
        with pytest.raises(PermissionDenied):
            actions.second_round(walk.round, **days, by=actor, at=ENDS)
    again = actions.second_round(walk.round, **days, by=walk.nadia, at=ENDS)
    assert sorted(door.number for door in again.doors.all()) == [2, 3, 5]
    with pytest.raises(ValidationError, match="al een tweede"):
        actions.second_round(walk.round, **days, by=walk.nadia, at=ENDS)
    assert [sums.doors for _, sums in rounds_at(walk.incident)] == [8, 3]
    sums = sums_at(walk.incident)
    assert sums.doors == 8
    assert sums.left == 3


def test_a_second_round_is_refused_when_everybody_was_reached(walk):
    for door in walk.round.doors.all():
        actions.note_door(walk.round, told(door), by=walk.imke, at=STARTS)
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    with pytest.raises(ValidationError, match="niet nodig"):
        actions.second_round(walk.round, starts_at=STARTS, ends_at=ENDS, by=walk.nadia, at=ENDS)


def test_closing_tells_the_numbers_of_the_door_list_once(walk):
    door = walk.round.doors.first()
    actions.note_door(walk.round, told(door), by=walk.imke, at=STARTS)
    with pytest.raises(PermissionDenied):
        actions.close_round(walk.round, by=walk.imke, at=ENDS)
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    actions.close_round(walk.round, by=walk.olaf, at=ENDS + HOUR)
    facts = TrailEntry.objects.get(verb="doors.listed").facts
    assert facts == {
        "doors": 8, "open": 7, "talked": 1, "flyer": 0, "refused": 0, "nobody": 0, "empty": 0, "elsewhere": 0,
        "flyers": 1, "wishes": 0,
    }  # fmt: skip


def test_the_clock_runs_from_the_event_to_the_first_door(walk):
    start = walk.incident.happened_at
    assert clocks_of_first_door(walk.incident, STARTS) == [
        Clock("Eerste deur", start, start + 24 * HOUR, None)
    ]
    actions.note_door(walk.round, told(walk.round.doors.first()), by=walk.imke, at=ENDS)
    assert clocks_of_first_door(walk.incident, ENDS)[0].done_at == STARTS
    Round.objects.all().delete()
    assert clocks_of_first_door(walk.incident, ENDS) == []


def test_a_walker_who_left_walks_no_more(walk):
    other = make_membership(Role.IAC_EDITOR, name="Redacteur")
    assert not Round.objects.filter(pk=walk.round.pk, pairs__supporter=other).exists()
    with pytest.raises(PermissionDenied):
        actions.note_door(walk.round, told(walk.round.doors.first()), by=actor_for(other), at=STARTS)


def test_a_pair_that_is_dropped_twice_falls_out_once(walk):
    for _ in range(2):
        actions.drop_pair(walk.other, by=walk.nadia, at=MORNING)
    assert TrailEntry.objects.filter(verb="doors.unpaired").count() == 1


def test_an_address_written_otherwise_in_a_second_list_is_one_door_in_the_sums(street):
    for text in ("Vogelstraat 1-3 oneven", "vogelstr. 3-5 oneven"):
        make_round(street, text)
    assert sums_at(street.incident).doors == 3
