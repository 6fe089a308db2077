"""Spaces, shifts, notices and what a night does."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.moderation import actions as moderation
from nabij.moderation.factories import make_shift
from nabij.moderation.queries import gaps_of, shifts_of, spaces_for
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask
from nabij.peers import actions, tasks
from nabij.peers.factories import NOON, make_group, make_post, make_space
from nabij.peers.models import GroupMember, Leaving, Relation, Space
from nabij.peers.queries.keeping import inactive_members
from nabij.privacy.removal import Held, collections

HOUR = timedelta(hours=1)


def test_a_space_and_its_groups_are_opened_once_and_by_who_leads_them(centre):
    again = make_space(owner_id=centre.space.owner_id)
    assert again == centre.space
    noor = Membership.objects.get(pk=centre.noor.id)
    assert actions.open_group(centre.space, Relation.BEREAVED, noor, by=centre.noor, at=NOON) == centre.group
    opened = actions.Opened("centre", again.pk, again.pk, "x", again.organisation, None, "088", False)
    with pytest.raises(PermissionDenied):
        actions.open_space(opened, by=centre.sjoerd, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.open_group(centre.space, Relation.INJURED, noor, by=centre.sjoerd, at=NOON)
    elsewhere = make_membership(Role.DUTY_OFFICER).organisation
    Space.objects.filter(pk=again.pk).update(organisation=elsewhere)
    again.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.open_group(again, Relation.INJURED, noor, by=centre.noor, at=NOON)
    assert not spaces_for(centre.noor, NOON).exists()


def test_the_contact_person_is_appointed_by_who_leads(centre):
    yara = Membership.objects.get(pk=centre.yara.id)
    assert actions.appoint(centre.group, yara, by=centre.noor, at=NOON).contact == yara
    with pytest.raises(PermissionDenied):
        actions.appoint(centre.group, yara, by=centre.sjoerd, at=NOON)


def test_the_first_week_somebody_is_there_from_8_to_24_and_a_gap_is_seen(centre):
    night, morning = datetime(2027, 5, 17, 22, 0, tzinfo=UTC), datetime(2027, 5, 18, 6, 0, tzinfo=UTC)
    first = gaps_of(centre.space, NOON)[0]
    assert first == (NOON + 4 * HOUR, night)  # Sjoerd until four; then nobody until midnight
    assert gaps_of(centre.space, NOON)[1][0] == morning
    later = NOON + timedelta(days=8)
    assert gaps_of(centre.space, later)[0] == (later, datetime(2027, 5, 25, 19, 0, tzinfo=UTC))


def test_a_shift_is_entered_and_dropped_by_who_leads(centre):
    yara = Membership.objects.get(pk=centre.yara.id)
    start, end = NOON + 4 * HOUR, NOON + 12 * HOUR
    shift = moderation.enter_shift(centre.space, yara, start, end, by=centre.noor, at=NOON)
    assert [each.membership for each in shifts_of(centre.space, NOON)][-1] == yara
    with pytest.raises(ValidationError):
        moderation.enter_shift(centre.space, yara, end, start, by=centre.noor, at=NOON)
    with pytest.raises(PermissionDenied):
        moderation.drop_shift(shift, by=centre.yara, at=NOON)
    moderation.drop_shift(shift, by=centre.noor, at=NOON)
    assert len(shifts_of(centre.space, NOON)) == 1


def test_nobody_of_another_organisation_watches_or_is_the_contact_person(centre):
    els = make_membership(Role.DUTY_OFFICER, name="Els Tuinman")
    with pytest.raises(PermissionDenied):
        moderation.enter_shift(centre.space, els, NOON, NOON + HOUR, by=centre.noor, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.appoint(centre.group, els, by=centre.noor, at=NOON)
    assert len(shifts_of(centre.space, NOON)) == 1


def test_a_notice_comes_once_a_day_never_at_night_and_only_to_who_asked(centre, above):
    for member, who in ((centre.reiger, centre.as_reiger), (centre.merel, centre.as_merel)):
        actions.choose_notices(member, True, by=who, at=NOON)
    make_post(centre.merel, at=NOON + HOUR)
    night = datetime(2027, 5, 17, 23, 0, tzinfo=UTC)
    assert actions.tell_news(by=SYSTEM, at=night) == 0
    assert actions.tell_news(by=SYSTEM, at=NOON + 2 * HOUR) == 1
    assert above.told == [(centre.reiger.member_id, "group_news")]  # Merel wrote it
    assert actions.tell_news(by=SYSTEM, at=NOON + timedelta(days=3)) == 0  # not again until they were here
    centre.reiger.refresh_from_db()
    actions.see(centre.reiger, by=centre.as_reiger, at=NOON + 3 * HOUR)
    make_post(centre.merel, at=NOON + 4 * HOUR)
    assert actions.tell_news(by=SYSTEM, at=NOON + 5 * HOUR) == 0
    assert actions.tell_news(by=SYSTEM, at=NOON + 26 * HOUR) == 1
    with pytest.raises(PermissionDenied):
        actions.tell_news(by=centre.noor, at=NOON)


def test_without_an_app_above_nobody_is_told(centre):
    actions.choose_notices(centre.reiger, True, by=centre.as_reiger, at=NOON)
    make_post(centre.merel, at=NOON + HOUR)
    assert actions.tell_news(by=SYSTEM, at=NOON + 2 * HOUR) == 0


def test_quiet_hours_may_lie_within_one_day(centre):
    centre.space.quiet_from, centre.space.quiet_until = time(12), time(14)
    assert centre.space.is_quiet(time(13))
    assert not centre.space.is_quiet(time(14))


def test_who_was_not_here_for_two_years_is_let_go_by_the_nightly_removal(centre):
    found = next(each for each in collections() if each.kind == "group_member")
    rows = found.rows(NOON + HOUR)
    kept = rows.exclude(found.about(Held([centre.merel.member_id])))
    assert set(rows) == {centre.reiger, centre.merel}
    found.remove(kept, by=SYSTEM, at=NOON)
    assert GroupMember.objects.get(pk=centre.reiger.pk).leaving == Leaving.INACTIVE
    assert list(inactive_members(NOON + HOUR)) == [centre.merel]


def test_the_jobs_do_what_is_due(centre, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    clock.move_to(NOON)
    GroupMember.objects.filter(space=centre.space).update(seen_at=NOON)
    Space.objects.filter(pk=centre.space.pk).update(
        opened_at=NOON - timedelta(days=200),
        end_announced_at=NOON - timedelta(days=195),
        ends_at=NOON - timedelta(days=30),
        erased_at=NOON,
    )
    tasks.call_again(0)
    tasks.each_hour(0)
    assert not GroupMember.objects.filter(left_at=None).exists()


def test_a_moderator_of_another_space_is_not_called_here(centre):
    make_shift(make_space(), Membership.objects.get(pk=centre.yara.id))
    make_group(make_space(), Relation.INJURED)
    make_post(centre.merel, "Ik wil dood.")
    take_due_steps(NOON)
    assert [each.membership.user.name for each in Ask.objects.all()] == ["Sjoerd Prins"]
