"""The same team as in the tests of cases, with one case that Ayla helps in and a yes to a specialist."""

from types import SimpleNamespace

import pytest

from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.tests.conftest import noordwest
from nabij.consents.factories import make_consent
from nabij.referrals.actions import Referring

__all__ = ["agreed", "noordwest"]


@pytest.fixture
def agreed(noordwest):
    case = make_case("Ilse Vermaat", helper=noordwest.member.ayla, topic="EVT-02")
    consent = make_consent(case.person, by=noordwest.ayla, at=WEDNESDAY)
    told = Referring(
        "csg", "csg@example.nl", ("is_client", "contact_data"), "Wil gebeld worden", is_warm=True
    )
    return SimpleNamespace(case=case, consent=consent, told=told)
