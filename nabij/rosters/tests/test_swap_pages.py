from datetime import timedelta

import pytest
from django.db import IntegrityError

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.roles import Role
from nabij.kit import clock
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Availability, Duty, RosterAgreement, Seat, Swap, Wish

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def people():
    class People:
        now = clock.now()
        today = clock.local(now).date()
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        imke = make_certified(make_membership(Role.ON_CALL_WORKER, name="Imke Tol"), on=today)
        noor = make_certified(make_membership(Role.ON_CALL_WORKER, name="Noor Bos"), on=today)
        piet = make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"), name="Piet Zuid")
        duty = make_duty(imke, Seat.WORKER, starts_at=now + DAY)

    return People


def test_asking_taking_and_agreeing_in_the_browser(people, client):
    client.force_login(people.imke.user)
    page = client.get(f"/werk/rooster/{people.duty.pk}/ruilen/").content.decode()
    assert "Noor Bos" in page
    assert "nu laten overnemen" not in page
    page = client.post(f"/werk/rooster/{people.duty.pk}/ruilen/", follow=True).content.decode()
    assert "Niet meer nodig" in page
    swap = Swap.objects.get()
    address = f"/werk/rooster/ruil/{swap.pk}/"
    assert "U vraagt een collega" in client.get("/werk/rooster/mijn/").content.decode()
    client.force_login(people.noor.user)
    assert "Collega" in client.get("/werk/rooster/mijn/").content.decode()
    assert client.post(f"{address}overnemen/", {"in_return": "x"}).status_code == 422
    page = client.post(f"{address}overnemen/", {"in_return": ""}, follow=True).content.decode()
    assert "De teamleider keurt de ruil nog goed" in page
    client.force_login(people.olaf.user)
    assert address in client.get("/werk/rooster/maand/").content.decode()
    page = client.post(f"{address}besluiten/", {"besluit": "ja"}, follow=True).content.decode()
    assert "Draai de ruil terug" in page
    assert Duty.objects.get().membership == people.noor
    page = client.post(f"{address}terugdraaien/", follow=True).content.decode()
    assert "De ruil is teruggedraaid" in page
    assert Duty.objects.get().membership == people.imke


def test_another_team_finds_no_swap_and_no_duty(people, client):
    client.force_login(people.imke.user)
    client.post(f"/werk/rooster/{people.duty.pk}/ruilen/")
    address = f"/werk/rooster/ruil/{Swap.objects.get().pk}/"
    client.force_login(people.piet.user)
    assert client.get(address).status_code == 404
    assert client.get(f"/werk/rooster/{people.duty.pk}/ruilen/").status_code == 404
    for step in ("overnemen", "besluiten", "intrekken", "terugdraaien"):
        assert client.post(f"{address}{step}/").status_code == 404


def test_what_speaks_against_it_stands_in_words(people, client):
    client.force_login(people.imke.user)
    client.post(f"/werk/rooster/{people.duty.pk}/ruilen/")
    address = f"/werk/rooster/ruil/{Swap.objects.get().pk}/"
    away = Availability.objects.create(
        membership=people.noor, wish=Wish.AWAY, starts_at=people.now, ends_at=people.now + 3 * DAY,
        entered_by=people.noor.pk, entered_at=people.now,
    )  # fmt: skip
    client.force_login(people.noor.user)
    page = client.post(f"{address}overnemen/", {"in_return": ""})
    assert page.status_code == 422
    assert "Kan dan niet" in page.content.decode()
    assert "Dit kan niet:" in client.get("/werk/rooster/mijn/").content.decode()
    away.delete()
    client.post(f"{address}overnemen/", {"in_return": ""})
    other = make_duty(people.noor, Seat.WORKER, starts_at=people.now + DAY + HOUR, hours=1)
    client.force_login(people.olaf.user)
    page = client.post(f"{address}besluiten/", {"besluit": "ja"}, follow=True).content.decode()
    assert "al een dienst" in page
    other.delete()
    client.post(f"{address}besluiten/", {"besluit": "ja"})
    make_duty(people.imke, Seat.WORKER, starts_at=people.now + DAY + HOUR, hours=1)
    page = client.post(f"{address}terugdraaien/", follow=True).content.decode()
    assert "al een dienst" in page


def test_a_question_is_withdrawn(people, client):
    client.force_login(people.imke.user)
    client.post(f"/werk/rooster/{people.duty.pk}/ruilen/")
    swap = Swap.objects.get()
    page = client.post(f"/werk/rooster/ruil/{swap.pk}/intrekken/", follow=True).content.decode()
    assert "Ingetrokken" in page


def test_a_running_duty_is_handed_over_now(people, client):
    Duty.objects.all().delete()
    duty = make_duty(people.imke, Seat.WORKER, starts_at=people.now - HOUR, hours=8)
    client.force_login(people.imke.user)
    assert "nu laten overnemen" in client.get(f"/werk/rooster/{duty.pk}/ruilen/").content.decode()
    address = f"/werk/rooster/{duty.pk}/nu-overdragen/"
    assert client.post(address, {"taker": str(people.piet.pk)}).status_code == 422
    lapsed = make_membership(Role.ON_CALL_WORKER, name="Zonder Bewijs")
    page = client.post(address, {"taker": str(lapsed.pk)})
    assert page.status_code == 422
    assert "Zonder Bewijs" in page.content.decode()
    assert client.post(address, {"taker": str(people.noor.pk)}).status_code == 302
    assert set(Duty.objects.values_list("membership__user__name", flat=True)) == {"Imke Tol", "Noor Bos"}


def test_the_leader_writes_the_agreement(people, client):
    client.force_login(people.olaf.user)
    client.post("/werk/rooster/afspraak/", {})
    assert not RosterAgreement.objects.get().is_swap_approved
    client.post("/werk/rooster/afspraak/", {"goedkeuren": "on"})
    assert RosterAgreement.objects.get().is_swap_approved
    client.force_login(make_membership(Role.TEAM_LEADER, is_national=True, team=None).user)
    assert client.post("/werk/rooster/afspraak/?team=landelijk").status_code == 404


def test_a_swap_that_is_taken_has_a_taker(people):
    with pytest.raises(IntegrityError):
        Swap.objects.create(
            duty=people.duty, giver=people.imke, asked_at=people.now, asked_by=people.imke.pk, state="done"
        )
