"""A hold: with a reason and a last day, prolonged, lifted, and kept to by whoever erases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.keys.sealing import unseal
from nabij.privacy.actions import Placing, lift_hold, place_hold, prolong_hold, refuse_while_held
from nabij.privacy.models import HoldGround, HoldOn, LegalHold
from nabij.privacy.queries import holds_on

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 3, 11, 0, tzinfo=UTC)
LAST = date(2027, 3, 27)  # the night after it, summer time begins
OVER = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)


@pytest.fixture
def olaf(db):
    return make_actor(Role.TEAM_LEADER)


def hold(by, subject=None, *, ground=HoldGround.COURT, reason="Zaak 5", last=LAST, at=NOON):
    placing = Placing(HoldOn.PERSON, subject or uuid4(), ground, reason, last)
    return place_hold(placing, by=by, at=at)


def test_a_hold_keeps_its_reason_sealed_and_is_in_the_trail(olaf):
    row = hold(olaf)
    assert b"Zaak 5" not in bytes(row.reason_sealed)
    assert unseal(row.pk, row.reason_sealed) == "Zaak 5"
    entry = TrailEntry.objects.get(verb="hold.placed")
    assert (entry.subject_id, entry.thread_id) == (row.pk, row.subject_id)
    assert entry.facts == {"ground": "court", "on": "person"}


def test_a_hold_runs_through_the_last_second_of_its_last_day_in_amsterdam(olaf):
    row = hold(olaf)
    assert row.ends_at == OVER
    assert holds_on([row.subject_id, None], OVER - timedelta(seconds=1)) == [row]
    assert holds_on([row.subject_id], OVER) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"last": date(2027, 2, 2)}, "last_day"),
        ({"last": date(2029, 2, 4)}, "last_day"),
    ],
)
def test_no_hold_without_reason_in_the_past_or_for_longer_than_two_years(olaf, wrong, field):
    with pytest.raises(ValidationError) as refused:
        hold(olaf, **wrong)
    assert set(refused.value.message_dict) == {field}
    assert not LegalHold.objects.exists()


def test_today_and_the_day_two_years_ahead_are_allowed(olaf):
    assert hold(olaf, last=date(2027, 2, 3))
    assert hold(olaf, last=date(2029, 2, 3))


def test_one_hold_for_one_ground_and_another_for_another(olaf):
    row = hold(olaf)
    with pytest.raises(ValidationError, match="loopt al"):
        hold(olaf, row.subject_id)
    assert hold(olaf, row.subject_id, ground=HoldGround.COMPLAINT)
    assert hold(olaf, row.subject_id, at=OVER, last=date(2027, 4, 1)), "after the first has ended"


def test_nobody_without_an_organisation_holds(olaf):
    with pytest.raises(PermissionDenied):
        hold(SYSTEM)


def test_a_hold_is_prolonged_to_a_later_day_only(olaf):
    row = hold(olaf)
    with pytest.raises(ValidationError) as refused:
        prolong_hold(row, LAST, by=olaf, at=NOON)
    assert set(refused.value.message_dict) == {"last_day"}
    later = prolong_hold(row, LAST + timedelta(days=1), by=olaf, at=NOON)
    assert later.ends_at == OVER + timedelta(hours=23), "the day on which summer time begins"
    assert TrailEntry.objects.filter(verb="hold.prolonged").count() == 1


def test_a_hold_that_is_over_is_not_prolonged(olaf):
    row, lifted = hold(olaf), hold(olaf)
    lift_hold(lifted, by=olaf, at=NOON)
    for over, at in ((row, OVER), (lifted, NOON)):
        with pytest.raises(ValidationError, match="al voorbij"):
            prolong_hold(over, date(2027, 5, 1), by=olaf, at=at)


def test_lifting_ends_it_once_and_what_is_over_stays_as_it_was(olaf):
    row, ended = hold(olaf), hold(olaf)
    lift_hold(row, by=olaf, at=NOON)
    assert holds_on([row.subject_id], NOON) == []
    assert lift_hold(row, by=olaf, at=NOON + timedelta(days=1)).lifted_at == NOON
    assert lift_hold(ended, by=olaf, at=OVER).lifted_at is None
    assert TrailEntry.objects.filter(verb="hold.lifted").count() == 1


def test_who_erases_is_refused_while_a_hold_runs(olaf):
    row = hold(olaf)
    with pytest.raises(PermissionDenied, match="zaak of klacht"):
        refuse_while_held([uuid4(), row.subject_id], at=NOON)
    refuse_while_held([row.subject_id], at=OVER)
    refuse_while_held([None], at=NOON)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"subject_kind": "street"}, "known_kind"),
        ({"ground": "because"}, "known_kind"),
        ({"reason_sealed": b""}, "has_a_reason"),
        ({"ends_at": NOON}, "lasts_a_while"),
        ({"lifted_at": NOON}, "lifted_by_somebody"),
        ({"lifted_by": uuid4()}, "lifted_by_somebody"),
    ],
)
def test_the_database_keeps_holds_whole(olaf, change, rule):
    row = hold(olaf)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        LegalHold.objects.filter(pk=row.pk).update(**change)
