"""Who acts for somebody stays as long as that lasts, and goes with the last file they acted in."""

import pytest
from dateutil.relativedelta import relativedelta

from nabij.acting.actions import accept_mandate, give_helping_hand
from nabij.acting.factories import make_guardian
from nabij.acting.models import Mandate
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.kit.clock import local
from nabij.people.models import Person
from nabij.retention.keeping.persons import let_go

TODAY = local(WEDNESDAY).date()


@pytest.fixture
def case(noordwest):
    return make_case("Noor Rademaker", helper=noordwest.member.ayla)


def test_who_has_nothing_else_but_acts_for_somebody_stays(noordwest, case):
    mandate = make_guardian(case, by=noordwest.ayla, at=WEDNESDAY)
    let_go([mandate.acting_id], by=SYSTEM, at=WEDNESDAY)
    assert Mandate.objects.filter(pk=mandate.pk).exists()
    over = WEDNESDAY + relativedelta(days=31)
    let_go([mandate.acting_id], by=SYSTEM, at=over)
    assert not Person.objects.filter(pk=mandate.acting_id).exists()


def test_who_only_acted_goes_with_the_file_and_who_is_helped_stays(noordwest, case):
    guardian = make_guardian(case, by=noordwest.ayla, at=WEDNESDAY)
    aunt = make_case("Tante Rademaker", helper=noordwest.member.ayla)
    given, code = give_helping_hand(case.person, "tante@example.nl", TODAY, by=noordwest.ayla, at=WEDNESDAY)
    accept_mandate(given, code, "", by=Actor(ActorKind.HELPED_PERSON, id=aunt.person_id), at=WEDNESDAY)
    person_id = case.person_id
    case.delete()
    let_go([person_id], by=SYSTEM, at=WEDNESDAY)
    assert not Person.objects.filter(pk__in=[person_id, guardian.acting_id]).exists()
    assert Person.objects.filter(pk=aunt.person_id).exists()
