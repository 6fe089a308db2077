from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.advice.actions import take_back_notice, tell_partner
from nabij.advice.models import PartnerNotice
from nabij.advice.queries import notices_at
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.models import TrailEntry

pytestmark = pytest.mark.django_db


def test_who_was_told_stands_with_moment_and_function_and_who_was_not_stays_visible(place):
    """SVC-04: partners, informed at."""
    tell_partner(place.incident, "ghor", MONDAY - timedelta(minutes=5), by=place.els, at=MONDAY)
    lines = {line.partner: line for line in notices_at(place.incident)}
    assert lines["ghor"].notice.informed_at == MONDAY - timedelta(minutes=5)
    assert lines["ghor"].function == "Wijkmanager Vogelwijk"
    assert lines["police"].notice is None
    assert lines["police"].function == ""
    assert len(lines) == 7


def test_told_twice_the_first_moment_stays(place):
    for minutes in (5, 1):
        at = MONDAY - timedelta(minutes=minutes)
        tell_partner(place.incident, "ghor", at, by=place.els, at=MONDAY)
    assert PartnerNotice.objects.get().informed_at == MONDAY - timedelta(minutes=5)
    assert TrailEntry.objects.filter(verb="partner.told").count() == 1


def test_a_moment_to_come_one_before_the_event_and_an_unknown_partner_are_refused(place):
    for partner, at in (
        ("ghor", MONDAY + timedelta(minutes=1)),
        ("ghor", place.incident.happened_at - timedelta(seconds=1)),
        ("buurman", MONDAY),
    ):
        with pytest.raises(ValidationError):
            tell_partner(place.incident, partner, at, by=place.els, at=MONDAY)


def test_a_mistake_is_taken_back(place):
    tell_partner(place.incident, "ghor", MONDAY, by=place.els, at=MONDAY)
    assert take_back_notice(place.incident, "ghor", by=place.olaf, at=MONDAY)
    assert not take_back_notice(place.incident, "ghor", by=place.olaf, at=MONDAY)
    assert not PartnerNotice.objects.exists()


def test_who_does_not_manage_the_event_writes_nothing_down(place):
    for actor in (place.joost, place.vera, place.ravi):
        with pytest.raises(PermissionDenied):
            tell_partner(place.incident, "ghor", MONDAY, by=actor, at=MONDAY)
        with pytest.raises(PermissionDenied):
            take_back_notice(place.incident, "ghor", by=actor, at=MONDAY)


def test_a_partner_that_the_list_no_longer_has_is_still_shown(place):
    PartnerNotice.objects.create(
        incident=place.incident, partner="museum", informed_at=MONDAY, informed_by=place.els_membership
    )
    assert notices_at(place.incident)[-1].name == "museum"
