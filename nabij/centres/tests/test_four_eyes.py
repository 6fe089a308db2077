from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import LONG_AGO, make_actor, make_membership, make_municipality
from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.centres.actions import (
    approve_texts,
    approve_version,
    withdraw_version,
    write_message,
    write_version,
)
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre, make_news
from nabij.centres.models import CentreText, TextVersion
from nabij.centres.pages import centre_page
from nabij.centres.queries import state_of, text_states
from nabij.incidents.refusals import Refused

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=5)


@pytest.fixture
def chief():
    make_municipality()
    return make_actor(Role.IAC_CHIEF)


@pytest.fixture
def editor():
    make_municipality()
    return make_actor(Role.IAC_EDITOR)


@pytest.fixture
def text():
    centre = make_centre()
    return CentreText.objects.get(centre=centre, section="now", language="nl")


def test_nobody_approves_what_he_wrote(text, chief):
    version = write_version(text, "Nieuw", based_on=1, by=chief, at=EVENING)
    with pytest.raises(Refused, match="zelf"):
        approve_version(version, by=chief, at=LATER)
    other = make_actor(Role.IAC_CHIEF)
    assert approve_version(version, by=other, at=LATER).approved_at == LATER


def test_four_eyes_are_of_people_not_of_roles(text):
    """One person with two memberships is still one person."""
    writing = make_membership(Role.IAC_EDITOR)
    approving = Membership.objects.create(
        user=writing.user,
        organisation=writing.organisation,
        team=writing.team,
        role=Role.IAC_CHIEF,
        starts_at=LONG_AGO,
    )
    version = write_version(text, "Nieuw", based_on=1, by=actor_for(writing), at=EVENING)
    with pytest.raises(Refused, match="zelf"):
        approve_version(version, by=actor_for(approving), at=LATER)


def test_the_database_too_wants_four_eyes(text, editor):
    version = write_version(text, "Nieuw", based_on=1, by=editor, at=EVENING)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.filter(pk=version.pk).update(approved_by=version.author, approved_at=LATER)


def test_an_editor_does_not_approve(text, editor):
    with pytest.raises(PermissionDenied):
        approve_version(state_of(text).newest, by=editor, at=LATER)


def test_an_edit_waits_for_approval_and_the_approved_version_stays_up(text, chief, editor):
    first = approve_version(state_of(text).newest, by=chief, at=EVENING)
    second = write_version(text, "Ander woord", based_on=1, by=editor, at=LATER)
    state = state_of(text)
    assert (state.live, state.waiting) == (first, second)
    approve_version(second, by=chief, at=LATER)
    assert state_of(text).live == second
    assert state_of(text).waiting is None


def test_an_older_version_is_not_approved_after_an_edit(text, chief, editor):
    first = state_of(text).newest
    write_version(text, "Ander woord", based_on=1, by=editor, at=LATER)
    with pytest.raises(Refused, match="nieuwere"):
        approve_version(first, by=chief, at=LATER)


def test_two_writers_at_once_do_not_overwrite_each_other(text, editor):
    one = write_version(text, "De een", based_on=1, by=editor, at=LATER)
    other = write_version(text, "De ander", based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    assert state_of(text).proposals == [one, other]
    with pytest.raises(Refused, match="Deze versie is er niet"):
        write_version(text, "Nog een", based_on=9, by=editor, at=LATER)


def test_approving_twice_changes_nothing(text, chief):
    version = approve_version(state_of(text).newest, by=chief, at=EVENING)
    approve_version(version, by=make_actor(Role.IAC_CHIEF), at=LATER)
    version.refresh_from_db()
    assert version.approved_at == EVENING


def test_an_empty_text_is_refused(text, editor):
    with pytest.raises(Refused):
        write_version(text, "  \n ", based_on=1, by=editor, at=EVENING)


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.ON_CALL_COORDINATOR, Role.CONTROL_ROOM])
def test_others_do_not_write(text, role):
    with pytest.raises(PermissionDenied):
        write_version(text, "Nieuw", based_on=1, by=make_actor(role), at=EVENING)
    with pytest.raises(PermissionDenied):
        write_message(
            text.centre, {"nl": "x"}, stated_at=EVENING, source="x", by=make_actor(role), at=EVENING
        )


