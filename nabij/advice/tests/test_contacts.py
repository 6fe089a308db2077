from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.advice import tasks
from nabij.advice.actions import keep_contacts, name_contact, renew_contacts
from nabij.advice.models import DistrictContact, IncidentContact, Side
from nabij.advice.policies import can_renew_contacts, can_see_contacts
from nabij.advice.queries import candidates_for, contacts_at, contacts_of, district_of, former_contacts
from nabij.advice.queries.contacts import incident_of_entry
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.actions import close_incident
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit.tests.at_once import together
from nabij.notify.factories import make_contact_point

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def names(lines):
    return {line.side.value: line.membership.user.name for line in lines if line.membership}


def both(place, at=MONDAY):
    name_contact(place.district, place.els.id, by=place.els, at=at)
    name_contact(place.district, place.olaf.id, by=place.olaf, at=at)


PAIR = {"municipality": "Els Tuinman", "victim_support": "Olaf Kruit"}


def test_each_side_names_its_own_contact_and_both_see_function_and_number(place):
    """SVC-03: names, functions and phone of both sides."""
    make_contact_point(place.els.id, value="0600000042", seconds=60)
    make_contact_point(place.els.id, value="0600000041")
    both(place)
    municipal, support = contacts_of(place.district, MONDAY)
    assert (municipal.function, municipal.phone) == ("Wijkmanager Vogelwijk", "0600000041")
    assert (support.membership.user.name, support.function, support.phone) == ("Olaf Kruit", "teamleider", "")


def test_nobody_yet_is_said(place):
    lines = contacts_of(place.district, MONDAY)
    assert [(line.side, line.membership, line.function, line.phone) for line in lines] == [
        (Side.MUNICIPALITY, None, "", ""),
        (Side.SUPPORT, None, "", ""),
    ]


def test_a_side_names_nobody_of_the_other_side_and_no_volunteer(place):
    volunteer = make_membership(Role.ON_CALL_COORDINATOR, name="Vrijwilliger", is_volunteer=True)
    for stranger in (place.els.id, volunteer.pk, place.vera.id, place.femke.id):
        with pytest.raises(ValidationError):
            name_contact(place.district, stranger, by=place.olaf, at=MONDAY)
    assert not candidates_for(ANONYMOUS, MONDAY).exists()
    assert {each.pk for each in candidates_for(place.noor, MONDAY)} >= {place.olaf.id, place.femke.id}


def test_another_municipality_a_volunteer_and_another_region_name_nobody(place):
    for actor in (place.joost, place.vera, place.femke, place.ravi):
        with pytest.raises(PermissionDenied):
            name_contact(place.district, actor.id, by=actor, at=MONDAY)


def test_a_change_keeps_the_history_and_the_same_name_twice_changes_nothing(place):
    both(place)
    name_contact(place.district, place.els.id, by=place.colleague, at=MONDAY + DAY)
    assert not former_contacts(place.district).exists()
    name_contact(place.district, place.colleague.id, by=place.colleague, at=MONDAY + DAY)
    (former,) = former_contacts(place.district)
    assert (former.membership_id, former.ends_at) == (place.els.id, MONDAY + DAY)
    assert names(contacts_of(place.district, MONDAY + DAY))["municipality"] == "Pim Dijk"
    assert TrailEntry.objects.filter(verb="contact.named").count() == 3


def test_the_number_of_a_volunteer_is_never_shown(place):
    both(place)
    make_contact_point(place.olaf.id)
    Membership.objects.filter(pk=place.olaf.id).update(is_volunteer=True)
    assert [line.phone for line in contacts_of(place.district, MONDAY)] == ["", ""]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("Vogelwijk", True), ("wijk Vogelwijk", True), ("VOGELWIJK 3", True), ("Vogel", False), ("", False)],
)
def test_the_district_of_an_event_is_found_however_it_is_written(place, words, is_found):
    incident = make_incident(by=place.els, district=words, at=MONDAY)
    assert district_of(incident) == (place.district if is_found else None)


