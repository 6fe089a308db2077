"""The municipality hears how many people an event hit (S02-1): kind, day and number, never who."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.cases.actions import Facts
from nabij.cases.factories import make_met
from nabij.cases.models import WayIn
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Message
from nabij.police.actions import Referral, decline_help, receive_referral
from nabij.police.counting import Hit, count_hit
from nabij.police.models import Headcount
from nabij.police.queries import headcounts_for

DAY = date(2027, 2, 3)
EVENING = datetime(2027, 2, 3, 17, 20, tzinfo=UTC)


@pytest.fixture
def femke(noordwest):
    return make_membership(Role.DUTY_OFFICER, name="Femke Bruin", municipality=noordwest.municipality)


def refer(noordwest, name, topic="EVT-12", **told):
    facts = Facts(topic, way_in=WayIn.POLICE, happened_on=DAY, is_minor=told.pop("is_minor", False))
    referral = Referral(make_met(name), facts, noordwest.municipality, **told)
    return receive_referral(referral, by=noordwest.hester, at=EVENING)


def counts():
    return list(
        Headcount.objects.order_by("topic").values_list("topic", "happened_on", "affected", "children")
    )


def test_two_sent_and_one_who_said_no_are_three_people_without_names(noordwest, femke):
    refer(noordwest, "Elske Rademaker")
    refer(noordwest, "Tijs Vonk", is_minor=True)
    decline_help(
        Hit(noordwest.municipality, "EVT-12", DAY),
        None,
        by=noordwest.hester,
        at=EVENING + timedelta(minutes=5),
    )
    assert counts() == [("EVT-12", DAY, 3, 1)]
    [shown] = headcounts_for(actor_for(femke), EVENING + timedelta(hours=1))
    assert (shown.what, shown.row.affected) == ("Overval", 3)


def test_the_officer_is_told_once_per_event_and_the_message_says_nothing_of_it(noordwest, femke):
    refer(noordwest, "Elske Rademaker")
    refer(noordwest, "Tijs Vonk")
    told = Message.objects.get(template="police_counted", recipient_id=femke.pk)
    assert told.subject == "Er staat iets nieuws op uw pagina"
    refer(noordwest, "Ada Smit", "EVT-13")
    assert Message.objects.filter(template="police_counted", recipient_id=femke.pk).count() == 2


@pytest.mark.parametrize(
    "topic", ["EVT-01", "EVT-02", "EVT-03", "EVT-25", "EVT-26", "EVT-28", "EVT-30", "EVT-33"]
)
def test_of_stalking_sexual_crime_and_violence_at_home_the_municipality_hears_nothing(noordwest, topic):
    refer(noordwest, "Ilse Vermaat", topic)
    decline_help(Hit(noordwest.municipality, topic, DAY), None, by=noordwest.hester, at=EVENING)
    assert counts() == []


def test_nobody_with_a_secret_address_is_counted(noordwest):
    refer(noordwest, "Ilse Vermaat", agreed=Agreed((), has_secret_address=True))
    assert counts() == []


def test_another_municipality_and_victim_support_read_nothing(noordwest, femke):
    refer(noordwest, "Elske Rademaker")
    elsewhere = make_municipality("GM9009", "Duinrand")
    joost = actor_for(make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=elsewhere))
    for other in (joost, noordwest.ayla, noordwest.olaf, noordwest.hester):
        assert headcounts_for(other, EVENING) == []
    assert headcounts_for(actor_for(femke), EVENING + timedelta(days=29)) == []


def test_the_panel_of_the_desk(client, noordwest, femke):
    client.force_login(femke.user)
    assert "De politie gaf nu niets door." in client.get("/werk/").content.decode()
    count_hit(Hit(noordwest.municipality, "EVT-12", DAY), at=clock.now())
    page = client.get("/werk/").content.decode()
    assert "1 persoon getroffen, van wie 0 jonger dan 16" in page
    client.force_login(noordwest.member.ayla.user)
    assert client.get("/werk/verwijzen/getroffen/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_count_at_the_same_moment_lose_nobody(noordwest):
    def count():
        with transaction.atomic():
            count_hit(Hit(noordwest.municipality, "EVT-12", DAY), at=EVENING)

    assert together(count, count) == []
    assert counts() == [("EVT-12", DAY, 2, 0)]