def test_one_person_withdraws_in_an_emergency_with_a_reason(text, chief, editor):
    version = approve_version(state_of(text).newest, by=chief, at=EVENING)
    with pytest.raises(Refused):
        withdraw_version(version, reason=" ", by=editor, at=LATER)
    withdraw_version(version, reason="Er stond een naam in.", by=editor, at=LATER)
    state = state_of(text)
    assert (state.live, state.withdrawn) == (None, version)
    assert b"naam" not in bytes(state.withdrawn.withdraw_reason_sealed)
    again = withdraw_version(version, reason="nog eens", by=chief, at=LATER + timedelta(minutes=1))
    assert again.withdrawn_at == LATER
    with pytest.raises(Refused):
        approve_version(version, by=chief, at=LATER)


def test_a_dutch_text_that_is_withdrawn_takes_its_translations_along(chief, editor):
    centre = make_live_centre()
    make_news(centre, "Jan is gewond.", "John is injured.")
    make_news(centre, "De straat is dicht.", "The street is closed.")
    dutch, english = (
        CentreText.objects.get(versions__body=each) for each in ("Jan is gewond.", "John is injured.")
    )
    withdraw_version(state_of(dutch).live, reason="Er stond een naam in.", by=editor, at=LATER)
    assert state_of(english).live is None
    page = centre_page(centre, "en")
    assert "John" not in page
    assert "The street is closed." in page
    street = CentreText.objects.get(versions__body="The street is closed.")
    withdraw_version(state_of(street).live, reason="Vertaalfout.", by=editor, at=LATER)
    assert "De straat is dicht." in centre_page(centre, "nl"), "a translation goes alone"


def test_a_withdrawn_text_comes_back_only_by_a_newly_approved_one(text, chief, editor):
    version = approve_version(state_of(text).newest, by=chief, at=EVENING)
    withdraw_version(version, reason="fout", by=editor, at=LATER)
    fresh = write_version(text, "Beter", based_on=1, by=editor, at=LATER)
    assert state_of(text).live is None
    approve_version(fresh, by=chief, at=LATER)
    assert state_of(text).live == fresh


def test_who_has_no_part_in_the_texts_cannot_withdraw(chief):
    centre = make_live_centre()
    live = next(state.live for state in text_states(centre) if state.live)
    with pytest.raises(PermissionDenied):
        withdraw_version(live, reason="x", by=make_actor(Role.DUTY_OFFICER), at=LATER)


def test_several_are_approved_together_or_none(chief, editor):
    centre = make_centre()
    own = CentreText.objects.get(centre=centre, section="press", language="nl")
    write_version(own, "Van mij", based_on=1, by=chief, at=EVENING)
    waiting = [state.waiting for state in text_states(centre) if state.waiting]
    with pytest.raises(Refused), transaction.atomic():
        approve_texts(centre, waiting, by=chief, at=LATER)
    assert not TextVersion.objects.filter(approved_at__isnull=False).exists()
    with pytest.raises(PermissionDenied):
        approve_texts(centre, [], by=editor, at=LATER)
    elsewhere = text_states(make_centre())[0].newest
    with pytest.raises(PermissionDenied):
        approve_texts(centre, [elsewhere], by=chief, at=LATER)


def test_a_message_has_its_moment_and_its_source():
    centre = make_centre()
    make_news(centre, "Het vuur is uit.", "The fire is out.")
    messages = CentreText.objects.filter(centre=centre, is_message=True)
    assert {(each.language, each.source, each.stated_at) for each in messages} == {
        ("nl", "brandweer", EVENING), ("en", "brandweer", EVENING),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        messages.update(source="")


def test_everything_can_be_approved_at_once():
    centre = make_centre()
    approve_everything(centre)
    assert all(state.live for state in text_states(centre))
    approve_texts(centre, [], by=make_actor(Role.IAC_CHIEF), at=LATER)


def test_who_entered_the_commission_does_not_approve_the_texts_that_hold_its_words():
    municipality = make_municipality()
    officer = make_membership(Role.DUTY_OFFICER, municipality=municipality)
    centre = make_centre(by=actor_for(officer))
    also_chief = make_membership(Role.IAC_CHIEF)
    also_chief.user = officer.user
    also_chief.save()
    version = TextVersion.objects.filter(text__centre=centre).first()
    assert version.is_from_template
    with pytest.raises(Refused):
        approve_version(version, by=actor_for(also_chief), at=LATER)
