from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.care.actions import plan_care
from nabij.rosters.actions import enter_duty
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.rosters.queries.calling import OFF_DUTY, ids_to_call
from nabij.working_time.actions import record_work

pytestmark = pytest.mark.django_db
ENDED = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_duty_during_rest_is_refused():
    imke = make_certified(make_membership(Role.ON_CALL_WORKER), on=ENDED.date())
    plan_care(
        imke, source_id=uuid4(), ended_at=ENDED, went_there=True, has_deaths=False, is_heavy=False,
        by=SYSTEM, at=ENDED,
    )  # fmt: skip
    lead = make_actor(Role.TEAM_LEADER)
    duty = {"membership": imke, "seat": Seat.WORKER, "team": imke.team, "by": lead, "at": ENDED}
    with pytest.raises(ValidationError, match="rust tot"):
        enter_duty(starts_at=ENDED + 10 * HOUR, ends_at=ENDED + 22 * HOUR, **duty)
    assert enter_duty(starts_at=ENDED + 11 * HOUR, ends_at=ENDED + 22 * HOUR, **duty)


def test_who_worked_as_long_as_the_law_allows_is_called_after_the_others_and_not_on_a_free_day():
    imke, noor = (
        make_certified(make_membership(Role.ON_CALL_WORKER, name=name), on=ENDED.date())
        for name in ("Imke Tol", "Noor Bos")
    )
    record_work(imke, source_id=uuid4(), starts_at=ENDED - 13 * HOUR, ends_at=ENDED, by=SYSTEM, at=ENDED)
    record_work(noor, source_id=uuid4(), starts_at=ENDED - 12 * HOUR, ends_at=ENDED, by=SYSTEM, at=ENDED)
    assert ids_to_call(OFF_DUTY, imke.team_id, ENDED) == [noor.pk]
    make_duty(imke, Seat.WORKER, starts_at=ENDED - HOUR)
    make_duty(noor, Seat.WORKER, starts_at=ENDED)
    assert ids_to_call("worker", imke.team_id, ENDED) == [noor.pk, imke.pk]
    assert ids_to_call("worker", imke.team_id, ENDED + 12 * HOUR) == [imke.pk, noor.pk]
