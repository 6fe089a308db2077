"""A guardian who is the danger acts for the child no more, also where nobody drew the family yet."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.acting.actions import let_in
from nabij.acting.factories import make_guardian
from nabij.acting.policies import decides_with_guardian, holds
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.households.actions import judge_guardian
from nabij.vulnerability.models import Alert

LATER = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def child(noordwest):
    case = make_case("Noor Rademaker", helper=noordwest.member.ayla)
    Case.objects.filter(pk=case.pk).update(is_minor=True)
    return Case.objects.select_related("person", "team").get(pk=case.pk)


def test_a_guardian_who_is_the_danger_loses_everything_at_once(noordwest, child):
    mandate = make_guardian(child, by=noordwest.ayla, at=WEDNESDAY)
    assert holds(mandate, LATER)
    judge_guardian(child, "Slaat", is_danger=True, by=noordwest.olaf, at=LATER)
    assert not Alert.objects.filter(person=child.person).exists()
    assert not holds(mandate, LATER)
    assert not decides_with_guardian(child.person_id, LATER)
    with pytest.raises(PermissionDenied):
        let_in(mandate, "Toch", by=noordwest.olaf, at=LATER)
    with pytest.raises(ValidationError, match="geen ouder of voogd"):
        make_guardian(child, by=noordwest.ayla, at=LATER, address="vader@example.nl")


def test_a_guardian_who_turned_out_not_to_be_the_danger_acts_again(noordwest, child):
    mandate = make_guardian(child, by=noordwest.ayla, at=WEDNESDAY)
    judge_guardian(child, "Slaat", is_danger=True, by=noordwest.olaf, at=WEDNESDAY)
    judge_guardian(child, "Bleek niet zo", is_danger=False, by=noordwest.olaf, at=LATER)
    assert holds(mandate, LATER)
