"""SVC-04: who the partners of a region are, who knows them, what was agreed, when we last spoke."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.models import Membership
from nabij.advice.actions import tell_partner
from nabij.audit.models import TrailEntry
from nabij.kit.tests.at_once import together
from nabij.partners import content
from nabij.partners.actions import (
    Agreed,
    Known,
    Met,
    Reached,
    agree,
    change_partner,
    check_numbers,
    end_agreement,
    keep_partner,
    know_partner,
    look_again,
    meet_partners,
    take_partner,
)
from nabij.partners.factories import make_partner
from nabij.partners.models import PartnerLink, RegionPartner
from nabij.partners.queries import (
    agreements_for,
    agreements_of,
    attention_for,
    line_of,
    meetings_of,
    number_now,
    numbers_at,
    partners_for,
    reasons_of,
    regions_for,
)
from nabij.partners.tests.conftest import AT_NIGHT, MONDAY

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 11)
NUMBERS = Reached("police", "Politie", night_phone="0203333333")


def reasons(partner, by, at=MONDAY):
    return [str(each) for each in reasons_of(line_of(partner, by, at), at)]


@pytest.mark.parametrize(
    ("moment", "phone"),
    [
        (MONDAY, "0201111111"),
        (AT_NIGHT, "0202222222"),
        (MONDAY.replace(hour=7, minute=29), "0202222222"),
        (MONDAY.replace(hour=7, minute=30), "0201111111"),
        (MONDAY.replace(hour=15, minute=59), "0201111111"),
        (MONDAY.replace(hour=16), "0202222222"),
        (MONDAY - timedelta(days=1), "0202222222"),
    ],
)
def test_the_number_to_call_is_that_of_the_hour_and_a_sunday_is_a_night(place, moment, phone):
    assert number_now(place.ghor, moment).phone == phone
    assert not number_now(place.ghor, moment).is_other


def test_without_a_number_for_the_night_the_other_one_is_given_and_said_to_be_so(place):
    housing = make_partner(by=place.els, at=MONDAY, kind="housing", name="Oeverbouw", night_phone="")
    found = number_now(housing, AT_NIGHT)
    assert (found.phone, found.function, found.is_other) == ("0201111111", "bureau", True)
    assert "Geen nummer voor de nacht." in reasons(housing, place.els)


def test_who_adds_a_partner_owns_it_and_everybody_in_the_region_reads_the_same_numbers(place):
    assert line_of(place.ghor, place.els, MONDAY).owner.pk == place.els.id
    assert line_of(place.ghor, place.joost, MONDAY).owner is None
    for reader in (place.els, place.joost, place.olaf, place.bram, place.ghor_officer, place.noor):
        assert list(partners_for(reader)) == [place.ghor]
    for other in (place.zeger, place.vera):
        assert not partners_for(other).exists()
    assert not regions_for(place.vera).exists()
    assert [each.pk for each in regions_for(place.els)] == ["VR91"]
    assert {each.pk for each in regions_for(place.noor)} == {"VR91", "VR92"}


def test_who_only_reads_and_who_works_elsewhere_changes_nothing(place):
    met = Met("talk", TODAY)
    for by in (place.zeger, place.bram, place.ghor_officer, place.vera):
        for act in (
            lambda by: keep_partner("VR91", NUMBERS, by=by, at=MONDAY),
            lambda by: change_partner(place.ghor, NUMBERS, by=by, at=MONDAY),
            lambda by: check_numbers(place.ghor, by=by, at=MONDAY),
            lambda by: know_partner(place.ghor, Known(by.id), by=by, at=MONDAY),
            lambda by: take_partner(place.ghor, by=by, at=MONDAY),
            lambda by: agree(place.ghor, Agreed("Convenant", TODAY, date(2028, 1, 1)), by=by, at=MONDAY),
            lambda by: meet_partners([place.ghor.pk], met, by=by, at=MONDAY),
        ):
            with pytest.raises(PermissionDenied):
                act(by)
    assert RegionPartner.objects.count() == 1


def test_a_partner_needs_a_number_a_kind_and_a_name_of_its_own(place):
    for wrong, field in (
        (Reached("police", "Politie"), "night_phone"),
        (Reached("museum", "Museum", night_phone="0201"), "kind"),
        (Reached("ghor", "ghor", night_phone="0201"), "name"),
        (Reached("police", "Politie", night_phone="0201", municipality_id="GM9002"), "municipality"),
    ):
        with pytest.raises(ValidationError) as refused:
            keep_partner("VR91", wrong, by=place.els, at=MONDAY)
        assert list(refused.value.message_dict) == [field]
    police = keep_partner("VR91", NUMBERS, by=place.els, at=MONDAY)
    with pytest.raises(ValidationError) as refused:
        change_partner(police, Reached("police", "GHOR", night_phone="0201"), by=place.els, at=MONDAY)
    assert list(refused.value.message_dict) == ["name"]
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionPartner.objects.update(day_phone="", night_phone="")


def test_a_municipality_is_no_partner_of_itself(place):
    for town in (place.heidebeek, place.duinrand):
        make_partner(
            by=place.olaf,
            at=MONDAY,
            kind="municipality",
            name=f"Gemeente {town.name}",
            municipality_id=town.pk,
        )
    assert {each.name for each in partners_for(place.els)} == {"Gemeente Duinrand", "GHOR"}
    assert {each.name for each in partners_for(place.joost)} == {"Gemeente Heidebeek", "GHOR"}
    assert partners_for(place.olaf).count() == 3


def test_changed_and_checked_numbers_count_as_looked_at(place):
    later = MONDAY + content.term(content.NUMBER) + timedelta(days=1)
    assert "De nummers zijn lang niet nagekeken." in reasons(place.ghor, place.els, later)
    assert "De nummers zijn lang niet nagekeken." not in reasons(
        place.ghor, place.els, later - timedelta(days=1)
    )
    checked = check_numbers(place.ghor, by=place.joost, at=later)
    assert "De nummers zijn lang niet nagekeken." not in reasons(checked, place.els, later)
    changed = change_partner(place.ghor, NUMBERS, by=place.els, at=later)
    assert (changed.name, changed.checked_by_id) == ("Politie", place.els.id)
    verbs = set(TrailEntry.objects.filter(subject_id=place.ghor.pk).values_list("verb", flat=True))
    assert verbs == {"partner.kept", "partner.checked", "partner.changed"}


def test_contact_persons_of_both_sides(place):
    know_partner(
        place.ghor, Known(place.pim.id, "14020", "officier van dienst", "0204"), by=place.els, at=MONDAY
    )
    line = line_of(place.ghor, place.els, MONDAY)
    assert (line.owner.user.name, line.link.our_phone, line.link.their_function) == (
        "Pim Dijk", "14020", "officier van dienst",
    )  # fmt: skip
    for wrong in (place.joost.id, place.vera.id, uuid4()):
        with pytest.raises(ValidationError):
            know_partner(place.ghor, Known(wrong), by=place.els, at=MONDAY)
    with pytest.raises(ValidationError):
        know_partner(place.ghor, Known(place.vera.id), by=place.olaf, at=MONDAY)
    know_partner(place.ghor, Known(place.bram.id), by=place.olaf, at=MONDAY)
    assert PartnerLink.objects.count() == 2


def test_nobodys_partner_is_taken_and_a_colleague_who_was_first_keeps_it(place):
    take_partner(place.ghor, by=place.joost, at=MONDAY)
    assert line_of(place.ghor, place.joost, MONDAY).owner.pk == place.joost.id
    with pytest.raises(ValidationError, match="collega"):
        take_partner(place.ghor, by=place.pim, at=MONDAY)
    Membership.objects.filter(pk=place.els.id).update(ends_at=MONDAY)
    assert "Onze contactpersoon werkt hier niet meer." in reasons(place.ghor, place.pim)
    assert take_partner(place.ghor, by=place.pim, at=MONDAY).owner_id == place.pim.id
    assert take_partner(place.ghor, by=place.pim, at=MONDAY).owner_id == place.pim.id


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_partner_at_once_are_not_both_its_contact_person(place):
    PartnerLink.objects.all().delete()
    refused = together(
        lambda: take_partner(place.ghor, by=place.els, at=MONDAY),
        lambda: take_partner(place.ghor, by=place.pim, at=MONDAY),
    )
    assert [type(each) for each in refused] == [ValidationError]
    assert PartnerLink.objects.count() == 1


def test_an_agreement_asks_to_be_looked_at_again_before_its_day(place):
    made = agree(place.ghor, Agreed("Convenant opvang", TODAY, date(2028, 1, 1)), by=place.els, at=MONDAY)
    assert list(agreements_of(place.ghor, place.els)) == [made]
    assert not agreements_of(place.ghor, place.joost).exists()
    assert not agreements_for(place.joost).exists()
    warned = MONDAY.replace(year=2027, month=12, day=2)
    assert "Een afspraak moet weer bekeken worden." in reasons(place.ghor, place.els, warned)
    assert "Een afspraak moet weer bekeken worden." not in reasons(
        place.ghor, place.els, warned - timedelta(days=1)
    )
    with pytest.raises(ValidationError):
        look_again(made, date(2027, 12, 2), by=place.els, at=warned)
    look_again(made, date(2029, 1, 1), by=place.pim, at=warned)
    assert "Een afspraak moet weer bekeken worden." not in reasons(place.ghor, place.els, warned)
    with pytest.raises(PermissionDenied):
        end_agreement(made, by=place.joost, at=warned)
    for _again in range(2):
        end_agreement(made, by=place.els, at=warned)
    assert not agreements_of(place.ghor, place.els).exists()
    assert TrailEntry.objects.filter(verb="partner.agreement_ended").count() == 1


def test_an_agreement_of_tomorrow_or_one_to_look_at_before_it_was_made_is_refused(place):
    for agreed_on, look_on in ((date(2027, 1, 12), date(2028, 1, 1)), (TODAY, TODAY)):
        with pytest.raises(ValidationError):
            agree(place.ghor, Agreed("Convenant", agreed_on, look_on), by=place.els, at=MONDAY)


def test_too_long_not_spoken_is_seen_and_a_planned_network_meeting_is_no_talk(place):
    assert "Nog nooit gesproken." in reasons(place.ghor, place.els)
    meet_partners([place.ghor.pk], Met("network", date(2027, 2, 1)), by=place.els, at=MONDAY)
    line = line_of(place.ghor, place.els, MONDAY)
    assert (line.spoken_on, line.planned_on) == (None, date(2027, 2, 1))
    meet_partners([place.ghor.pk], Met("exercise", TODAY, "Brand in een flat"), by=place.pim, at=MONDAY)
    assert reasons(place.ghor, place.els) == []
    assert "Nog nooit gesproken." in reasons(place.ghor, place.joost)
    edge = MONDAY + content.term(content.SPOKEN) + timedelta(days=21)
    assert "Te lang niet gesproken." not in reasons(place.ghor, place.els, edge)
    assert "Te lang niet gesproken." in reasons(place.ghor, place.els, edge + timedelta(days=1))
    kinds = [each.kind_in_words for each in meetings_of(place.ghor, place.els)]
    assert kinds == ["Netwerkoverleg", "Samen geoefend"]


def test_a_moment_with_nobody_of_an_unknown_kind_or_with_a_stranger_is_refused(place):
    with pytest.raises(ValidationError):
        meet_partners([], Met("talk", TODAY), by=place.els, at=MONDAY)
    with pytest.raises(ValidationError):
        meet_partners([place.ghor.pk], Met("dinner", TODAY), by=place.els, at=MONDAY)
    with pytest.raises(PermissionDenied):
        meet_partners([place.ghor.pk, uuid4()], Met("talk", TODAY), by=place.els, at=MONDAY)


def test_what_is_nobodys_asks_for_attention_first_and_who_works_nationally_sees_only_what_is_theirs(place):
    mine = make_partner(by=place.els, at=MONDAY, kind="police", name="Politie")
    PartnerLink.objects.filter(partner=place.ghor).delete()
    found = attention_for(place.els, MONDAY)
    assert [each.line.partner.name for each in found] == ["GHOR", "Politie"]
    assert [each.line.owner and each.line.owner.user.name for each in found] == [None, "Els Tuinman"]
    meet_partners([mine.pk], Met("talk", TODAY), by=place.els, at=MONDAY)
    assert [each.line.partner.name for each in attention_for(place.els, MONDAY)] == ["GHOR"]
    assert attention_for(place.noor, MONDAY) == []
    take_partner(place.ghor, by=place.noor, at=MONDAY)
    assert [each.line.partner.name for each in attention_for(place.noor, MONDAY)] == ["GHOR"]


def test_at_an_event_who_was_not_told_comes_first_with_the_number_of_the_night(place):
    tell_partner(place.incident, "police", MONDAY, by=place.els, at=MONDAY)
    found = numbers_at(place.incident, place.els, AT_NIGHT)
    assert [each.line.partner for each in found][0] == "ghor"
    assert found[-1].line.partner == "police"
    assert [number.phone for _partner, number in found[0].numbers] == ["0202222222"]
    assert all(not each.numbers for each in found[1:])
