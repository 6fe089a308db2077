"""Transfer moves ownership on acceptance; access is asked of the leader and tells nothing it may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_team
from nabij.audit.actor import SYSTEM
from nabij.cases.actions import change_level
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, Task, TaskKind
from nabij.cases.queries import case_for, search_cases
from nabij.people.models import AccessGrant
from nabij.referrals.actions import answer_transfer, ask_access, ask_transfer, decide_access, revoke_transfer
from nabij.referrals.models import AccessRequest, Transfer
from nabij.referrals.queries import (
    access_request,
    access_requests_of,
    other_teams,
    running_transfer,
    transfer_for,
    transfers_waiting,
    unfinished,
)
from nabij.vulnerability.models import Level

SOON = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def case(noordwest):
    return make_case("Tijs Vonk", helper=noordwest.member.ayla)


@pytest.fixture
def offered(noordwest, case):
    return ask_transfer(case, make_team("Zuid"), "Verhuisd naar het zuiden", by=noordwest.ayla, at=WEDNESDAY)


def test_ownership_moves_when_the_other_leader_accepts_and_not_before(noordwest, case, offered):
    assert case_for(noordwest.femke, case.pk, SOON) is None
    [shown] = transfers_waiting(noordwest.femke, SOON)
    assert (shown.topic, shown.summary) == ("Overval", "Verhuisd naar het zuiden")
    assert "aangeboden" in unfinished(case)
    answer_transfer(offered, "", is_accepted=True, by=noordwest.femke, at=SOON)
    assert case_for(noordwest.femke, case.pk, SOON) == case
    for who in (noordwest.ayla, noordwest.olaf):
        assert case_for(who, case.pk, SOON) is None
    moved = Case.objects.get()
    assert (moved.team.name, moved.helper) == ("Zuid", None)
    assert Task.objects.to_do().filter(kind=TaskKind.ASSIGN).count() == 1
    assert search_cases("Tijs Vonk", "", "", by=noordwest.femke, at=SOON).rows
    assert running_transfer(moved) is None


def test_refused_with_a_reason_or_taken_back(noordwest, case, offered):
    for who in (noordwest.olaf, noordwest.ayla, noordwest.zuid):
        with pytest.raises(PermissionDenied):
            answer_transfer(offered, "", is_accepted=True, by=who, at=SOON)
    with pytest.raises(ValidationError, match="waarom niet"):
        answer_transfer(offered, " ", is_accepted=False, by=noordwest.femke, at=SOON)
    answer_transfer(offered, "Geen plaats", is_accepted=False, by=noordwest.femke, at=SOON)
    assert Case.objects.get().helper == noordwest.member.ayla
    with pytest.raises(PermissionDenied):
        revoke_transfer(offered, by=noordwest.ayla, at=SOON)
    again = ask_transfer(case, make_team("Zuid"), "Toch", by=noordwest.ayla, at=SOON)
    with pytest.raises(PermissionDenied):
        revoke_transfer(again, by=noordwest.daan, at=SOON)
    assert transfer_for(noordwest.femke, again.pk, SOON) == again
    assert transfer_for(noordwest.zuid, again.pk, SOON) is None
    revoke_transfer(again, by=noordwest.ayla, at=SOON)
    assert transfers_waiting(noordwest.femke, SOON) == []


@pytest.mark.parametrize(
    ("team", "summary", "why"), [("Noordwest", "x", "ander team"), ("Zuid", " ", "past")]
)
def test_an_offer_goes_to_another_team_with_a_reason(noordwest, case, team, summary, why):
    with pytest.raises(ValidationError, match=why):
        ask_transfer(case, make_team(team), summary, by=noordwest.ayla, at=WEDNESDAY)


def test_one_offer_at_a_time_by_who_helps(noordwest, case, offered):
    with pytest.raises(ValidationError, match="al aangeboden"):
        ask_transfer(case, make_team("Zuid"), "Nog eens", by=noordwest.ayla, at=WEDNESDAY)
    for who in (noordwest.daan, SYSTEM):
        with pytest.raises(PermissionDenied):
            ask_transfer(case, make_team("Zuid"), "x", by=who, at=WEDNESDAY)
    assert [each.name for each in other_teams(case)] == ["Zuid"]
    assert Transfer.objects.count() == 1


def test_a_person_with_a_case_in_two_teams_keeps_both_leaders(noordwest, case):
    from nabij.incidents.factories import make_incident

    second = Case.objects.create(
        reference="oud-blik-22", person=case.person, topic="EVT-05", team=make_team("Zuid"),
        opened_at=WEDNESDAY, consent_version="hulp-1", incident=make_incident(),
    )  # fmt: skip
    from nabij.cases.actions.access import settle_access

    settle_access(second, at=WEDNESDAY)
    settle_access(case, at=WEDNESDAY)
    for who in (noordwest.olaf, noordwest.femke):
        assert case_for(who, case.pk, WEDNESDAY) is not None


def test_access_is_asked_of_the_leader_and_lasts_a_week(noordwest, case):
    asked = ask_access("Tijs Vonk", "", "", "Belt mij steeds", by=noordwest.daan, at=WEDNESDAY)
    assert asked == 1
    assert ask_access("Tijs Vonk", "", "", "Belt weer", by=noordwest.daan, at=WEDNESDAY) == 1
    [(request, reason)] = access_requests_of(case)
    assert (reason, request.is_silent) == ("Belt mij steeds", False)
    assert Task.objects.to_do().get(kind=TaskKind.ACCESS_REQUEST).is_for_leader
    for who in (noordwest.daan, noordwest.ayla, noordwest.femke):
        with pytest.raises(PermissionDenied):
            decide_access(request, is_granted=True, by=who, at=SOON)
    decide_access(access_request(request.pk), is_granted=True, by=noordwest.olaf, at=SOON)
    assert case_for(noordwest.daan, case.pk, SOON) == case
    assert case_for(noordwest.daan, case.pk, SOON + timedelta(days=7)) is None
    with pytest.raises(PermissionDenied):
        decide_access(request, is_granted=False, by=noordwest.olaf, at=SOON)
    assert not Task.objects.to_do().filter(kind=TaskKind.ACCESS_REQUEST).exists()


def test_at_level_3_the_asker_hears_what_nobody_found_hears_and_the_leader_gets_a_silent_task(
    noordwest, case
):
    change_level(case, Level.HIGH, "Dader zoekt haar", by=noordwest.ayla, at=WEDNESDAY)
    assert ask_access("Niemand Bekend", "", "", "x", by=noordwest.daan, at=WEDNESDAY) == 0
    assert not AccessRequest.objects.exists()
    assert ask_access("Tijs Vonk", "", "", "Buurman", by=noordwest.daan, at=WEDNESDAY) == 0
    assert AccessRequest.objects.get().is_silent
    assert Task.objects.to_do().filter(kind=TaskKind.ACCESS_REQUEST).count() == 1
    request = AccessRequest.objects.get()
    decide_access(request, is_granted=False, by=noordwest.olaf, at=SOON)
    assert case_for(noordwest.daan, case.pk, SOON) is None


def test_a_rising_level_ends_what_was_granted_for_a_week(noordwest, case):
    ask_access("Tijs Vonk", "", "", "Overleg", by=noordwest.daan, at=WEDNESDAY)
    decide_access(AccessRequest.objects.get(), is_granted=True, by=noordwest.olaf, at=WEDNESDAY)
    change_level(case, Level.HIGH, "Nieuwe dreiging", by=noordwest.ayla, at=SOON)
    assert case_for(noordwest.daan, case.pk, SOON) is None
    open_grants = AccessGrant.objects.filter(person_id=case.person_id, ends_at=None)
    assert {each.grantee_id for each in open_grants} == {noordwest.ayla.id, noordwest.olaf.id}


def test_access_is_asked_by_colleagues_with_a_reason(noordwest, case):
    with pytest.raises(ValidationError):
        ask_access("Tijs Vonk", "", "", " ", by=noordwest.daan, at=WEDNESDAY)
    for who in (noordwest.nadia, noordwest.hester, noordwest.imke, SYSTEM):
        with pytest.raises(PermissionDenied):
            ask_access("Tijs Vonk", "", "", "x", by=who, at=WEDNESDAY)
    assert access_request(case.pk) is None
