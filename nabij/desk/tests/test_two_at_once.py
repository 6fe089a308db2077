import pytest
from django.core.exceptions import ValidationError

from nabij.desk import actions
from nabij.desk.factories import make_need
from nabij.desk.models import Need
from nabij.desk.tests.conftest import EVENING
from nabij.kit.tests.at_once import together


@pytest.mark.django_db(transaction=True)
def test_two_registrars_who_take_one_need_at_once_are_one_owner(place):
    need = make_need(place.incident, at=EVENING, urgent="yes")
    failed = together(
        lambda: actions.take_need(need, by=place.rosa, at=EVENING),
        lambda: actions.take_need(need, by=place.tim, at=EVENING),
    )
    assert [type(each) for each in failed] == [ValidationError]
    assert Need.objects.get().owner_id in (place.rosa.id, place.tim.id)
