import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import NIGHT
from nabij.on_scene.actions import begin_watch, look_after
from nabij.on_scene.models import Alarm, Material, Relief, Watch
from nabij.paging.factories import take_due_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(there):
    begin_watch(there.at, by=SYSTEM, at=NIGHT)
    return there


def page(client, person, address):
    client.force_login(person.user)
    return client.get(address)


def test_the_worker_reports_with_one_tap(watched, client):
    Watch.objects.update(due_at=NIGHT)
    look_after(by=SYSTEM, at=NIGHT)
    text = page(client, watched.imke, "/werk/piket/").content.decode()
    assert "Ik ben in orde" in text
    take_due_steps(NIGHT)
    text = page(client, watched.imke, "/werk/piket/").content.decode()
    assert "Ja, ik ben in orde" in text
    assert ">Ik ben in orde" not in text
    assert "Youssef Amrani" in text
    text = client.post(f"/werk/ter-plaatse/inzet/{watched.at.pk}/in-orde/", follow=True).content.decode()
    assert "Genoteerd: alles is in orde." in text
    assert not Watch.objects.get().is_missed


def test_two_taps_raise_the_alarm_and_the_board_shows_and_ends_it(watched, client):
    page(client, watched.imke, "/werk/piket/")
    text = client.post(f"/werk/ter-plaatse/inzet/{watched.at.pk}/nood/", follow=True).content.decode()
    assert "Hulp is gewaarschuwd" in text
    board = page(client, watched.bram, f"/werk/piket/{watched.incident.pk}/").content.decode()
    assert "Noodmelding om" in board
    address = f"/werk/ter-plaatse/nood/{Alarm.objects.get().pk}/beeindigen/"
    client.post(address, {"hoe": "zomaar"})
    assert Alarm.objects.get().ended_at is None
    text = client.post(address, {"hoe": "safe"}, follow=True).content.decode()
    assert "De noodmelding is beëindigd." in text


def test_who_is_still_at_home_gets_a_sentence_and_no_alarm(night, client):
    client.force_login(night.imke.user)
    deployment = night.going[night.imke.pk]
    text = client.post(f"/werk/ter-plaatse/inzet/{deployment.pk}/nood/", follow=True).content.decode()
    assert "Bel 112" in text
    assert not Alarm.objects.exists()


def test_the_coordinator_spoke_with_somebody_and_asks_for_relief(watched, client):
    client.force_login(watched.bram.user)
    answer = client.post(f"/werk/ter-plaatse/inzet/{watched.at.pk}/in-orde/")
    assert answer.url == f"/werk/piket/{watched.incident.pk}/"
    client.post(f"/werk/ter-plaatse/inzet/{watched.at.pk}/aflossen/")
    assert Relief.objects.count() == 1
    board = client.get(f"/werk/ter-plaatse/gebeurtenis/{watched.incident.pk}/").content.decode()
    assert "Aflossing gevraagd om" in board


def test_relief_for_who_has_gone_is_refused_in_words(night, client):
    deployment = night.going[night.imke.pk]
    type(deployment).objects.filter(pk=deployment.pk).update(state="done", done_at=NIGHT)
    client.force_login(night.bram.user)
    text = client.post(f"/werk/ter-plaatse/inzet/{deployment.pk}/aflossen/", follow=True).content.decode()
    assert "niet meer ter plaatse" in text


def test_a_check_without_watch_says_nothing(there, client):
    client.force_login(there.imke.user)
    text = client.post(f"/werk/ter-plaatse/inzet/{there.at.pk}/in-orde/", follow=True).content.decode()
    assert "Genoteerd" not in text


def test_things_are_ticked_on_the_page(watched, client):
    address = f"/werk/ter-plaatse/gebeurtenis/{watched.incident.pk}/spullen/"
    assert "Hesjes" in page(client, watched.imke, address).content.decode()
    assert "gaat mee" in client.post(address, {"mee": "vest"}, follow=True).content.decode()
    client.post(address, {"niet": "vest"})
    assert not Material.objects.exists()
    assert "Kies iets van de lijst" in client.post(address, {"mee": "x"}, follow=True).content.decode()


def test_others_do_not_find_the_scene(watched, client):
    stranger = make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9950", "Elders"))
    for person, wanted in ((stranger, 404), (watched.youssef, 404)):
        client.force_login(person.user)
        assert client.get(f"/werk/ter-plaatse/gebeurtenis/{watched.incident.pk}/").status_code == wanted
    client.force_login(stranger.user)
    assert client.get(f"/werk/ter-plaatse/inzet/{watched.at.pk}/").status_code == 404
    assert client.get(f"/werk/ter-plaatse/gebeurtenis/{watched.incident.pk}/spullen/").status_code == 404


def test_the_asker_sees_the_incident_but_not_the_board(watched, client):
    nadia = make_membership(Role.DUTY_OFFICER)
    client.force_login(nadia.user)
    assert client.get(f"/werk/ter-plaatse/gebeurtenis/{watched.incident.pk}/").status_code == 403
