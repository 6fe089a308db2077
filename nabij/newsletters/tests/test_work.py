"""The desk of who writes and approves: what waits at which centre, and for whom."""

import pytest

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.centres.actions import take_offline
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre, make_news
from nabij.centres.queries import text_states
from nabij.newsletters.policies import works_at_centres
from nabij.newsletters.queries.work import work_at_centres

pytestmark = pytest.mark.django_db


def chief(**facts):
    return make_actor(Role.IAC_CHIEF, is_national=True, **facts)


@pytest.mark.parametrize("role", Role)
def test_only_who_writes_or_approves_has_the_centres_on_the_desk(role, client, settings):
    settings.TOTP_REQUIRED = False
    membership = make_membership(role, is_national=True)
    works = role in (Role.IAC_EDITOR, Role.IAC_CHIEF, Role.IAC_APPROVER)
    assert works_at_centres(actor_for(membership)) is works
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/werk/iac/mijn/").status_code == (200 if works else 403)


def test_a_new_centre_waits_with_all_its_texts_until_they_are_approved():
    centre = make_centre()
    texts = len(text_states(centre))
    [work] = work_at_centres(chief(), EVENING)
    assert (work.centre, work.waiting, work.for_me) == (centre, texts, texts)
    approve_everything(centre)
    [work] = work_at_centres(chief(), EVENING)
    assert (work.waiting, work.for_me) == (0, 0)


def test_what_one_wrote_oneself_waits_for_another():
    writer = make_membership(Role.IAC_CHIEF, is_national=True)
    centre = make_live_centre()
    make_news(centre)
    [state] = [each for each in text_states(centre) if each.text.is_message and each.text.language == "nl"]
    state.text.versions.create(number=2, body="Het vuur is echt uit.", author=writer.user, created_at=EVENING)
    assert [(each.waiting, each.for_me) for each in work_at_centres(actor_for(writer), EVENING)] == [(1, 0)]
    assert [(each.waiting, each.for_me) for each in work_at_centres(chief(), EVENING)] == [(1, 1)]
    editor = make_actor(Role.IAC_EDITOR, is_national=True)
    assert [(each.waiting, each.for_me) for each in work_at_centres(editor, EVENING)] == [(1, 0)]


def test_a_centre_that_was_taken_away_waits_for_nothing():
    centre = make_live_centre()
    take_offline(centre, by=chief(), at=EVENING)
    assert work_at_centres(chief(), EVENING) == []


def test_five_centres_cost_as_much_as_one(django_assert_num_queries):
    reader = chief()
    for number in (1, 4):
        for _ in range(number):
            make_centre()
        with django_assert_num_queries(2):
            work_at_centres(reader, EVENING)


def test_the_desk_leads_straight_to_the_texts_that_wait(log_in):
    centre = make_centre()
    client = log_in(Role.IAC_CHIEF, is_national=True)
    page = client.get("/werk/").content.decode()
    assert "Wat wacht bij het IAC" in page
    assert f"/werk/iac/{centre.pk}/goedkeuren/" in page
    approve_everything(centre)
    assert f"/werk/iac/{centre.pk}/goedkeuren/" not in client.get("/werk/").content.decode()


def test_an_empty_desk_says_what_will_come(log_in):
    client = log_in(Role.IAC_EDITOR, is_national=True)
    assert "Er is nu geen IAC in opbouw" in client.get("/werk/iac/mijn/").content.decode()
