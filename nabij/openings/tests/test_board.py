"""iac §4: the board, who is missing, and who decides at night."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from nabij.accounts.roles import Permission, Role
from nabij.audit.actor import SYSTEM
from nabij.centres.factories import EVENING, make_centre
from nabij.desk.factories import make_need
from nabij.incidents.factories import make_incident
from nabij.incidents.refusals import Refused
from nabij.openings.actions import appoint, end_seat, start_opening
from nabij.openings.content import seats
from nabij.openings.models import BoardSeat
from nabij.openings.queries.boards import (
    board_of,
    candidates,
    deciders,
    missing_seats,
    uncovered_at,
)
from nabij.openings.tests.conftest import after
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask

pytestmark = pytest.mark.django_db


def board(people, at=EVENING, actor=None):
    return board_of(people.centre, EVENING, actor or people.owen, at)


def line(people, seat, **more):
    return next(each for each in board(people, **more) if each.seat.code == seat)


def test_an_empty_board_says_in_words_who_is_missing(fire):
    wanting = missing_seats(board(fire))
    assert "nog niemand voor: leider registratie" in wanting
    assert not any("moderator" in each or "raad" in each for each in wanting)
    assert "nog niemand voor: raad van getroffenen" in missing_seats(board(fire, at=after(31 * 24 * 60)))


def test_a_closed_part_asks_for_moderators(people):
    people.centre = make_centre(
        make_incident(at=EVENING), by=people.nadia, at=EVENING, wants_closed_part=True
    )
    start_opening(people.centre, by=SYSTEM, at=EVENING)
    assert "nog niemand voor: moderator" in missing_seats(board(people))
    appoint(people.centre, "moderator", people.cor_m, by=people.bart, at=EVENING)
    assert "nog 1 nodig voor: moderator" in missing_seats(board(people))


def test_the_coordinator_fills_the_board_and_others_do_not(fire):
    row = appoint(fire.centre, "registrar_lead", fire.rosa_m, by=fire.bart, at=after(5))
    assert (row.membership, row.starts_at, row.ends_at) == (fire.rosa_m, after(5), None)
    assert line(fire, "registrar_lead", at=after(6)).missing == ""
    for other in (fire.lin, fire.nadia, fire.stranger):
        with pytest.raises(PermissionDenied):
            appoint(fire.centre, "log_keeper", "Wim", by=other, at=after(5))
        with pytest.raises(PermissionDenied):
            end_seat(row, by=other, at=after(5))


def test_a_role_that_does_not_carry_the_right_is_said(fire):
    appoint(fire.centre, "chief_editor", fire.lin_m, by=fire.bart, at=EVENING)
    appoint(fire.centre, "deputy", fire.owen_m, by=fire.bart, at=EVENING)
    appoint(fire.centre, "log_keeper", fire.worker_m, by=fire.bart, at=EVENING)
    appoint(fire.centre, "facts", "Kees Maas, politie", by=fire.bart, at=EVENING)
    said = {each.seat.code: each.sitting[0] for each in board(fire) if each.sitting}
    lacking = {code: each.lacks_right for code, each in said.items()}
    assert lacking == {"chief_editor": True, "deputy": False, "log_keeper": False, "facts": True}
    assert (said["facts"].name, said["facts"].is_outsider) == ("Kees Maas, politie", True)
    assert b"Kees" not in bytes(said["facts"].row.outsider_sealed)


def test_there_is_one_chief_editor_and_the_next_one_takes_over(fire):
    first = appoint(fire.centre, "chief_editor", fire.owen_m, by=fire.bart, at=EVENING)
    appoint(fire.centre, "chief_editor", fire.ida_m, by=fire.bart, at=after(60))
    first.refresh_from_db()
    assert first.ends_at == after(60)
    assert [each.name for each in line(fire, "chief_editor", at=after(61)).sitting] == ["Ida Bos"]


def test_who_was_planned_for_later_takes_over_from_who_comes_now(fire):
    appoint(fire.centre, "chief_editor", fire.owen_m, starts_at=after(60), by=fire.bart, at=EVENING)
    now = appoint(fire.centre, "chief_editor", fire.ida_m, by=fire.bart, at=after(5))
    assert now.ends_at == after(60)
    short = appoint(fire.centre, "deputy", fire.ida_m, ends_at=after(30), by=fire.bart, at=after(5))
    appoint(fire.centre, "deputy", fire.ida_m, starts_at=after(40), by=fire.bart, at=after(6))
    short.refresh_from_db()
    assert short.ends_at == after(30)
    assert appoint(
        fire.centre, "deputy", fire.ida_m, ends_at=after(39), by=fire.bart, at=after(31)
    ).ends_at == after(39)


def test_registrars_sit_together_and_nobody_sits_twice(fire):
    for each in (fire.rosa_m, fire.worker_m, fire.rosa_m):
        appoint(fire.centre, "registrar", each, by=fire.bart, at=EVENING)
    assert line(fire, "registrar", at=after(1)).now == 2
    assert line(fire, "registrar", at=after(1)).missing == "nog 1 nodig voor: registrator"


def test_a_seat_for_later_counts_when_it_begins_and_ends_when_somebody_stops(fire):
    row = appoint(
        fire.centre, "deputy", fire.ida_m, starts_at=after(60), ends_at=after(600), by=fire.owen, at=EVENING
    )
    assert line(fire, "deputy").missing == "nog niemand voor: plaatsvervangend hoofdredacteur"
    assert line(fire, "deputy", at=after(61)).missing == ""
    assert end_seat(row, by=fire.owen, at=after(30)).ends_at == after(60)
    assert not line(fire, "deputy", at=after(61)).sitting
    ended = end_seat(row, by=fire.owen, at=after(90))
    assert ended.ends_at == after(60)


def test_a_seat_takes_a_colleague_or_a_name_and_an_end_after_its_beginning(fire):
    with pytest.raises(Refused):
        appoint(fire.centre, "deputy", "  ", by=fire.bart, at=EVENING)
    with pytest.raises(Refused):
        appoint(fire.centre, "king", fire.ida_m, by=fire.bart, at=EVENING)
    with pytest.raises(Refused):
        appoint(fire.centre, "deputy", fire.ida_m, ends_at=EVENING, by=fire.bart, at=EVENING)
    row = appoint(fire.centre, "deputy", "Wim", by=fire.bart, at=EVENING)
    with pytest.raises(IntegrityError):
        BoardSeat.objects.filter(pk=row.pk).update(membership=fire.ida_m)


def test_somebody_must_decide_at_every_moment_of_the_coming_day(fire):
    assert uncovered_at(board(fire), EVENING) == EVENING
    appoint(fire.centre, "chief_editor", fire.owen_m, ends_at=after(600), by=fire.bart, at=EVENING)
    assert uncovered_at(board(fire), EVENING) == after(600)
    appoint(fire.centre, "deputy", fire.ida_m, starts_at=after(700), by=fire.bart, at=EVENING)
    assert uncovered_at(board(fire), EVENING) == after(600)
    appoint(fire.centre, "deputy", fire.ida_m, starts_at=after(500), by=fire.bart, at=EVENING)
    assert uncovered_at(board(fire), EVENING) is None


def test_who_decides_is_the_chief_first_and_then_the_deputy(fire):
    incident = fire.centre.incident_id
    appoint(fire.centre, "deputy", fire.ida_m, by=fire.bart, at=EVENING)
    appoint(fire.centre, "chief_editor", fire.owen_m, by=fire.bart, at=after(5))
    assert deciders(incident, after(1)) == [fire.ida_m.pk]
    assert deciders(incident, after(6)) == [fire.owen_m.pk, fire.ida_m.pk]


def test_names_of_the_crew_are_for_who_fills_the_board(fire):
    appoint(fire.centre, "registrar", fire.rosa_m, by=fire.bart, at=EVENING)
    assert line(fire, "registrar", actor=fire.bart).shows_names
    assert not line(fire, "registrar", actor=fire.nadia).shows_names
    assert line(fire, "facts", actor=fire.nadia).shows_names


def test_the_board_is_chosen_among_who_has_a_right_and_is_near(fire):
    found = set(candidates(fire.centre, EVENING + timedelta(days=1)))
    assert {fire.owen_m, fire.lin_m, fire.nadia_m} <= found
    assert not {fire.stranger_m, fire.worker_m} & found


def test_a_board_of_five_asks_as_much_as_a_board_of_one(fire, django_assert_num_queries):
    for name in ("Een", "Twee", "Drie", "Vier", "Vijf"):
        appoint(fire.centre, "registrar", name, by=fire.bart, at=EVENING)
        if name in ("Een", "Vijf"):
            with django_assert_num_queries(2):
                board(fire)


def test_every_right_of_a_seat_exists():
    assert all(Permission(seat.permission) for seat in seats().values() if seat.permission)


def test_an_urgent_need_nobody_took_goes_to_who_decides_now_and_then_to_the_others(fire):
    """S05-8: the chief editor on the board first; the deputy in the country only when that one is silent."""
    fire.centre.incident.municipalities.set([fire.nadia_m.organisation.municipality])
    appoint(fire.centre, "chief_editor", fire.ida_m, by=fire.bart, at=EVENING)
    make_need(fire.centre.incident, at=EVENING, urgent="yes")
    take_due_steps(EVENING)
    chiefs = Ask.objects.filter(membership__role=Role.IAC_CHIEF).order_by("asked_at")
    assert not chiefs.exists()
    take_due_steps(after(30))
    assert [each.membership for each in chiefs.all()] == [fire.ida_m]
    take_due_steps(after(46))
    assert [each.membership for each in chiefs.all()] == [fire.ida_m, fire.owen_m]


def test_whoever_takes_no_part_in_this_centre_is_not_appointed(fire):
    with pytest.raises(Refused, match="uit de lijst"):
        appoint(fire.centre, "deputy", fire.stranger_m, by=fire.bart, at=EVENING)
    assert not BoardSeat.objects.exists()
