from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.academy.models import Certificate
from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.notify.models import Message
from nabij.psh import tasks
from nabij.psh.actions import answer_offer, ask_staff, check_confirmed, offer_people, withdraw_request
from nabij.psh.models import OfferState, StaffOffer
from nabij.psh.queries import candidates_for, lacking_for, offers_of_me, requests_for, supply_of
from nabij.psh.tests.conftest import EVENING, make_worker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(membership, template):
    return Message.objects.filter(recipient_id=membership.pk, template=template).count()


def offer(request, people, by, at=EVENING):
    return offer_people(request, [each.pk for each in people], by=by, at=at)


def say_yes(request, person, at=EVENING):
    row = request.offers.get(membership=person)
    return answer_offer(row, True, by=actor_for(person), at=at)


def test_eight_asked_seven_offered_one_drops_out_and_another_region_adds_one(fire):
    """S05-4: VEILIG of one ended on 12 May; 6 confirmed + 1 of another region = 7 of 8; the gap shows."""
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    assert told(fire.bart_membership, "psh_staff_asked") == 1
    seven = [make_worker(f"Medewerker {number}") for number in range(7)]
    Certificate.objects.filter(user=seven[6].user, module="VEILIG").update(last_valid_on=date(2027, 5, 12))
    offers = offer(request, seven, fire.bart)
    assert [each.state for each in offers].count(OfferState.DROPPED) == 1
    assert told(seven[6], "psh_offered") == 0
    for person in seven[:6]:
        say_yes(request, person)
    neighbour = make_worker("Uit regio twee", team=make_team("Zuid"))
    offer(request, [neighbour], fire.other)
    say_yes(request, neighbour)
    supply = supply_of(request)
    assert (supply.offered, supply.confirmed, supply.dropped, supply.gap) == (8, 7, 1, 1)
    assert len(supply.people) == 7


def test_the_reason_stands_with_victim_support_before_anybody_is_offered(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    lapsed = make_worker("Verlopen")
    Certificate.objects.filter(user=lapsed.user, module="VEILIG").update(last_valid_on=date(2027, 5, 12))
    candidates = candidates_for(request, fire.bart, EVENING)
    assert candidates[-1].membership == lapsed
    assert candidates[-1].lacking
    assert lacking_for(replace_task(request), [lapsed.user_id], EVENING) == {}


def replace_task(request):
    request.modules = []
    return request


def test_a_person_of_another_team_cannot_be_offered(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    neighbour = make_worker("Uit regio twee", team=make_team("Zuid"))
    assert offer(request, [neighbour], fire.bart) == []


def test_whoever_was_offered_may_decline_and_change_their_mind_and_the_asker_hears_each(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla")
    offer(request, [ayla], fire.bart)
    assert [each.request for each in offers_of_me(actor_for(ayla), EVENING)] == [request]
    row = request.offers.get()
    answer_offer(row, False, by=actor_for(ayla), at=EVENING)
    assert supply_of(request).gap == 8
    say_yes(request, ayla)
    say_yes(request, ayla)
    assert supply_of(request).gap == 7
    assert Message.objects.filter(recipient_id=fire.tineke.id, template="psh_changed").count() == 2


def test_a_certificate_that_ended_between_offer_and_yes_drops_them(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla")
    offer(request, [ayla], fire.bart)
    Certificate.objects.filter(user=ayla.user).update(last_valid_on=date(2027, 5, 14))
    assert say_yes(request, ayla).state == OfferState.DROPPED
    with pytest.raises(ValidationError):
        say_yes(request, ayla)


def test_whose_certificate_ends_after_the_yes_drops_out_and_both_sides_hear_it(fire):
    longer = replace(fire.asked, ends_at=EVENING + timedelta(days=3))
    request = ask_staff(fire.incident, longer, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla")
    offer(request, [ayla], fire.bart)
    say_yes(request, ayla)
    assert check_confirmed(by=SYSTEM, at=EVENING + HOUR) == 0
    Certificate.objects.filter(user=ayla.user).update(last_valid_on=date(2027, 5, 16))
    before = told(fire.bart_membership, "psh_changed")
    assert check_confirmed(by=SYSTEM, at=EVENING + 30 * HOUR) == 1
    assert supply_of(request).gap == 8
    assert told(fire.bart_membership, "psh_changed") == before + 1


def test_no_more_are_confirmed_than_asked(fire):
    request = ask_staff(fire.incident, replace(fire.asked, number=1), by=fire.tineke, at=EVENING)
    people = [make_worker("Ayla"), make_worker("Joris")]
    offer(request, people, fire.bart)
    say_yes(request, people[0])
    with pytest.raises(ValidationError, match="genoeg"):
        say_yes(request, people[1])


def test_a_withdrawn_request_is_told_and_takes_nobody(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla")
    offer(request, [ayla], fire.bart)
    withdraw_request(request, by=fire.tineke, at=EVENING)
    withdraw_request(request, by=fire.tineke, at=EVENING)
    assert told(ayla, "psh_changed") == 1
    assert supply_of(requests_for(fire.tineke, EVENING).get()).gap == 0
    with pytest.raises(ValidationError):
        say_yes(request, ayla)
    with pytest.raises(ValidationError):
        offer(request, [make_worker("Joris")], fire.bart)


def test_a_coordinator_answers_for_who_phoned_and_another_team_does_not(fire):
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    ayla = make_worker("Ayla")
    offer(request, [ayla], fire.bart)
    row = StaffOffer.objects.get()
    for other in (fire.other, fire.tineke):
        with pytest.raises(PermissionDenied):
            answer_offer(row, True, by=other, at=EVENING)
    assert answer_offer(row, True, by=fire.bart, at=EVENING).state == OfferState.CONFIRMED


def test_only_the_ggd_of_the_area_asks_and_only_victim_support_offers(fire):
    region = make_region("VR92", team=make_team("Zuid"))
    elsewhere = make_municipality("GM9950", "Elders", region=region)
    for other in (
        fire.bart,
        make_actor(Role.PSH_LEAD, municipality=elsewhere),
        make_actor(Role.DUTY_OFFICER),
        SYSTEM,
    ):
        with pytest.raises(PermissionDenied):
            ask_staff(fire.incident, fire.asked, by=other, at=EVENING)
    request = ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    with pytest.raises(PermissionDenied):
        offer(request, [], fire.tineke)
    stranger = make_actor(Role.DUTY_OFFICER)
    assert not requests_for(stranger, EVENING).exists()
    with pytest.raises(PermissionDenied):
        withdraw_request(request, by=stranger, at=EVENING)


def test_a_period_that_ends_before_it_begins_is_refused(fire):
    wrong = replace(fire.asked, ends_at=fire.asked.starts_at)
    with pytest.raises(ValidationError):
        ask_staff(fire.incident, wrong, by=fire.tineke, at=EVENING)


@pytest.mark.django_db(transaction=True)
def test_the_hourly_job_checks(fire):
    ask_staff(fire.incident, fire.asked, by=fire.tineke, at=EVENING)
    tasks.check_confirmed(0)
