from datetime import timedelta

import pytest

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.centres import policies
from nabij.centres.factories import EVENING, make_centre, make_live_centre
from nabij.centres.models import ALLOWED, AdviceCentre, CentreStatus
from nabij.centres.queries import centres_for
from nabij.incidents.factories import make_incident

pytestmark = pytest.mark.django_db
OFFICER, GHOR, COORDINATOR = Role.DUTY_OFFICER, Role.GHOR_OFFICER, Role.ON_CALL_COORDINATOR
EDITOR, CHIEF, LEADER, ADVICE = Role.IAC_EDITOR, Role.IAC_CHIEF, Role.TEAM_LEADER, Role.ADVICE_LINE
APPROVER = Role.IAC_APPROVER
SEEING = {OFFICER, GHOR, COORDINATOR, EDITOR, CHIEF, LEADER, ADVICE} | {
    Role.CONTROL_ROOM,
    Role.IAC_REGISTRAR,
    Role.PSH_LEAD,
    APPROVER,
    Role.IAC_REGISTRAR_LEAD,
    Role.IAC_TECHNICIAN,
}
TABLE = {
    policies.can_see: SEEING,
    policies.can_edit: {EDITOR, CHIEF},
    policies.can_approve: {CHIEF, APPROVER},
    policies.can_publish: {CHIEF},
    policies.can_offer_answer: {EDITOR, CHIEF, Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD},
    policies.can_withdraw: {EDITOR, CHIEF, APPROVER},
    policies.can_preview: {OFFICER, GHOR, COORDINATOR, EDITOR, CHIEF, LEADER, ADVICE, APPROVER},
    policies.can_go_live: {CHIEF},
}


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("role", Role)
def test_who_may_do_what_with_a_centre_in_the_own_area(rule, role):
    centre = make_centre()
    assert rule(make_actor(role), centre, EVENING) is (role in TABLE[rule])


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
def test_nobody_may_do_anything_in_another_area_or_without_a_login(rule):
    centre = make_centre()
    elsewhere = make_municipality("GM9002", "Waterdijk")
    assert not rule(make_actor(OFFICER, municipality=elsewhere), centre, EVENING)
    assert not rule(ANONYMOUS, centre, EVENING)


@pytest.mark.parametrize("role", Role)
def test_who_may_commission(role):
    incident = make_incident(at=EVENING)
    actor = make_actor(role)
    assert policies.can_commission(actor, incident, EVENING) is (role in {OFFICER, GHOR, COORDINATOR})
    assert policies.can_enter_spoken(actor, incident, EVENING) is (role == COORDINATOR)
    seen = role in {OFFICER, GHOR, COORDINATOR, EDITOR, CHIEF, LEADER, ADVICE, APPROVER}
    assert policies.sees_panel(actor, incident) is seen


@pytest.mark.parametrize("role", Role)
def test_who_takes_a_live_centre_away_and_who_says_why_it_was_late(role):
    late = make_live_centre(at=EVENING)
    AdviceCentre.objects.filter(pk=late.pk).update(target_at=EVENING - timedelta(minutes=1))
    late.refresh_from_db()
    actor = make_actor(role)
    assert policies.can_take_offline(actor, late, EVENING) is (role == CHIEF)
    assert policies.can_give_reason(actor, late, EVENING) is (
        role in {COORDINATOR, CHIEF, LEADER, ADVICE, APPROVER}
    )
    assert not policies.can_go_live(actor, late, EVENING), "it is live already"


@pytest.mark.parametrize("role", Role)
def test_who_fills_a_centre_again_and_nobody_edits_before(role):
    centre = make_centre()
    AdviceCentre.objects.filter(pk=centre.pk).update(status=CentreStatus.COMMISSIONED)
    centre.refresh_from_db()
    actor = make_actor(role)
    assert policies.can_build(actor, centre, EVENING) is (
        role in {OFFICER, GHOR, COORDINATOR, CHIEF, APPROVER}
    )
    assert not policies.can_edit(actor, centre, EVENING)
    assert not policies.can_go_live(actor, centre, EVENING)


def test_the_list_is_the_rule():
    centre = make_centre()
    elsewhere = make_municipality("GM9002", "Waterdijk")
    assert list(centres_for(make_actor(OFFICER), EVENING)) == [centre]
    assert list(centres_for(SYSTEM, EVENING)) == [centre]
    assert list(centres_for(make_actor(OFFICER, municipality=elsewhere), EVENING)) == []


def test_every_status_leads_somewhere_known():
    assert set(ALLOWED) == set(CentreStatus.values)
    assert set().union(*ALLOWED.values()) <= set(CentreStatus.values)
