import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.incidents import actions
from nabij.incidents.factories import NIGHT, make_incident, make_request
from nabij.incidents.models import HelpRequest, RequestState
from nabij.incidents.queries import main_candidates, move_candidates, open_requests_for
from nabij.incidents.refusals import Refused

pytestmark = pytest.mark.django_db


def two_requests():
    first = make_request()
    return first, make_request(first.incident, at=NIGHT + timedelta(minutes=1))


def stranger():
    return make_actor(Role.DUTY_OFFICER, municipality=make_municipality("GM9003", "Duinrand"))


def test_the_control_room_confirms_once_and_the_same_reference_again_is_fine():
    request, operator = make_request(), make_actor(Role.CONTROL_ROOM)
    confirmed = actions.confirm_request(request, " P27-0110 ", by=operator, at=NIGHT)
    assert confirmed.control_room_reference == "P27-0110"
    again = actions.confirm_request(request, "P27-0110", by=make_actor(Role.CONTROL_ROOM), at=NIGHT)
    assert again.confirmed_by_id == operator.id
    with pytest.raises(Refused, match="P27-0110"):
        actions.confirm_request(request, "P27-0999", by=operator, at=NIGHT)
    assert TrailEntry.objects.filter(verb="request.confirmed").count() == 1


def test_a_confirmation_needs_a_reference_an_operator_and_a_request_that_stands():
    request, operator = make_request(), make_actor(Role.CONTROL_ROOM)
    with pytest.raises(Refused, match="kenmerk"):
        actions.confirm_request(request, "  ", by=operator, at=NIGHT)
    with pytest.raises(PermissionDenied):
        actions.confirm_request(request, "P1", by=make_actor(), at=NIGHT)
    actions.withdraw_request(request, by=make_actor(), at=NIGHT)
    with pytest.raises(Refused, match="ingetrokken"):
        actions.confirm_request(request, "P1", by=operator, at=NIGHT)


@pytest.mark.django_db(transaction=True)
def test_two_operators_who_confirm_at_once_get_one_reference_and_one_clear_answer():
    request = make_request()
    operators = [make_actor(Role.CONTROL_ROOM), make_actor(Role.CONTROL_ROOM)]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def confirm(by, reference):
        start.wait()
        try:
            actions.confirm_request(request, reference, by=by, at=NIGHT)
            outcomes.append("confirmed")
        except Refused as refusal:
            outcomes.append(refusal.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=[by, f"P{n}"]) for n, by in enumerate(operators)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    kept = HelpRequest.objects.get().control_room_reference
    assert sorted(outcomes) == [f"Dit verzoek is al bevestigd, met kenmerk {kept}.", "confirmed"]


def test_merged_requests_show_as_one_and_can_be_parted_again():
    bram, (first, second) = make_actor(), two_requests()
    merged = actions.merge_requests(second, first, by=bram, at=NIGHT)
    assert (merged.merged_into_id, merged.merged_by_id) == (first.pk, bram.id)
    assert actions.merge_requests(second, first, by=bram, at=NIGHT).pk == second.pk
    assert list(open_requests_for(bram, NIGHT)) == [first]
    parted = actions.undo_merge(second, by=bram, at=NIGHT)
    assert (parted.merged_into, parted.merged_at, parted.merged_by) == (None, None, None)
    assert list(open_requests_for(bram, NIGHT)) == [first, second]
    with pytest.raises(Refused, match="op zichzelf"):
        actions.undo_merge(second, by=bram, at=NIGHT)


def test_merging_never_makes_chains_or_circles():
    bram, (first, second) = make_actor(), two_requests()
    third, elsewhere = make_request(first.incident), make_request()
    actions.merge_requests(second, first, by=bram, at=NIGHT)
    for duplicate, main in (
        (first, first),
        (first, third),
        (third, second),
        (second, third),
        (third, elsewhere),
    ):
        with pytest.raises(Refused):
            actions.merge_requests(duplicate, main, by=bram, at=NIGHT)
    assert set(main_candidates(third)) == {first}
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=third.pk).update(merged_into=third.pk, merged_at=NIGHT)


