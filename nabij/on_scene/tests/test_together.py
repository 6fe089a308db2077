from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.guide.topics import topics
from nabij.incidents.factories import NIGHT
from nabij.incidents.refusals import Refused
from nabij.kit.content import load_toml
from nabij.on_call import actions as on_call
from nabij.on_call.factories import make_on_call
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_scene.actions import ask_relief, tick_material
from nabij.on_scene.models import Material
from nabij.on_scene.queries import board_of, hours_of, pairs_of
from nabij.on_scene.rules import _FILE as RULES
from nabij.on_scene.rules import nobody_goes_alone
from nabij.paging.factories import take_due_steps
from nabij.rosters.models import Seat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2027, 1, 11, 11, 0, tzinfo=UTC)


def test_workers_go_two_by_two_in_the_order_of_their_yes(night):
    imke, youssef = night.going[night.imke.pk], night.going[night.youssef.pk]
    assert pairs_of(night.incident) == {imke.pk: youssef, youssef.pk: imke}


def test_an_odd_one_joins_the_last_pair(night):
    on_call.call_workers(night.incident, 1, by=night.lead, at=NIGHT)
    vera = make_on_call(Seat.WORKER, name="Vera Kok", role=Role.ON_CALL_WORKER)
    third = night.going[night.imke.pk]
    third = Deployment.objects.create(
        incident=night.incident, membership=vera, ask=_new_ask(third), kind="workers",
        coming_at=NIGHT + HOUR,
    )  # fmt: skip
    assert pairs_of(night.incident)[third.pk] in night.going.values()


def _new_ask(like):
    ask = like.ask
    ask.pk, ask.token_hash, ask.membership_id = None, b"other", make_on_call(Seat.WORKER).pk
    ask.save(force_insert=True)
    return ask


def test_one_alone_has_no_buddy(night):
    on_call.step_back(night.going[night.youssef.pk], by=actor_for(night.youssef), at=NIGHT)
    assert pairs_of(night.incident) == {}


@pytest.mark.parametrize(
    ("topic", "people", "at", "holds"),
    [
        ("EVT-04", None, NOON, False),
        ("EVT-15", None, NOON, True),
        ("EVT-04", 19, NOON, False),
        ("EVT-04", 20, NOON, True),
        ("EVT-04", None, datetime(2027, 1, 11, 21, 0, tzinfo=UTC), True),
        ("EVT-04", None, datetime(2027, 1, 11, 20, 59, tzinfo=UTC), False),
        ("EVT-04", None, datetime(2027, 1, 11, 4, 59, tzinfo=UTC), True),
        ("EVT-04", None, datetime(2027, 1, 11, 5, 0, tzinfo=UTC), False),
    ],
)
def test_nobody_goes_alone_at_violence_with_many_people_or_at_night(night, topic, people, at, holds):
    night.incident.topic, night.incident.people = topic, people
    assert nobody_goes_alone(night.incident, at) is holds


def test_the_topics_of_the_rule_exist():
    known = set(load_toml(RULES)["two_people"]["topics"])
    assert known <= set(topics())


def test_a_worker_does_not_go_in_alone_and_the_coordinator_may_decide_otherwise(night):
    imke = night.going[night.imke.pk]
    on_call.set_off(imke, by=actor_for(night.imke), at=NIGHT)
    with pytest.raises(Refused, match="niet alleen naar binnen"):
        on_call.arrive(imke, by=actor_for(night.imke), at=NIGHT)
    assert on_call.arrive(imke, by=night.lead, at=NIGHT).state == DeploymentState.ON_SITE


def test_with_a_buddy_on_the_way_the_first_one_may_report_on_site(night):
    for person in (night.imke, night.youssef):
        on_call.set_off(night.going[person.pk], by=actor_for(person), at=NIGHT)
    arrived = on_call.arrive(night.going[night.imke.pk], by=actor_for(night.imke), at=NIGHT)
    assert arrived.state == DeploymentState.ON_SITE


def test_by_day_at_a_quiet_event_one_may_go_alone(night):
    type(night.incident).objects.filter(pk=night.incident.pk).update(topic="EVT-04", people=None)
    imke = Deployment.objects.get(pk=night.going[night.imke.pk].pk)
    on_call.set_off(imke, by=actor_for(night.imke), at=NOON)
    assert on_call.arrive(imke, by=actor_for(night.imke), at=NOON).state == DeploymentState.ON_SITE


def test_relief_calls_one_more_and_the_other_stays_until_then(there, fourth):
    relief = ask_relief(there.at, by=there.lead, at=NIGHT + 11 * HOUR)
    assert ask_relief(there.at, by=there.lead, at=NIGHT + 11 * HOUR).pk == relief.pk
    take_due_steps(NIGHT + 11 * HOUR)
    assert [ask.membership for ask in relief.page.asks.all()] == [fourth]
    there.at.refresh_from_db()
    assert there.at.state == DeploymentState.ON_SITE
    assert board_of(there.incident, NIGHT + 11 * HOUR).places[0].relief == relief


def test_nobody_is_called_to_relieve_who_has_gone(there):
    on_call.finish(there.at, by=there.me, at=NIGHT)
    with pytest.raises(Refused):
        ask_relief(there.at, by=there.lead, at=NIGHT)
    with pytest.raises(PermissionDenied):
        ask_relief(there.at, by=there.me, at=NIGHT)


def test_hours_count_from_setting_off_until_done(there):
    on_call.finish(there.at, by=there.me, at=NIGHT + 5 * HOUR)
    [(deployment, span)] = hours_of(there.incident)
    assert (deployment.membership, span) == (there.imke, 5 * HOUR)


def test_things_that_go_along_are_ticked_and_unticked(there):
    tick_material(there.incident, "vest", True, by=there.me, at=NIGHT)
    tick_material(there.incident, "vest", True, by=there.lead, at=NIGHT)
    assert Material.objects.get().ticked_by == there.imke.pk
    assert board_of(there.incident, NIGHT).to_take == 6
    tick_material(there.incident, "vest", False, by=there.lead, at=NIGHT)
    assert not Material.objects.exists()
    with pytest.raises(ValidationError):
        tick_material(there.incident, "iets", True, by=there.lead, at=NIGHT)


def test_who_does_not_go_there_ticks_nothing(there):
    with pytest.raises(PermissionDenied):
        tick_material(there.incident, "vest", True, by=there.nadia, at=NIGHT)
