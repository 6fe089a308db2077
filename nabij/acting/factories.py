"""Plain makers of mandates that were taken, shared by tests."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from nabij.acting.actions import accept_mandate, give_guardian
from nabij.acting.models import Mandate
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.kit.clock import local


def make_guardian(
    case: Case, *, by: Actor, at: datetime, years: int = 8, address: str = "ouder@example.nl"
) -> Mandate:
    today = local(at).date()
    born, until = today - relativedelta(years=years), today + timedelta(days=30)
    given, code = give_guardian(case.person, address, until, born, has_agreed=years >= 12, by=by, at=at)
    taken = accept_mandate(given, code, "Petra Rademaker", by=None, at=at)
    assert taken is not None
    return taken
