"""S05 10: two publish at once; the second sees the difference and chooses, and one version is visible."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.centres.actions import Overtaken, approve_version, write_message, write_version
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre
from nabij.centres.models import CentreText, Readership, TextVersion
from nabij.centres.pages import centre_page
from nabij.centres.queries import messages_for, state_of
from nabij.incidents.refusals import Refused
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.wording.differences import merged

pytestmark = pytest.mark.django_db
LATER, AFTER = EVENING + timedelta(minutes=5), EVENING + timedelta(minutes=9)
POLICE, TOWN = "De straat is dicht.\nVolg de borden.", "Ga naar de sporthal.\nVolg de borden."


@pytest.fixture
def chief():
    make_municipality()
    return make_actor(Role.IAC_CHIEF)


@pytest.fixture
def both(chief):
    """The police and the municipality changed the same text at the same time."""
    centre = make_live_centre()
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    write_version(text, POLICE, based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    write_version(text, TOWN, based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    return state_of(text).proposals


def test_the_second_never_overwrites_what_its_writer_had_not_seen(both, chief):
    police, town = both
    approve_version(police, by=chief, at=LATER)
    with pytest.raises(Overtaken) as refusal:
        approve_version(town, by=chief, at=AFTER)
    assert refusal.value.other == police
    assert state_of(police.text).live == police


def test_who_has_seen_the_other_may_put_the_second_in_its_place(both, chief):
    police, town = both
    approve_version(town, by=chief, at=LATER)
    approve_version(police, over=town.pk, by=chief, at=AFTER)
    state = state_of(police.text)
    assert state.live == police
    assert [each.number for each in state.chain] == [1, 3, 2]
    html = centre_page(police.text.centre, "nl")
    assert "De straat is dicht." in html
    assert "sporthal" not in html, "one version is visible"


def test_what_goes_on_from_an_unapproved_draft_still_knows_the_live_one(both, chief):
    police, _town = both
    better = write_version(police.text, "Beter", based_on=2, by=make_actor(Role.IAC_EDITOR), at=LATER)
    approve_version(better, by=chief, at=AFTER)
    assert state_of(police.text).live == better
    with pytest.raises(Refused, match="nieuwere"):
        approve_version(police, by=chief, at=AFTER)


def test_the_database_lets_no_two_versions_replace_the_same_one(both, chief):
    police, town = both
    approve_version(police, by=chief, at=LATER)
    with pytest.raises(IntegrityError, match="no_version_overwrites_unseen"), transaction.atomic():
        TextVersion.objects.filter(pk=town.pk).update(
            approved_at=LATER, approved_by=chief.user_id, replaces=1, public_at=LATER
        )


@pytest.mark.django_db(transaction=True)
def test_two_chiefs_at_the_very_same_moment_publish_one(transactional_db):
    make_municipality()
    centre = make_centre()
    approve_everything(centre)
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    for body in (POLICE, TOWN):
        write_version(text, body, based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    chiefs = [make_actor(Role.IAC_CHIEF), make_actor(Role.IAC_CHIEF)]
    moments = [AFTER, AFTER + timedelta(seconds=1)]
    acts = [
        lambda version=version, chief=chief, at=at: approve_version(version, by=chief, at=at)
        for version, chief, at in zip(state_of(text).proposals, chiefs, moments, strict=True)
    ]
    failed = together(*acts)
    assert [type(each) for each in failed] == [Overtaken]
    assert len(state_of(text).chain) == 2


def test_two_messages_at_the_same_time_are_seen_side_by_side_before_the_second(chief):
    centre = make_live_centre()
    one, two = (
        write_message(
            centre, {"nl": body}, stated_at=LATER, source=source, by=make_actor(Role.IAC_EDITOR), at=LATER
        )[0]
        for body, source in ((POLICE, "politie"), (TOWN, "gemeente"))
    )
    approve_version(one, by=chief, at=LATER + timedelta(seconds=1))
    with pytest.raises(Overtaken):
        approve_version(two, by=chief, at=AFTER)
    approve_version(two, over=one.pk, by=chief, at=AFTER)
    assert {each.source for each in messages_for(centre, Readership.OPEN, AFTER)} == {"politie", "gemeente"}


def test_the_chief_sees_the_difference_and_brings_both_together(log_in, both, chief):
    clock.move_to(AFTER)
    police, town = both
    centre = police.text.centre
    approve_version(police, by=chief, at=LATER)
    url = reverse("centres:approve", args=[centre.pk, town.pk])
    client = log_in(make_membership(Role.IAC_CHIEF))
    html = client.get(url).content.decode()
    for words in ("<ins>", "<del>", "Breng beide samen", "Wat live staat, blijft"):
        assert words in html
    assert client.post(url).status_code == 422, "without having seen what is live"
    edit = reverse("centres:edit", args=[centre.pk, town.text_id])
    page = client.get(f"{edit}?samen={town.pk}").content.decode()
    assert "De straat is dicht." in page
    assert "Ga naar de sporthal." in page
    assert client.get(f"{edit}?samen=onzin").status_code == 404
    body = {"body": "De straat is dicht.\nGa naar de sporthal.", "based_on": police.number}
    assert client.post(f"{edit}?samen={town.pk}", body).status_code == 302
    [waiting] = state_of(town.text).proposals
    assert waiting.based_on == police.number
    approve_version(waiting, by=make_actor(Role.IAC_CHIEF), at=AFTER)
    assert state_of(town.text).live == waiting


def test_the_chief_leaves_what_is_live(log_in, both, chief):
    clock.move_to(AFTER)
    police, town = both
    approve_version(police, by=chief, at=LATER)
    url = reverse("centres:approve", args=[town.text.centre_id, town.pk])
    client = log_in(make_membership(Role.IAC_CHIEF))
    bulk = client.get(reverse("centres:approve_all", args=[town.text.centre_id])).content.decode()
    assert "apart nalezen" in bulk
    assert client.post(url, {"keuze": "laat-staan"}).status_code == 302
    state = state_of(town.text)
    assert (state.live, state.proposals) == (police, [])


def test_the_chief_puts_the_second_in_its_place_on_the_page(log_in, both, chief):
    clock.move_to(AFTER)
    police, town = both
    approve_version(police, by=chief, at=LATER)
    url = reverse("centres:approve", args=[town.text.centre_id, town.pk])
    assert log_in(make_membership(Role.IAC_CHIEF)).post(url, {"over": str(police.pk)}).status_code == 302
    assert state_of(town.text).live == town


def test_merging_keeps_what_either_wrote_and_drops_what_either_took_away():
    base = "Een\nTwee\nDrie"
    assert merged(base, "Een\nTwee\nDrie\nVier", "Nul\nEen\nDrie") == "Nul\nEen\nDrie\nVier"
    assert merged("", "Mijn bericht.", "Hun bericht.") == "Hun bericht.\nMijn bericht."
