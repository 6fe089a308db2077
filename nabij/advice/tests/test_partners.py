from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.advice.actions import confirm_receipt, take_back_notice, tell_partner
from nabij.advice.content import receipt_term
from nabij.advice.models import PartnerNotice
from nabij.advice.queries import notices_at
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.models import TrailEntry
from nabij.kit import clock

pytestmark = pytest.mark.django_db


def test_who_was_told_stands_with_moment_and_function_and_who_was_not_stays_visible(place):
    """SVC-04: partners, informed at."""
    tell_partner(place.incident, "ghor", MONDAY - timedelta(minutes=5), by=place.els, at=MONDAY)
    lines = {line.partner: line for line in notices_at(place.incident, MONDAY)}
    assert lines["ghor"].notice.informed_at == MONDAY - timedelta(minutes=5)
    assert lines["ghor"].function == "Wijkmanager Vogelwijk"
    assert lines["police"].notice is None
    assert lines["police"].function == ""
    assert len(lines) == 8


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
    assert notices_at(place.incident, MONDAY)[-1].name == "museum"


def test_a_partner_answers_received_and_who_is_silent_longer_than_the_term_stands_out(place):
    told_at = place.incident.happened_at
    for partner in ("ghor", "police"):
        tell_partner(place.incident, partner, told_at, by=place.els, at=MONDAY)
    confirm_receipt(place.incident, "ghor", told_at + timedelta(minutes=4), by=place.els, at=MONDAY)
    just = {line.partner: line for line in notices_at(place.incident, told_at + receipt_term())}
    late = {
        line.partner: line
        for line in notices_at(place.incident, told_at + receipt_term() + timedelta(seconds=1))
    }
    assert late["ghor"].notice.received_at == told_at + timedelta(minutes=4)
    assert [late[each].is_silent for each in ("ghor", "police", "municipality")] == [False, True, False]
    assert not just["police"].is_silent


def test_received_twice_the_first_moment_stays(place):
    tell_partner(place.incident, "ghor", MONDAY - timedelta(minutes=9), by=place.els, at=MONDAY)
    for minutes in (5, 1):
        at = MONDAY - timedelta(minutes=minutes)
        confirm_receipt(place.incident, "ghor", at, by=place.els, at=MONDAY)
    assert PartnerNotice.objects.get().received_at == MONDAY - timedelta(minutes=5)
    assert TrailEntry.objects.filter(verb="partner.received").count() == 1


def test_received_before_it_was_told_in_the_future_or_by_who_was_not_told_is_refused(place):
    tell_partner(place.incident, "ghor", MONDAY - timedelta(minutes=5), by=place.els, at=MONDAY)
    for partner, minutes in (("ghor", -6), ("ghor", 1), ("police", -1)):
        with pytest.raises(ValidationError):
            confirm_receipt(
                place.incident, partner, MONDAY + timedelta(minutes=minutes), by=place.els, at=MONDAY
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerNotice.objects.update(
            received_at=MONDAY - timedelta(minutes=6), received_by=place.els_membership
        )


def test_who_works_for_the_partner_says_received_for_that_partner_only(place):
    tell_partner(place.incident, "ghor", MONDAY, by=place.els, at=MONDAY)
    tell_partner(place.incident, "police", MONDAY, by=place.els, at=MONDAY)
    ghor = actor_for(make_membership(Role.GHOR_OFFICER, municipality=place.heidebeek))
    elsewhere = actor_for(make_membership(Role.GHOR_OFFICER, municipality=place.duinrand))
    for actor, partner in (
        (ghor, "police"),
        (elsewhere, "ghor"),
        (place.joost, "ghor"),
        (place.vera, "ghor"),
    ):
        with pytest.raises(PermissionDenied):
            confirm_receipt(place.incident, partner, MONDAY, by=actor, at=MONDAY)
    assert confirm_receipt(place.incident, "ghor", MONDAY, by=ghor, at=MONDAY).received_by_id == ghor.id


def test_the_room_shows_a_partner_the_one_button_that_is_theirs(place, as_):
    clock.move_to(MONDAY + timedelta(minutes=1))
    tell_partner(place.incident, "ghor", MONDAY, by=place.els, at=MONDAY)
    room = f"/werk/gebeurtenissen/{place.incident.pk}/"
    browser = as_(actor_for(make_membership(Role.GHOR_OFFICER, municipality=place.heidebeek)))
    assert "Wij hebben het ontvangen" in browser.get(room).content.decode()
    page = browser.post(
        f"/werk/advies/gebeurtenis/{place.incident.pk}/partners/ghor/ontvangen/", follow=True
    ).content.decode()
    assert "ontvangen om" in page
    assert "Wij hebben het ontvangen" not in page
    again = f"/werk/advies/gebeurtenis/{place.incident.pk}/partners/police/ontvangen/"
    assert "nog niet ingelicht" in as_(place.els).post(again, follow=True).content.decode()
    assert as_(place.joost).post(again).status_code == 404
