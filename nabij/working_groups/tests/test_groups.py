"""Several municipalities make one plan, say things about it, and each takes it as its own draft."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.protocols.editing import Change, change_of
from nabij.protocols.factories import MORNING
from nabij.protocols.models import State
from nabij.protocols.problems import PlanError
from nabij.working_groups.actions import (
    adopt_group_draft,
    begin_group,
    change_group_step,
    decide_in_group,
    invite_municipality,
    remark_in_group,
)
from nabij.working_groups.models import GroupDecision, GroupMember, Remark
from nabij.working_groups.queries import group_page, groups_for, others_to_invite

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=1)


@pytest.fixture
def group(place):
    made = begin_group("Explosies in het noorden", place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    invite_municipality(made, place.duinrand, by=place.els, at=MORNING)
    return made


def changed(group, step_id, **wanted):
    now = change_of(group.whole_plan.step(step_id), is_on=step_id not in group.off)
    return Change(**{**now.__dict__, "reason": "Samen zo afgesproken", **wanted})


def test_who_begins_hosts_and_invites_others_once(place, group):
    again = invite_municipality(group, place.duinrand, by=place.els, at=LATER)
    assert GroupMember.objects.count() == 2
    assert again.organisation == place.duinrand
    assert list(others_to_invite(group)) == [place.waterdijk]


def test_only_the_host_invites_and_only_municipalities(place, group):
    with pytest.raises(PermissionDenied):
        invite_municipality(group, place.waterdijk, by=place.joost, at=LATER)
    police = make_actor(Role.POLICE_OFFICER, name="Bas")
    with pytest.raises(PermissionDenied):
        begin_group("Van de politie", place.heidebeek, "P-EXP", by=police, at=MORNING)
    region = type(place.heidebeek).objects.get(pk=police.organisation_id)
    with pytest.raises(PermissionDenied):
        invite_municipality(group, region, by=place.els, at=LATER)


def test_a_member_changes_a_step_and_the_reason_stands_there(place, group):
    held = change_group_step(
        group, "EXP-17", changed(group, "EXP-17", number=2, unit="days"), by=place.joost, at=LATER
    )
    assert held.whole_plan.step("EXP-17").due.offset == "P2D"
    assert Remark.objects.get().text == "Samen zo afgesproken"
    with pytest.raises(ValidationError, match="niets gewijzigd"):
        change_group_step(held, "EXP-17", changed(held, "EXP-17"), by=place.joost, at=LATER)
    with pytest.raises(PlanError):
        change_group_step(held, "EXP-04", changed(held, "EXP-04", is_on=False), by=place.joost, at=LATER)


def test_remarks_and_decisions_stand_beside_their_step_with_a_name(place, group):
    remark_in_group(group, "EXP-11", "Met twee paren", by=place.joost, at=MORNING)
    remark_in_group(group, "", "Goed begin", by=place.tom, at=MORNING)
    decide_in_group(group, "EXP-11", "Eén paar", by=place.els, at=MORNING)
    decide_in_group(group, "EXP-11", "Drie paren", by=place.els, at=LATER)
    page = group_page(group, place.joost, LATER)
    step = next(each for each in page.steps if each.step.id == "EXP-11")
    assert [(each.text, each.name) for each in step.remarks] == [("Met twee paren", "Joost Prins")]
    assert [each.text for each in step.decisions] == ["Drie paren", "Eén paar"]
    assert [each.text for each in page.whole.remarks] == ["Goed begin"]
    assert page.whole.step is None
    assert [each.name for each in page.own] == ["Gemeente Duinrand"]


def test_something_about_a_step_that_is_not_there_is_an_error_of_the_caller(place, group):
    for act in (remark_in_group, decide_in_group):
        with pytest.raises(KeyError):
            act(group, "EXP-99", "Tekst", by=place.els, at=LATER)
    assert not Remark.objects.exists()
    assert not GroupDecision.objects.exists()


def test_each_member_takes_the_draft_of_the_group_as_its_own(place, group):
    change_group_step(group, "EXP-25", changed(group, "EXP-25", is_on=False), by=place.joost, at=LATER)
    made = adopt_group_draft(group, place.duinrand, by=place.joost, at=LATER)
    assert (made.state, made.off) == (State.DRAFT, ["EXP-25"])
    assert made.protocol.organisation == place.duinrand
    with pytest.raises(ValidationError, match="al een concept"):
        adopt_group_draft(group, place.duinrand, by=place.joost, at=LATER)
    with pytest.raises(PermissionDenied):
        adopt_group_draft(group, place.heidebeek, by=place.joost, at=LATER)
    with pytest.raises(PermissionDenied):
        adopt_group_draft(group, place.waterdijk, by=make_actor(Role.TEAM_LEADER, is_national=True), at=LATER)


def test_who_is_not_in_the_group_does_not_see_it_and_does_nothing(place, group):
    for stranger in (place.marit, place.zoe, place.hester, SYSTEM):
        assert not groups_for(stranger, LATER).exists()
        for act in (
            lambda who=stranger: remark_in_group(group, "", "Tekst", by=who, at=LATER),
            lambda who=stranger: decide_in_group(group, "", "Tekst", by=who, at=LATER),
            lambda who=stranger: change_group_step(
                group, "EXP-25", changed(group, "EXP-25", is_on=False), by=who, at=LATER
            ),
            lambda who=stranger: adopt_group_draft(group, place.heidebeek, by=who, at=LATER),
        ):
            with pytest.raises(PermissionDenied):
                act()
    for member in (place.els, place.joost, place.tom):
        assert list(groups_for(member, LATER)) == [group]
