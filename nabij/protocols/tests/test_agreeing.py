"""In force only when all parties agreed; a no brings the draft back; then the old version is replaced."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor
from nabij.accounts.models import Membership, Organisation, SafetyRegion
from nabij.accounts.roles import Role
from nabij.notify.models import Message
from nabij.protocols.actions import (
    adopt_example,
    answer_version,
    record_written,
    renew_version,
    send_version,
    withdraw_version,
)
from nabij.protocols.factories import MORNING, make_in_force
from nabij.protocols.models import Approval, State, Version
from nabij.protocols.problems import PlanError
from nabij.protocols.queries import in_force, parties_of, waiting_for
from nabij.protocols.queries.parties import approvers

pytestmark = pytest.mark.django_db
LATER, LAST = MORNING + timedelta(days=1), MORNING + timedelta(days=9)


@pytest.fixture
def sent(place):
    draft = adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    return send_version(draft, by=place.els, at=MORNING)


def test_it_is_in_force_only_with_the_last_yes(place, sent):
    for who in (place.tom, place.els):
        assert answer_version(sent, True, by=who, at=LATER).state == State.SENT
    assert in_force(place.heidebeek.pk, "P-EXP", LATER) is None
    held = answer_version(sent, True, by=place.hester, at=LATER)
    assert (held.state, held.in_force_at) == (State.IN_FORCE, LATER)
    assert in_force(place.heidebeek.pk, "P-EXP", LATER) == held


def test_the_database_knows_no_version_in_force_without_every_yes(place, sent):
    answer_version(sent, True, by=place.tom, at=LATER)
    with pytest.raises(IntegrityError, match="every party has approved"), transaction.atomic():
        Version.objects.filter(pk=sent.pk).update(state=State.IN_FORCE, in_force_at=LATER)


def test_what_a_party_said_is_not_said_differently_afterwards(place, sent):
    answer_version(sent, True, by=place.tom, at=LATER)
    with pytest.raises(IntegrityError, match="not said differently"), transaction.atomic():
        Approval.objects.update(kind="police")


def test_the_parties_hear_that_it_waits_and_the_sender_hears_the_end(place, sent):
    asked = set(
        Message.objects.filter(template="protocol_asks_approval").values_list("recipient_id", flat=True)
    )
    assert asked == {place.tom.id, place.hester.id}
    for who in (place.els, place.tom, place.hester):
        answer_version(sent, True, by=who, at=LATER)
    assert Message.objects.get(template="protocol_in_force").recipient_id == place.els.id


def test_a_no_brings_the_draft_back_with_the_reason_and_every_party_answers_again(place, sent):
    answer_version(sent, True, by=place.tom, at=LATER)
    back = answer_version(sent, False, "De route klopt niet", by=place.hester, at=LATER)
    assert back.state == State.DRAFT
    assert Message.objects.get(template="protocol_refused").recipient_id == place.els.id
    assert Approval.objects.get(is_approved=False).reason == "De route klopt niet"
    again = send_version(back, by=place.els, at=LATER)
    assert again.turn == 2
    assert [party.approval for party in parties_of(again, LATER)] == [None, None, None]
    for who in (place.els, place.tom, place.hester):
        again = answer_version(again, True, by=who, at=LAST)
    assert again.state == State.IN_FORCE


def test_the_sender_who_refuses_needs_no_message(place, sent):
    answer_version(sent, False, "Toch niet", by=place.els, at=LATER)
    assert not Message.objects.filter(template="protocol_refused").exists()


def test_a_no_has_a_reason(place, sent):
    with pytest.raises(IntegrityError, match="a_refusal_has_a_reason"), transaction.atomic():
        answer_version(sent, False, by=place.hester, at=LATER)


def test_a_party_answers_once(place, sent):
    answer_version(sent, True, by=place.tom, at=LATER)
    colleague = make_actor(Role.TEAM_LEADER)
    with pytest.raises(ValidationError, match="al geantwoord"):
        answer_version(sent, False, "Toch niet", by=colleague, at=LATER)


def test_a_new_version_replaces_the_old_one_and_a_moment_in_between_is_still_known(place):
    old = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    new = send_version(renew_version(old, by=place.els, at=LATER), by=place.els, at=LATER)
    assert in_force(place.heidebeek.pk, "P-EXP", LATER) == old
    for who in (place.els, place.tom, place.hester):
        answer_version(new, True, by=who, at=LAST)
    old.refresh_from_db()
    assert (old.state, old.ended_at) == (State.REPLACED, LAST)
    assert in_force(place.heidebeek.pk, "P-EXP", LATER) == old
    assert in_force(place.heidebeek.pk, "P-EXP", LAST) == new
    assert in_force(place.heidebeek.pk, "P-EXP", MORNING - timedelta(days=1)) is None


def test_who_is_of_no_party_cannot_answer(place, sent):
    worker = make_actor(Role.ON_CALL_WORKER)
    for who in (place.joost, place.zoe, worker):
        with pytest.raises(PermissionDenied):
            answer_version(sent, True, by=who, at=LATER)


def test_a_draft_is_not_answered(place):
    draft = adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    with pytest.raises(PermissionDenied):
        answer_version(draft, True, by=place.tom, at=LATER)


def test_what_was_sent_is_taken_back_and_an_earlier_yes_no_longer_counts(place, sent):
    answer_version(sent, True, by=place.tom, at=LATER)
    with pytest.raises(PermissionDenied):
        withdraw_version(sent, by=place.hester, at=LATER)
    back = withdraw_version(sent, by=place.els, at=LATER)
    assert back.state == State.DRAFT
    with pytest.raises(PermissionDenied):
        withdraw_version(back, by=place.els, at=LATER)
    again = send_version(back, by=place.els, at=LATER)
    for who in (place.els, place.hester):
        assert answer_version(again, True, by=who, at=LATER).state == State.SENT


def test_a_party_without_people_here_agrees_in_writing(place, sent):
    Membership.objects.filter(pk=place.hester.id).update(ends_at=LATER)
    asked = {party.code: party for party in parties_of(sent, LATER)}
    assert [code for code, party in asked.items() if party.may_be_written] == ["police"]
    for who in (place.els, place.tom):
        answer_version(sent, True, by=who, at=LATER)
    with pytest.raises(PermissionDenied):
        record_written(sent, "police", "Teamchef", date(2027, 3, 1), by=place.joost, at=LATER)
    held = record_written(sent, "police", "Teamchef", date(2027, 3, 1), by=place.els, at=LATER)
    assert held.state == State.IN_FORCE
    assert Approval.objects.get(kind="police").job_title == "Teamchef"


def test_nobody_writes_down_a_yes_for_who_can_say_it_or_said_it_or_is_not_asked(place, sent):
    with pytest.raises(ValidationError, match="zelf akkoord"):
        record_written(sent, "police", "Teamchef", date(2027, 3, 1), by=place.els, at=LATER)
    with pytest.raises(ValidationError, match="zelf akkoord"):
        record_written(sent, "school", "Rector", date(2027, 3, 1), by=place.els, at=LATER)
    Membership.objects.filter(pk=place.hester.id).update(ends_at=LATER)
    record_written(sent, "police", "Teamchef", date(2027, 3, 1), by=place.els, at=LATER)
    with pytest.raises(ValidationError, match="al een akkoord"):
        record_written(sent, "police", "Teamchef", date(2027, 3, 1), by=place.els, at=LATER)


def test_a_plan_that_cannot_be_carried_out_is_not_sent(place):
    draft = adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    Version.objects.filter(pk=draft.pk).update(off=["EXP-04"])
    with pytest.raises(PlanError):
        send_version(draft, by=place.els, at=MORNING)


@pytest.mark.parametrize(
    ("party", "names"),
    [
        ("municipality", ["els"]),
        ("victim_support", ["tom"]),
        ("police", ["hester"]),
        ("school", []),
        ("public_health_service", []),
    ],
)
def test_who_says_yes_for_a_party(place, party, names):
    found = {each.pk for each in approvers(party, place.heidebeek, MORNING)}
    assert found == {getattr(place, name).id for name in names}


def test_a_region_without_police_in_nabij_has_no_approver(place):
    assert not approvers("police", place.waterdijk, MORNING).exists()


def test_a_region_without_team_is_answered_for_by_who_works_nationally(place):
    national = make_actor(Role.TEAM_LEADER, is_national=True)
    SafetyRegion.objects.update(team=None)
    found = approvers("victim_support", Organisation.objects.get(pk=place.heidebeek.pk), MORNING)
    assert [each.pk for each in found] == [national.id]


def test_it_waits_for_who_has_not_answered(place, sent):
    assert waiting_for(place.tom, LATER) == [sent]
    answer_version(sent, True, by=place.tom, at=LATER)
    assert waiting_for(place.tom, LATER) == []
    assert waiting_for(place.hester, LATER) == [sent]
    for nobody in (place.joost, place.zoe, make_actor(Role.VOLUNTEER)):
        assert waiting_for(nobody, LATER) == []
