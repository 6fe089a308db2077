from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.knowledge.actions import check_door, watch_door
from nabij.knowledge.factories import MORNING
from nabij.knowledge.queries import doors_for, doors_to_check

pytestmark = pytest.mark.django_db


def door(place, by=None):
    return watch_door("Wijkteam Oost", "https://example.nl/hulp", by=by or place.olaf, at=MORNING)


def test_a_door_waits_until_somebody_looked_and_again_after_half_a_year(place):
    made = door(place)
    assert list(doors_to_check(place.olaf, MORNING)) == [made]
    check_door(made, True, by=place.olaf, at=MORNING)
    assert not doors_to_check(place.olaf, MORNING + timedelta(days=182)).exists()
    assert list(doors_to_check(place.olaf, MORNING + timedelta(days=183))) == [made]


def test_a_door_that_is_not_there_keeps_waiting(place):
    held = check_door(door(place), False, by=place.olaf, at=MORNING)
    assert list(doors_to_check(place.olaf, MORNING)) == [held]


def test_whoever_looked_last_looks_after_it(place):
    made = door(place, by=place.els)
    assert check_door(made, True, by=place.els, at=MORNING).checker_id == place.els.id


def test_the_doors_of_another_organisation_do_not_exist(place):
    made = door(place)
    assert not doors_for(place.els).exists()
    assert not doors_for(place.vera).exists()
    with pytest.raises(PermissionDenied):
        check_door(made, True, by=place.els, at=MORNING)
    with pytest.raises(PermissionDenied):
        check_door(made, True, by=place.vera, at=MORNING)
    with pytest.raises(PermissionDenied):
        watch_door("Wijkteam", "Balie", by=place.vera, at=MORNING)


def test_a_place_of_a_partner_stands_there_once(place):
    door(place)
    with pytest.raises(ValidationError, match="staat er al"):
        watch_door("wijkteam oost", "HTTPS://example.nl/hulp", by=place.olaf, at=MORNING)
    assert door(place, by=place.els).partner == "Wijkteam Oost"
