"""Two people at the same moment: nothing is lost, and nothing is in force by half."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.test import Client

from nabij.accounts.models import Membership
from nabij.kit.tests.at_once import together
from nabij.protocols.actions import adopt_example, answer_version, send_version, withdraw_version
from nabij.protocols.factories import MORNING
from nabij.protocols.models import Approval, State, Version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(place):
    with transaction.atomic():
        draft = adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)
        return send_version(draft, by=place.els, at=MORNING)


def test_two_approvals_at_the_same_moment_put_it_in_force(place, sent):
    answer_version(sent, True, by=place.els, at=MORNING)
    failed = together(
        *(partial(answer_version, sent, True, by=who, at=MORNING) for who in (place.tom, place.hester))
    )
    assert failed == []
    assert Version.objects.get().state == State.IN_FORCE


def test_the_same_party_twice_at_the_same_moment_counts_once(place, sent):
    act = partial(answer_version, sent, True, by=place.tom, at=MORNING)
    failed = together(act, act)
    assert [type(error) for error in failed] == [ValidationError]
    assert Approval.objects.count() == 1


def test_the_last_yes_and_a_withdrawal_at_the_same_moment_end_in_one_of_the_two(place, sent):
    for who in (place.els, place.tom):
        answer_version(sent, True, by=who, at=MORNING)
    failed = together(
        partial(answer_version, sent, True, by=place.hester, at=MORNING),
        partial(withdraw_version, sent, by=place.els, at=MORNING),
    )
    assert [type(error) for error in failed] == [PermissionDenied]
    state = Version.objects.get().state
    assert (state, Approval.objects.filter(kind="police").count()) in [(State.IN_FORCE, 1), (State.DRAFT, 0)]


def test_two_who_adopt_at_the_same_moment_make_one_draft(place):
    act = partial(adopt_example, place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    failed = together(act, act)
    assert [type(error) for error in failed] == [ValidationError]
    assert Version.objects.count() == 1


def test_two_who_write_down_the_same_agreement_at_once_both_get_a_page(place, sent):
    Membership.objects.filter(pk=place.hester.id).update(ends_at=F("starts_at") + timedelta(seconds=1))
    address = f"/werk/protocollen/versie/{sent.pk}/schriftelijk/police/"
    told = {"job_title": "Teamchef", "agreed_on": "2026-11-20"}
    answers = []

    def write_down():
        client = Client()
        client.force_login(Membership.objects.get(pk=place.els.id).user)
        answers.append(client.post(address, told).status_code)

    assert together(write_down, write_down) == []
    assert set(answers) <= {302, 404}
    assert Approval.objects.count() == 1
