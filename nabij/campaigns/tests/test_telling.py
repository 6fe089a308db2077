"""Who hears of a wave (BUR-01, 04, 08): staff at once, neighbours without an address, who brings letters."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.campaigns import actions
from nabij.campaigns.content import families, words_for_neighbours
from nabij.campaigns.models import Report, Wave
from nabij.campaigns.tests.test_waves import at, femke, hester, olaf, told, waterdijk, wave
from nabij.notify.models import Message

__all__ = ["femke", "hester", "olaf", "waterdijk", "wave"]
pytestmark = pytest.mark.django_db


def test_the_municipality_and_the_team_hear_once_that_a_wave_began(waterdijk, hester, femke, olaf):
    make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9009", "Duinrand"))
    for day in range(1, 7):
        actions.report(told(waterdijk, day), by=hester, at=at(day))
    heard = Message.objects.filter(template="wave_opened")
    assert set(heard.values_list("recipient_id", flat=True)) == {femke.id, olaf.id}
    assert heard.count() == 2


@pytest.mark.parametrize("area", ["Vogelwijk, Merelstraat 12", "Vogelwijk 1234 AB", "Vogelwijk 1234ab"])
def test_an_area_with_an_address_is_refused_and_not_kept(waterdijk, hester, area):
    with pytest.raises(ValidationError) as refused:
        actions.report(told(waterdijk, area=area), by=hester, at=at(1))
    assert list(refused.value.message_dict) == ["area"]
    assert "Merelstraat" not in str(refused.value)
    assert not Report.objects.exists()


@pytest.mark.parametrize("family", ["burglary", "online"])
def test_the_words_to_begin_with_hold_no_address_and_pass(wave, femke, family):
    text = words_for_neighbours(family, area="Vogelwijk", town="Waterdijk")
    assert set(families()) == {"burglary", "online"}
    assert ("Vogelwijk" in text) == (family == "burglary")
    assert actions.tell_neighbours(wave, text, by=femke, at=at(15)) == text
    assert TrailEntry.objects.filter(verb="wave.neighbours_told").count() == 1


def test_a_neighbourhood_that_is_called_after_somebody_can_be_named(waterdijk, hester, femke):
    for day in range(1, 5):
        actions.report(told(waterdijk, day, area="Jan van Galenbuurt"), by=hester, at=at(day))
    wave, text = Wave.objects.get(), "In de Jan van Galenbuurt is vaak ingebroken."
    assert actions.tell_neighbours(wave, text, by=femke, at=at(5)) == text
    with pytest.raises(ValidationError):
        actions.tell_neighbours(wave, f"{text} Help Jan.", by=femke, at=at(5))


@pytest.mark.parametrize(
    "text", ["Er is ingebroken op Merelstraat 12.", "Let op bij 1234 AB.", "Help mevrouw De Groot."]
)
def test_a_message_to_neighbours_with_an_address_or_a_name_is_refused(wave, femke, text):
    with pytest.raises(ValidationError) as refused:
        actions.tell_neighbours(wave, text, by=femke, at=at(15))
    assert list(refused.value.message_dict) == ["text"]
    assert not TrailEntry.objects.filter(verb="wave.neighbours_told").exists()


def test_the_addresses_of_a_letter_are_taken_each_once_and_that_is_kept(wave, femke):
    actions.add_addresses(wave, "home_burglary", "Merelstraat 1\nMerelstraat 3", by=femke, at=at(15))
    actions.add_addresses(wave, "home_burglary", "merelstr. 3\nMerelstraat 12", by=femke, at=at(15))
    taken = actions.take_addresses(wave, "T-FLY-BUR", by=femke, at=at(15))
    assert taken == ["Merelstraat 1", "Merelstraat 3", "Merelstraat 12"]
    assert actions.take_addresses(wave, "T-FLY-BIZ", by=femke, at=at(15)) == []
    facts = [each.facts for each in TrailEntry.objects.filter(verb="wave.addresses_taken").order_by("pk")]
    assert facts == [{"template": "T-FLY-BUR", "number": 3}, {"template": "T-FLY-BIZ", "number": 0}]


def test_only_the_municipality_takes_addresses_and_writes_to_neighbours(wave, hester, olaf):
    elsewhere = make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9009", "Duinrand"))
    for who in (hester, olaf, actor_for(elsewhere), SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.take_addresses(wave, "T-FLY-BUR", by=who, at=at(15))
        with pytest.raises(PermissionDenied):
            actions.tell_neighbours(wave, "Doe uw deur op slot.", by=who, at=at(15))


def test_the_pages_write_check_and_hand_over(client, wave, femke, olaf):
    client.force_login(Membership.objects.get(pk=femke.id).user)
    base = f"/werk/golven/{wave.pk}/"
    actions.add_addresses(wave, "home_burglary", "Merelstraat 1\nMerelstraat 3", by=femke, at=at(15))
    text = client.get(base).content.decode()
    assert ("2 adressen" in text, "Merelstraat" in text) == (True, False)
    taken = client.post(f"{base}adressen/T-FLY-BUR/")
    assert taken.content.decode().splitlines() == ["Merelstraat 1", "Merelstraat 3"]
    assert taken["Content-Disposition"] == 'attachment; filename="adressen.txt"'
    assert client.get(f"{base}adressen/T-FLY-BUR/").status_code == 405
    assert "Vogelwijk" in client.get(f"{base}buurt/").content.decode()
    wrong = client.post(f"{base}buurt/", {"text": "Inbraak op Merelstraat 12"})
    assert wrong.status_code == 422
    assert "Haal dat weg" in wrong.content.decode()
    assert "Inbraak op Merelstraat 12</textarea>" in wrong.content.decode()
    right = client.post(f"{base}buurt/", {"text": "Doe uw deur op slot."})
    assert "Neem dit bericht over" in right.content.decode()
    client.force_login(Membership.objects.get(pk=olaf.id).user)
    assert client.get(f"{base}buurt/").status_code == 404
    assert client.post(f"{base}adressen/T-FLY-BUR/").status_code == 404
    assert Wave.objects.get() == wave
