from datetime import UTC, datetime

import pytest

from nabij.contact.doors import CallerKind, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.on_call.routes import Route, route_for

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 13, 10, tzinfo=UTC)
CLOCK_CHANGE = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
C, U, R = CallerKind, Urgency, Route

TABLE = [
    (C.MUNICIPALITY, U.URGENT, NIGHT, False, R.PAGE),
    (C.MUNICIPALITY, U.LIFE_IN_DANGER, NIGHT, False, R.PAGE),
    (C.POLICE, U.LIFE_IN_DANGER, NIGHT, False, R.PAGE),
    (C.GHOR, U.URGENT, NIGHT, False, R.PAGE),
    (C.PUBLIC_HEALTH_SERVICE, U.URGENT, CLOCK_CHANGE, False, R.PAGE),
    (C.MUNICIPALITY, U.URGENT, NIGHT, True, R.CONFIRM),
    (C.MUNICIPALITY, U.NOT_URGENT, NIGHT, False, R.QUEUE),
    (C.MUNICIPALITY, U.NOT_URGENT, NIGHT, True, R.QUEUE),
    (C.MUNICIPALITY, U.URGENT, TUESDAY, False, R.DESK),
    (C.MUNICIPALITY, U.LIFE_IN_DANGER, TUESDAY, True, R.DESK),
    (C.MUNICIPALITY, U.NOT_URGENT, TUESDAY, False, R.DESK),
    (C.SCHOOL, U.URGENT, TUESDAY, False, R.DESK),
    (C.SCHOOL, U.URGENT, NIGHT, False, R.OTHER_DOOR),
    (C.SCHOOL, U.NOT_URGENT, NIGHT, False, R.QUEUE),
    (C.SAFETY_REGION, U.URGENT, NIGHT, False, R.OTHER_DOOR),
    (C.EMPLOYER, U.LIFE_IN_DANGER, NIGHT, False, R.OTHER_DOOR),
    (C.RESIDENT, U.URGENT, NIGHT, False, R.OTHER_DOOR),
    (C.RESIDENT, U.NOT_URGENT, TUESDAY, False, R.OTHER_DOOR),
]


@pytest.mark.parametrize(("caller", "urgency", "at", "waits", "route"), TABLE)
def test_the_doors_of_the_moment_decide_where_a_request_goes(caller, urgency, at, waits, route):
    doors = doors_for(caller, urgency, at, opening_hours())
    assert route_for(caller, urgency, doors, waits_for_control_room=waits) == route
