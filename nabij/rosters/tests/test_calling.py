"""Who can be called when a team is short, and the languages they speak."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.academy.factories import make_certified
from nabij.accounts.factories import make_membership, make_municipality, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.rosters.actions import write_profile
from nabij.rosters.factories import make_duty
from nabij.rosters.languages import language_choices, skill_in_words, skill_of
from nabij.rosters.models import Profile, Seat
from nabij.rosters.policies import can_write_profile
from nabij.rosters.queries.calling import ids_to_call, own_profile, skills_of

pytestmark = pytest.mark.django_db
NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
WORKER = Role.ON_CALL_WORKER
MATRIX = [(WORKER, True), (Role.ON_CALL_COORDINATOR, True), (Role.TRAINER, False)]


def certified(**facts):
    return make_certified(make_membership(WORKER, **facts), on=date(2027, 1, 1))


def test_who_is_off_duty_certified_and_of_this_team_can_be_called():
    team = make_team()
    free, busy, elsewhere = certified(team=team), certified(team=team), certified(team=make_team("Zuid"))
    make_membership(WORKER, team=team)  # without certificates
    make_membership(Role.TEAM_LEADER, team=team)
    make_duty(busy, Seat.WORKER, starts_at=NIGHT - timedelta(hours=1))
    assert ids_to_call("off_duty", team.pk, NIGHT) == [free.pk]
    assert ids_to_call("off_duty", elsewhere.team_id, NIGHT) == [elsewhere.pk]


def test_the_neighbours_are_who_is_on_duty_in_another_region_and_certified():
    team, zuid = make_team(), make_team("Zuid")
    own, other, lapsed = certified(team=team), certified(team=zuid), make_membership(WORKER, team=zuid)
    for worker in (own, other, lapsed):
        make_duty(worker, Seat.WORKER, starts_at=NIGHT - timedelta(hours=1))
    assert ids_to_call("neighbour", team.pk, NIGHT) == [other.pk]
    assert ids_to_call("worker", team.pk, NIGHT) == [own.pk]


def test_languages_are_written_down_by_oneself_and_nobody_else():
    worker, other = certified(), certified()
    write_profile(worker.pk, languages=["tr"], by=actor_for(worker), at=NIGHT)
    write_profile(worker.pk, languages=["tr", "ar"], by=actor_for(worker), at=NIGHT)
    assert Profile.objects.get().languages == ["tr", "ar"]
    assert skills_of([worker.pk, other.pk]) == {worker.pk: {skill_of("tr"), skill_of("ar")}}
    with pytest.raises(PermissionDenied):
        write_profile(worker.pk, languages=[], by=actor_for(other), at=NIGHT)
    assert own_profile(actor_for(other), NIGHT) is None


@pytest.mark.parametrize(("role", "allowed"), MATRIX)
def test_who_can_be_called_writes_a_profile(role, allowed):
    membership = make_membership(role)
    assert can_write_profile(actor_for(membership), membership.pk, NIGHT) is allowed


def test_every_language_has_a_name():
    assert ("tr", "Turks") in language_choices()
    assert skill_in_words("lang:dse") == "iemand die Nederlandse gebarentaal spreekt"


def test_the_page_keeps_what_was_chosen(client):
    worker = certified()
    client.force_login(worker.user)
    town = make_municipality()
    form = {"languages": ["tr"], "home": town.pk}
    assert client.post("/werk/rooster/mijn-talen/", form).status_code == 302
    assert f'value="{town.pk}" selected' in client.get("/werk/rooster/mijn-talen/").content.decode()
    shown = client.get("/werk/rooster/mijn-talen/").content.decode()
    assert re.search(r'value="tr"[^>]* checked', shown)
    assert not re.search(r'value="ar"[^>]* checked', shown)
    wrong = client.post("/werk/rooster/mijn-talen/", {"languages": ["klingon"]})
    assert wrong.status_code == 422
    trainer = make_membership(Role.TRAINER)
    client.force_login(trainer.user)
    assert client.get("/werk/rooster/mijn-talen/").status_code == 403
