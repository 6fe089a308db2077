from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor, make_membership, make_municipality, make_region, make_team
from nabij.accounts.geography import load_geography
from nabij.accounts.models import Membership, Municipality, Organisation, SafetyRegion
from nabij.accounts.queries import (
    actor_for,
    current_memberships,
    memberships_of,
    municipalities_on,
    municipality_today,
    names_of,
    team_for,
)
from nabij.accounts.roles import PERMISSIONS, Permission, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


def test_every_role_has_its_line_in_the_table():
    assert set(PERMISSIONS) == set(Role)
    assert Permission.SEE_REGISTRATIONS not in PERMISSIONS[Role.DUTY_OFFICER]
    assert Permission.APPROVE_CENTRE not in PERMISSIONS[Role.IAC_EDITOR]


def test_an_official_works_in_the_own_municipality_only():
    make_municipality("GM9002", "Duinrand")
    officer = make_actor(Role.DUTY_OFFICER)
    assert officer.covers("GM9001")
    assert not officer.covers("GM9002")


def test_a_control_room_works_in_its_region_and_a_team_in_its_regions():
    other_team = make_team("Zuid")
    make_municipality("GM9002", "Duinrand")
    make_municipality("GM9003", "Heidebeek", region=make_region("VR92", team=other_team))
    operator = make_actor(Role.CONTROL_ROOM)
    assert operator.municipality_codes == {"GM9001", "GM9002"}
    assert operator.safety_region_codes == {"VR91"}
    assert make_actor(Role.ON_CALL_WORKER, team=other_team).municipality_codes == {"GM9003"}


def test_national_staff_works_everywhere_and_staff_without_area_nowhere():
    assert make_actor(Role.IAC_EDITOR, is_national=True).covers("GM0001")
    adrift = make_membership(Role.IAC_EDITOR)
    adrift.team = None
    assert actor_for(adrift).municipality_codes == frozenset()


def test_a_membership_that_ended_gives_nothing():
    membership = make_membership()
    assert list(current_memberships(membership.user, NOW)) == [membership]
    membership.ends_at = NOW
    membership.save()
    assert not current_memberships(membership.user, NOW).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(ends_at=membership.starts_at - timedelta(days=1))


def test_the_roles_of_one_person():
    membership = make_membership()
    other = make_membership(Role.TEAM_LEADER)
    other.user = membership.user
    other.save()
    assert set(memberships_of(actor_for(membership), NOW)) == {membership, other}
    assert names_of({membership.pk}) == {membership.pk: membership.user.name}


def test_342_municipalities_each_resolve_to_one_team():
    load_geography()
    load_geography()
    team = make_team()
    SafetyRegion.objects.update(team=team)
    today = municipalities_on(date(2026, 11, 23))
    assert today.count() == 342
    assert all(team_for(each) == team for each in today.select_related("safety_region__team"))
    names = [each.name for each in today]
    assert names.index("'s-Gravenhage") < names.index("Groningen")


def test_a_merged_municipality_is_found_under_its_successor():
    load_geography()
    assert municipality_today("GM0457", date(2026, 11, 23)).name == "Amsterdam"
    assert municipality_today("GM0457", date(2022, 1, 1)).name == "Weesp"
    assert municipality_today("GM0000", date(2026, 11, 23)) is None
    weesp = Municipality.objects.get(code="GM0457")
    assert not weesp.exists_on(weesp.ends_on)


def test_an_organisation_without_its_code_or_region_cannot_exist():
    for kind in ("municipality", "police", "ghor", "safety_region"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(kind=kind, name="x")
