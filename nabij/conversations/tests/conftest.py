"""The same team as in the tests of cases, with one person who writes."""

import pytest

from nabij.audit.actor import Actor, ActorKind
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Part
from nabij.cases.tests.conftest import noordwest

__all__ = ["noordwest"]


@pytest.fixture
def case(noordwest):
    found = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    return give(found, noordwest.member.vera, Part.DEPUTY, at=WEDNESDAY)


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)
