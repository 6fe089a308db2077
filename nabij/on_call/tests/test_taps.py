from datetime import timedelta

import pytest

from nabij.accounts.queries import actor_for
from nabij.incidents.factories import NIGHT
from nabij.kit import clock
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.models import Deployment, DeploymentState
from nabij.on_call.taps import pressed_at
from nabij.paging.actions import accept
from nabij.paging.models import Way

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Tap:
    """A request as far as a tap goes."""

    def __init__(self, said):
        self.POST = {} if said is None else {"seconden_geleden": said}
        self.at = NIGHT


@pytest.mark.parametrize(
    ("said", "minutes"),
    [(None, 0), ("0", 0), ("600", 10), ("36000", 60), ("99999999", 0), ("-600", 0), ("٣", 0), ("veel", 0)],
)
def test_a_tap_counts_from_when_it_was_pressed_and_never_before_the_step_before(said, minutes):
    assert pressed_at(Tap(said), NIGHT - HOUR) == NIGHT - minutes * MINUTE
    assert pressed_at(Tap("36000"), NIGHT - 24 * HOUR) == NIGHT - 6 * HOUR


def test_a_tap_that_comes_late_stands_at_its_own_moment_and_only_for_oneself(client):
    night = make_night()
    answer = make_answer(by=night.nadia)
    coming = clock.now() - HOUR
    accept(make_ask(answer), by=actor_for(night.bram), at=coming, way=Way.APP)
    deployment = Deployment.objects.get()
    Deployment.objects.filter(pk=deployment.pk).update(coming_at=coming)
    client.force_login(night.bram.user)
    client.post(f"/werk/piket/inzet/{deployment.pk}/onderweg/", {"seconden_geleden": "1200"})
    deployment.refresh_from_db()
    assert deployment.state == DeploymentState.ON_THE_WAY
    assert abs(clock.now() - 20 * MINUTE - deployment.on_the_way_at) < MINUTE
