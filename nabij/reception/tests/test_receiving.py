from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import NIGHT
from nabij.keys.models import SubjectKey
from nabij.notify.models import ContactPoint
from nabij.on_call import actions as on_call
from nabij.people.models import AccessGrant, ContactWish, Person
from nabij.privacy.actions import Placing, place_hold
from nabij.privacy.models import HoldGround, HoldOn
from nabij.reception import tasks
from nabij.reception.actions import (
    close_place,
    count_one,
    follow_deployment,
    meet_need,
    open_place,
    take_back_card,
    write_card,
)
from nabij.reception.models import Counted, ReceptionCard, Tally
from nabij.reception.queries import card_for, lines_of, opened, report_of, tally_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_22_cards_with_consent_9_refusers_and_7_children_as_numbers(night, answers):
    """S01-4: the list stores 22 contacts; the 9 who refused leave no name; 7 children are counted."""
    for number in range(22):
        write_card(night.place, answers(name=f"Gast {number}"), by=night.me, at=NIGHT)
    for _each in range(9):
        count_one(night.place, Counted.REFUSED, 1, by=night.me, at=NIGHT)
    for _each in range(7):
        count_one(night.place, Counted.CHILD, 1, by=night.me, at=NIGHT)
    report = report_of(night.incident, night.me)
    assert (report.cards.number, report.wishes.number) == ("22", "22")
    assert (report.refused.number, report.children.number) == ("9", "7")
    assert Person.objects.count() == 22
    assert ContactWish.objects.filter(source="reception", incident=night.incident).count() == 22


def test_the_municipality_reads_counts_and_small_ones_are_hidden(night, answers):
    """S01-10: counts only, never the names."""
    for number in range(22):
        write_card(night.place, answers(name=f"Gast {number}"), by=night.me, at=NIGHT)
    count_one(night.place, Counted.REFUSED, 1, by=night.me, at=NIGHT)
    report = report_of(night.incident, night.nadia)
    assert (report.cards.number, report.refused.number) == ("22", "minder dan 10")
    assert report.children.number == "0"


@pytest.mark.parametrize(
    ("changes", "words"), [({"agreed": False}, "Zonder toestemming"), ({"is_old_enough": False}, "kinderen")]
)
def test_without_consent_or_of_a_child_nothing_is_written(night, answers, changes, words):
    with pytest.raises(ValidationError, match=words):
        write_card(night.place, answers(**changes), by=night.me, at=NIGHT)
    assert not Person.objects.exists()
    assert not ReceptionCard.objects.exists()