def test_only_who_coordinates_merges_moves_and_answers():
    nadia, (first, second) = make_actor(Role.DUTY_OFFICER), two_requests()
    target = make_incident()
    attempts = (
        lambda: actions.merge_requests(second, first, by=nadia, at=NIGHT),
        lambda: actions.undo_merge(second, by=nadia, at=NIGHT),
        lambda: actions.move_request(second, target, by=nadia, at=NIGHT),
        lambda: actions.undo_move(second, by=nadia, at=NIGHT),
        lambda: actions.answer_request(second, by=nadia, at=NIGHT),
        lambda: actions.withdraw_request(second, by=stranger(), at=NIGHT),
        lambda: actions.reopen_request(second, by=stranger(), at=NIGHT),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_moved_request_takes_along_what_is_merged_into_it_and_can_come_back():
    bram, (first, second) = make_actor(), two_requests()
    source, target = first.incident, make_incident(place="Reigerplein")
    actions.merge_requests(second, first, by=bram, at=NIGHT)
    moved = actions.move_request(first, target, by=bram, at=NIGHT)
    assert (moved.incident_id, moved.moved_from_id, moved.moved_by_id) == (target.pk, source.pk, bram.id)
    second.refresh_from_db()
    assert second.incident_id == target.pk
    threads = TrailEntry.objects.filter(verb="request.moved").values_list("thread_id", flat=True)
    assert set(threads) == {source.pk, target.pk}
    back = actions.undo_move(first, by=bram, at=NIGHT)
    assert (back.incident_id, back.moved_from, back.moved_at, back.moved_by) == (source.pk, None, None, None)
    second.refresh_from_db()
    assert second.incident_id == source.pk
    with pytest.raises(Refused, match="niet verplaatst"):
        actions.undo_move(first, by=bram, at=NIGHT)


def test_a_request_moves_only_to_another_open_incident_that_is_as_real():
    bram, (first, second) = make_actor(), two_requests()
    closed, exercise, open_one = make_incident(), make_incident(is_exercise=True), make_incident()
    actions.close_incident(closed, by=bram, at=NIGHT)
    for target in (first.incident, closed, exercise):
        with pytest.raises(Refused):
            actions.move_request(first, target, by=bram, at=NIGHT)
    actions.merge_requests(second, first, by=bram, at=NIGHT)
    with pytest.raises(Refused, match="samengevoegd"):
        actions.move_request(second, open_one, by=bram, at=NIGHT)
    assert list(move_candidates(first, bram, NIGHT)) == [open_one]


def test_a_request_does_not_move_to_what_one_does_not_see():
    region = make_region("VR92", team=make_team("Zuid"))
    far = make_incident(municipalities=(make_municipality("GM9003", "Duinrand", region=region),))
    with pytest.raises(PermissionDenied):
        actions.move_request(make_request(), far, by=make_actor(), at=NIGHT)


def test_a_request_is_answered_withdrawn_and_taken_up_again():
    bram, nadia, request = make_actor(), make_actor(Role.DUTY_OFFICER), make_request()
    assert actions.answer_request(request, by=bram, at=NIGHT).state == RequestState.ANSWERED
    with pytest.raises(Refused, match="beantwoord"):
        actions.answer_request(request, by=bram, at=NIGHT)
    withdrawn = actions.withdraw_request(request, by=nadia, at=NIGHT)
    assert (withdrawn.state, withdrawn.settled_at) == (RequestState.WITHDRAWN, NIGHT)
    with pytest.raises(Refused, match="ingetrokken"):
        actions.withdraw_request(request, by=nadia, at=NIGHT)
    reopened = actions.reopen_request(request, by=nadia, at=NIGHT)
    assert (reopened.state, reopened.settled_at) == (RequestState.OPEN, None)
