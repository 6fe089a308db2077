from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.knowledge.actions import brief_district, name_district, see_catalogue
from nabij.knowledge.factories import MORNING, make_district
from nabij.knowledge.models import Briefing, CatalogueVisit
from nabij.knowledge.queries import Share, district_lines, districts_for, share_told, visits_of

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def line(place, at=MORNING):
    return district_lines(list(districts_for(place.els, at)), at)[0]


def test_both_sides_write_down_a_briefing_and_the_last_day_counts(place):
    brief_district(place.district, TODAY - timedelta(days=200), by=place.els, at=MORNING)
    brief_district(place.district, TODAY - timedelta(days=20), by=place.olaf, at=MORNING)
    assert line(place).briefed_on == TODAY - timedelta(days=20)
    assert line(place).is_fresh


def test_the_same_day_twice_is_one_briefing(place):
    for _ in range(2):
        brief_district(place.district, TODAY, by=place.els, at=MORNING)
    assert Briefing.objects.count() == 1


def test_a_briefing_longer_than_the_term_ago_must_be_held_again(place):
    brief_district(place.district, TODAY, by=place.els, at=MORNING)
    assert line(place, MORNING + timedelta(days=365)).is_fresh
    assert not line(place, MORNING + timedelta(days=366)).is_fresh
    assert not district_lines(list(districts_for(place.joost, MORNING)), MORNING)


def test_a_day_to_come_is_refused(place):
    with pytest.raises(ValidationError, match="moet nog komen"):
        brief_district(place.district, TODAY + timedelta(days=1), by=place.els, at=MORNING)


def test_the_desk_says_how_many_of_all_districts_were_told(place):
    others = [make_district(f"Wijk {number}", municipality=place.heidebeek) for number in range(13)]
    for each in others[:11]:
        brief_district(each, TODAY, by=place.els, at=MORNING)
        brief_district(each, TODAY - timedelta(days=9), by=place.els, at=MORNING)
    assert share_told(place.els, MORNING) == Share(11, 14)
    assert share_told(place.joost, MORNING) == Share(0, 0)


def test_a_district_outside_the_area_does_not_exist(place):
    assert not districts_for(place.joost, MORNING).exists()
    assert not districts_for(place.vera, MORNING).exists()
    national = make_actor(Role.ADVICE_LINE, is_national=True)
    assert districts_for(national, MORNING).count() == 1
    for act in (
        lambda: brief_district(place.district, TODAY, by=place.joost, at=MORNING),
        lambda: name_district("GM9001", "Nieuw", by=place.joost, at=MORNING),
        lambda: name_district("GM9001", "Nieuw", by=place.vera, at=MORNING),
        lambda: see_catalogue(place.district, by=place.joost, at=MORNING),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_district_stands_there_once_however_it_is_written(place):
    with pytest.raises(ValidationError, match="staat er al"):
        name_district("GM9001", "VOGELWIJK", by=place.els, at=MORNING)
    assert name_district("GM9002", "Vogelwijk", by=place.joost, at=MORNING).name == "Vogelwijk"


def test_the_catalogue_is_seen_by_an_officer_once_a_day_and_never_by_victim_support(place):
    for _ in range(2):
        see_catalogue(place.district, by=place.els, at=MORNING)
    assert CatalogueVisit.objects.count() == 1
    assert line(place).seen_on == TODAY
    assert [each.membership_id for each in visits_of(place.district)] == [place.els.id]
    with pytest.raises(PermissionDenied):
        see_catalogue(place.district, by=place.olaf, at=MORNING)