def test_the_database_keeps_no_card_without_the_text_that_was_agreed_to(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    with pytest.raises(IntegrityError):
        ReceptionCard.objects.filter(pk=card.pk).update(consent_version="")


def test_who_wants_no_call_leaves_no_wish(night, answers):
    write_card(night.place, answers(wants_call=False, phone=""), by=night.me, at=NIGHT)
    assert not ContactWish.objects.exists()
    assert not ContactPoint.objects.filter(subject_id=Person.objects.get().pk).exists()


def test_an_unsafe_number_is_never_used_nor_shown(night, answers):
    card = write_card(night.place, answers(safe_to_call="no"), by=night.me, at=NIGHT)
    assert not ContactPoint.objects.get(subject_id=card.person_id).is_safe
    found = opened(card_for(night.me, card.pk, NIGHT))
    assert (found.phone, found.is_unsafe) == ("", True)


def test_only_who_wrote_a_card_and_who_coordinates_read_it(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    assert opened(card_for(night.me, card.pk, NIGHT)).name == "Mirjam"
    assert opened(card_for(night.lead, card.pk, NIGHT)).phone == "+31600000042"
    for other in (night.nadia, actor_for(night.youssef), actor_for(night.sofie), SYSTEM):
        assert card_for(other, card.pk, NIGHT) is None


def test_a_colleague_arranges_what_is_needed_by_number_without_the_name(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    meet_need(card, "phone", True, by=night.lead, at=NIGHT)
    card = meet_need(card, "shelter", True, by=night.lead, at=NIGHT)
    assert card.open_needs == []
    card = meet_need(card, "phone", False, by=night.me, at=NIGHT)
    assert card.open_needs == ["phone"]
    [line] = lines_of(night.place, actor_for(night.sofie), NIGHT)
    assert (line.may_open, [met for _code, _name, met in line.needs]) == (False, [True, False])
    with pytest.raises(ValidationError):
        meet_need(card, "medicine", True, by=night.me, at=NIGHT)


def test_cards_are_numbered_and_what_is_not_on_the_list_is_left_out(night, answers):
    numbers = [
        write_card(night.place, answers(needs=("x", "phone")), by=night.me, at=NIGHT).number for _ in range(3)
    ]
    assert numbers == [1, 2, 3]
    assert ReceptionCard.objects.get(number=1).needs == ["phone"]


def test_counting_never_goes_below_nought(night):
    assert count_one(night.place, Counted.CHILD, -1, by=night.me, at=NIGHT) == 0
    assert count_one(night.place, Counted.CHILD, 1, by=night.me, at=NIGHT) == 1
    assert count_one(night.place, Counted.CHILD, -1, by=night.me, at=NIGHT) == 0
    assert not Tally.objects.filter(kind=Counted.REFUSED).exists()


def test_a_card_taken_back_leaves_nothing_but_a_number(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    person_id = card.person_id
    with pytest.raises(PermissionDenied):
        take_back_card(card, by=actor_for(night.youssef), at=NIGHT)
    take_back_card(card, by=night.me, at=NIGHT)
    assert not Person.objects.exists()
    assert not ReceptionCard.objects.exists()
    assert not ContactWish.objects.exists()
    assert SubjectKey.objects.get(subject_id=person_id).wrapped is None
    assert bytes(ContactPoint.objects.get(subject_id=person_id).value_sealed) == b""
    assert tally_of(night.place.pk, Counted.REFUSED) == 1


def test_a_card_is_not_taken_back_while_everything_of_the_incident_is_held(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    last = NIGHT.date() + timedelta(days=9)
    held = Placing(HoldOn.INCIDENT, night.incident.pk, HoldGround.COURT, "Zaak 5", last)
    place_hold(held, by=night.lead, at=NIGHT)
    with pytest.raises(PermissionDenied, match="zaak of klacht"):
        take_back_card(card, by=night.me, at=NIGHT)
    assert ReceptionCard.objects.filter(pk=card.pk).exists()
    assert tally_of(night.place.pk, Counted.REFUSED) == 0


def test_in_a_closed_place_nobody_is_received(night, answers):
    close_place(night.place, by=night.me, at=NIGHT)
    assert close_place(night.place, by=night.me, at=NIGHT + MINUTE).closed_at == NIGHT
    with pytest.raises(ValidationError, match="gesloten"):
        write_card(night.place, answers(), by=night.me, at=NIGHT)
    with pytest.raises(ValidationError, match="gesloten"):
        count_one(night.place, Counted.CHILD, 1, by=night.me, at=NIGHT)


def test_who_is_not_deployed_there_does_nothing(night, answers):
    card = write_card(night.place, answers(), by=night.me, at=NIGHT)
    elsewhere = make_actor(Role.DUTY_OFFICER, municipality=make_municipality("GM9950", "Elders"))
    for other in (elsewhere, night.nadia, actor_for(night.youssef), SYSTEM):
        for attempt in (
            lambda by: write_card(night.place, answers(), by=by, at=NIGHT),
            lambda by: count_one(night.place, Counted.CHILD, 1, by=by, at=NIGHT),
            lambda by: meet_need(card, "phone", True, by=by, at=NIGHT),
            lambda by: close_place(night.place, by=by, at=NIGHT),
            lambda by: open_place(night.incident, "Hier", None, by=by, at=NIGHT),
        ):
            with pytest.raises(PermissionDenied):
                attempt(other)


def test_who_is_done_works_there_no_more(night, answers):
    for step in (on_call.set_off, on_call.arrive, on_call.finish):
        step(night.deployment, by=night.lead, at=NIGHT)
    with pytest.raises(PermissionDenied):
        write_card(night.place, answers(), by=night.me, at=NIGHT)


def test_access_follows_who_is_there(night, answers):
    card = write_card(night.place, answers(), by=night.lead, at=NIGHT)
    assert card_for(night.me, card.pk, NIGHT) is None
    for step in (on_call.set_off, on_call.arrive):
        night.deployment = step(night.deployment, by=night.lead, at=NIGHT)
    for _twice in range(2):
        follow_deployment(night.deployment, by=SYSTEM, at=NIGHT)
    assert card_for(night.me, card.pk, NIGHT) == card
    on_call.finish(night.deployment, by=night.lead, at=NIGHT + MINUTE)
    follow_deployment(night.deployment, by=SYSTEM, at=NIGHT + MINUTE)
    assert card_for(night.me, card.pk, NIGHT + MINUTE) is None
    assert card_for(night.lead, card.pk, NIGHT + MINUTE) == card


@pytest.mark.django_db(transaction=True)
def test_the_job_follows_each_step(night, answers):
    card = write_card(night.place, answers(), by=night.lead, at=NIGHT)
    for step in (on_call.set_off, on_call.arrive):
        step(night.deployment, by=night.lead, at=NIGHT)
    tasks.follow_deployment(TrailEntry.objects.get(verb="deployment.on_site").pk)
    assert AccessGrant.objects.filter(person=card.person_id, grantee=night.imke).count() == 1