def test_a_new_event_begins_with_the_pair_of_its_district(place, monkeypatch):
    both(place)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    entry = TrailEntry.objects.get(verb="incident.reported", subject_id=place.incident.pk)
    tasks.keep_contacts(entry.pk)
    assert IncidentContact.objects.filter(incident=place.incident).count() == 2
    assert names(contacts_at(place.incident, MONDAY)) == PAIR
    assert incident_of_entry(0) is None
    tasks.keep_contacts(0)


def test_a_second_event_at_the_same_place_begins_with_the_same_people(place):
    """Though the district has another contact by now, and though the second event names no district."""
    both(place)
    keep_contacts(place.incident, by=SYSTEM, at=MONDAY)
    name_contact(place.district, place.colleague.id, by=place.els, at=MONDAY + DAY)
    later = MONDAY + 5 * DAY
    second = make_incident(by=place.els, district="", happened_at=later, at=later)
    keep_contacts(second, by=SYSTEM, at=later)
    assert names(contacts_at(second, later)) == PAIR


def test_who_works_here_no_longer_is_followed_by_who_the_district_has_now(place):
    both(place)
    keep_contacts(place.incident, by=SYSTEM, at=MONDAY)
    Membership.objects.filter(pk=place.els.id).update(ends_at=MONDAY + DAY)
    later = MONDAY + 2 * DAY
    assert names(contacts_at(place.incident, later)) == {"victim_support": "Olaf Kruit"}
    name_contact(place.district, place.colleague.id, by=place.colleague, at=later)
    assert names(contacts_at(place.incident, later))["municipality"] == "Pim Dijk"
    second = make_incident(by=place.colleague, district="Vogelwijk", happened_at=later, at=later)
    keep_contacts(second, by=SYSTEM, at=later)
    assert names(contacts_at(second, later)) == {"municipality": "Pim Dijk", "victim_support": "Olaf Kruit"}


def test_an_event_without_a_known_district_has_no_contacts(place):
    both(place)
    nowhere = make_incident(by=place.els, district="", place="Lege Weg", at=MONDAY)
    assert keep_contacts(nowhere, by=SYSTEM, at=MONDAY) == []
    assert names(contacts_at(nowhere, MONDAY)) == {}


def test_who_manages_the_event_takes_over_the_pair_of_the_district(place):
    both(place)
    keep_contacts(place.incident, by=SYSTEM, at=MONDAY)
    name_contact(place.district, place.colleague.id, by=place.els, at=MONDAY)
    assert names(contacts_at(place.incident, MONDAY)) == PAIR
    renew_contacts(place.incident, by=place.olaf, at=MONDAY)
    assert names(contacts_at(place.incident, MONDAY))["municipality"] == "Pim Dijk"


def test_only_nabij_keeps_and_only_who_manages_an_open_event_renews(place):
    with pytest.raises(PermissionDenied):
        keep_contacts(place.incident, by=place.els, at=MONDAY)
    for actor in (place.joost, place.vera, place.ravi):
        with pytest.raises(PermissionDenied):
            renew_contacts(place.incident, by=actor, at=MONDAY)
    close_incident(place.incident, by=place.olaf, at=MONDAY)
    assert not can_renew_contacts(place.olaf, Incident.objects.get(pk=place.incident.pk), MONDAY)


def test_numbers_are_for_both_sides_only(place):
    seen = {
        actor.name
        for actor in (place.els, place.olaf, place.noor, place.ravi, place.vera)
        if can_see_contacts(actor)
    }
    assert seen == {"Els Tuinman", "Olaf Kruit", "Noor Wessels"}


@pytest.mark.django_db(transaction=True)
def test_two_who_name_at_once_leave_one_contact(place):
    def name(who):
        return lambda: name_contact(place.district, who, by=place.els, at=MONDAY)

    assert together(name(place.els.id), name(place.colleague.id)) == []
    assert DistrictContact.objects.filter(ends_at__isnull=True).count() == 1


def test_the_desk_of_the_whole_country_may_be_a_contact_too(place):
    made = name_contact(place.district, place.noor.id, by=actor_for(place.noor_membership), at=MONDAY)
    assert made.side == Side.SUPPORT
