from datetime import date, datetime, timedelta

import pytest

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.kit.clock import AMSTERDAM
from nabij.proposals import actions
from nabij.proposals.models import Place, Proposal, ProposalState
from nabij.rosters.actions import enter_days, write_demand
from nabij.rosters.models import Duty, Seat, Wish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def team():
    now = clock.now()
    today = clock.local(now).date()

    class Team:
        monday = today + timedelta(days=7 - today.weekday())
        olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit")
        workers = tuple(
            make_certified(make_membership(Role.ON_CALL_WORKER, name=f"Worker {number}"), on=today)
            for number in range(3)
        )

    Team.now = now
    for seat, days in ((Seat.COORDINATOR, []), (Seat.SECOND_COORDINATOR, []), (Seat.WORKER, [1, 2])):
        write_demand(
            team=Team.olaf.team, seat=seat, weekdays=days, starts=datetime.min.time().replace(hour=8),
            ends=datetime.min.time().replace(hour=20), needed=1, wished=1, starts_on=date(2020, 1, 1),
            ends_on=None, by=actor_for(Team.olaf), at=Team.now,
        )  # fmt: skip
    return Team


def form(team, **changes):
    return {"starts_on": team.monday.isoformat(), "weeks": "1", "seconds": "30", **changes}


def asked(team, client):
    client.force_login(team.olaf.user)
    client.post("/werk/rooster-maken/", form(team))
    return Proposal.objects.get()


def made(team, client):
    proposal = asked(team, client)
    Proposal.objects.filter(pk=proposal.pk).update(seconds=2)
    proposal.refresh_from_db()
    return actions.make_roster(proposal, by=SYSTEM, at=team.now)


def test_asking_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(team, client):
    client.force_login(team.olaf.user)
    page = client.post(
        "/werk/rooster-maken/", form(team, starts_on=(team.monday + DAY).isoformat(), weeks="14")
    )
    assert page.status_code == 422
    assert "Dit is geen maandag" in page.content.decode()
    assert 'value="14"' in page.content.decode()
    assert not Proposal.objects.exists()


def test_one_follows_the_search_and_stops_it(team, client):
    proposal = asked(team, client)
    address = f"/werk/rooster-maken/{proposal.pk}/"
    assert "wacht op zijn beurt" in client.get(address).content.decode()
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.RUNNING, begun_at=team.now, cost=3)
    answer = client.get(f"{address}voortgang/")
    assert "Er is al een rooster" in answer.content.decode()
    assert "HX-Refresh" not in answer
    client.post(f"{address}stoppen/")
    proposal.refresh_from_db()
    assert proposal.is_cancel_asked
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.FAILED, error_code="silent")
    assert client.get(f"{address}voortgang/")["HX-Refresh"] == "true"
    assert "Probeer het opnieuw" in client.get(address).content.decode()
    client.post(f"{address}opnieuw/")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING


def test_a_roster_is_looked_at_changed_and_published(team, client):
    proposal = made(team, client)
    address = f"/werk/rooster-maken/{proposal.pk}/"
    page = client.get(address).content.decode()
    assert "2 van 2" in page
    place = proposal.places.order_by("starts_at").first()
    own = f"{address}plek/{place.pk}/"
    page = client.get(own).content.decode()
    assert "Wie hier niet kan, en waarom" in page
    assert "Olaf Kruit" in page
    assert client.post(own, {"membership": str(team.olaf.pk)}).status_code == 422
    other = next(each for each in team.workers if each.pk != place.membership_id)
    assert (
        "Deze plek staat vast"
        in client.post(own, {"membership": str(other.pk)}, follow=True).content.decode()
    )
    client.post(f"{own}leeg/")
    page = client.get(address).content.decode()
    assert "Lege plekken, en waarom" in page
    assert "mag deze dienst" in page
    client.post(own, {"membership": str(other.pk)})
    start = datetime.combine(team.monday, datetime.min.time(), AMSTERDAM)
    enter_days(other, Wish.AWAY, start, start + DAY, by=actor_for(other), at=team.now)
    page = client.post(f"{address}plaatsen/", follow=True).content.decode()
    assert "1 plek mocht niet meer" in page
    assert "de regels waren veranderd" in page
    assert Duty.objects.count() == 1
    assert client.get(f"{address}plek/{team.olaf.pk}/").status_code == 302


def test_published_without_a_refusal_says_no_more(team, client):
    proposal = made(team, client)
    page = client.post(f"/werk/rooster-maken/{proposal.pk}/plaatsen/", follow=True).content.decode()
    assert "mocht" not in page
    assert "In het rooster gezet" in client.get("/werk/rooster/maand/").content.decode()
    assert "In het rooster gezet" in client.get("/werk/rooster-maken/").content.decode()


def test_another_team_finds_nothing_and_a_worker_may_not(team, client):
    proposal = made(team, client)
    place = Place.objects.first()
    zuid = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"))
    make_membership(Role.ON_CALL_WORKER, team=make_team("Zuid"))
    address = f"/werk/rooster-maken/{proposal.pk}/"
    client.force_login(zuid.user)
    assert "Er is nog geen" not in client.get("/werk/rooster-maken/laatste/").content.decode()
    for path in ("", "voortgang/", f"plek/{place.pk}/"):
        assert client.get(f"{address}{path}").status_code == 404
    for path in ("stoppen/", "opnieuw/", "plaatsen/", f"plek/{place.pk}/leeg/"):
        assert client.post(f"{address}{path}").status_code == 404
    client.force_login(team.workers[0].user)
    for path in ("", "laatste/"):
        assert client.get(f"/werk/rooster-maken/{path}").status_code == 403
