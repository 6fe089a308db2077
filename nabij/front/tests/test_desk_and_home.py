from datetime import datetime

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Role
from nabij.centres.factories import make_live_centre
from nabij.contact.doors import CallerKind
from nabij.front import pages
from nabij.front.callers import caller_kind
from nabij.kit import clock
from nabij.publish.pages import all_pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_desk(client, role):
    client.force_login(make_membership(role).user)
    answer = client.get("/werk/")
    assert answer.status_code == 200
    assert "Mijn werk" in answer.content.decode()


def test_an_official_sees_the_door_of_this_moment_on_the_desk(client):
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    for moment, seen, hidden in (
        ("2027-01-10T02:31:00+00:00", "meldkamer van de politie", "Professional"),
        ("2027-01-12T13:10:00+00:00", "Professional", "buiten openingstijden"),
    ):
        clock.move_to(datetime.fromisoformat(moment))
        page = client.get("/werk/").content.decode()
        assert seen in page
        assert hidden not in page


def test_victim_support_needs_no_door_to_itself(client):
    client.force_login(make_membership(Role.ON_CALL_COORDINATOR).user)
    assert 'class="door' not in client.get("/werk/").content.decode()
    assert caller_kind(OrganisationKind.VICTIM_SUPPORT) is None
    assert caller_kind(OrganisationKind.POLICE) is CallerKind.POLICE


def test_who_has_two_roles_can_go_on_in_the_other(client):
    first, other = make_membership(), make_membership(Role.TEAM_LEADER)
    other.user = first.user
    other.save()
    client.force_login(first.user)
    assert "/werk/rol/" in client.get("/werk/").content.decode()


@pytest.mark.parametrize("path", ["/", "/gemeenten/", "/snel-weg/"])
def test_public_pages_answer_without_a_release_and_set_no_cookie(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrf" not in answer.content.decode()


def test_home_names_danger_first_and_the_live_centres():
    assert "geen informatiecentrum open" in pages.home_page("nl")
    centre = make_live_centre()
    home = pages.home_page("nl")
    assert home.index("112") < home.index(centre.name)
    assert f'href="/en{centre.path}"' in pages.home_page("en")


def test_every_public_page_exists_in_dutch_and_english():
    paths = {page.path for page in all_pages()}
    for page in ("/", "/gemeenten/", "/snel-weg/", "/bellen/", "/nu/"):
        assert page in paths
        assert f"/en{page}" in paths
    assert "/robots.txt" in paths


def test_search_engines_stay_out_of_work_and_of_registrations():
    assert "Disallow: /werk/" in pages.robots()
    assert "Disallow: /aanmelden/" in pages.robots()


def test_what_nabij_can_do_is_told_with_its_proof(client):
    client.force_login(make_membership().user)
    page = client.get("/werk/wat-kan-nabij/").content.decode()
    assert page.count("SVC-") >= 62
