"""First the people affected, then the public."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres import tasks
from nabij.centres.actions import (
    approve_version,
    end_embargoes,
    go_live,
    withdraw_version,
    write_message,
    write_version,
)
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre
from nabij.centres.models import CentreText, Readership
from nabij.centres.pages import centre_page
from nabij.centres.queries import messages_for, missing, text_states
from nabij.kit import clock

pytestmark = pytest.mark.django_db
THEN = EVENING + timedelta(minutes=30)


@pytest.fixture
def chief():
    make_municipality()
    return make_actor(Role.IAC_CHIEF)


@pytest.fixture
def centre(chief):
    return make_live_centre()


def message(centre, chief, body="De weg is weer open.", **facts):
    [version] = write_message(
        centre, {"nl": body}, stated_at=EVENING, source="gemeente", by=make_actor(Role.IAC_EDITOR),
        at=EVENING, **facts,
    )  # fmt: skip
    return approve_version(version, by=chief, at=EVENING)


def bodies(centre, audience, at):
    return [each.body for each in messages_for(centre, audience, at)]


def test_the_closed_part_reads_it_at_once_and_the_public_half_an_hour_later(centre, chief):
    message(centre, chief, embargo_minutes=30)
    assert bodies(centre, Readership.CLOSED, EVENING) == ["De weg is weer open."]
    for at in (EVENING, THEN - timedelta(seconds=1)):
        assert end_embargoes(by=SYSTEM, at=at) == 0
        assert bodies(centre, Readership.OPEN, at) == []
    assert "weer open" not in centre_page(centre, "nl")
    assert end_embargoes(by=SYSTEM, at=THEN) == 1
    assert bodies(centre, Readership.OPEN, THEN) == ["De weg is weer open."]
    assert "weer open" in centre_page(centre, "nl")
    assert end_embargoes(by=SYSTEM, at=THEN) == 0, "once"


def test_a_night_without_the_job_lets_nothing_out_early_and_is_made_good(centre, chief, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    message(centre, chief, embargo_minutes=30)
    clock.move_to(THEN - timedelta(minutes=1))
    tasks.release_after_embargo(0)
    assert "weer open" not in centre_page(centre, "nl")
    clock.move_to(THEN + timedelta(hours=8))
    tasks.release_after_embargo(0)
    assert "weer open" in centre_page(centre, "nl")


def test_withdrawing_cancels_the_embargo(centre, chief):
    version = message(centre, chief, embargo_minutes=30)
    withdraw_version(version, reason="niet bevestigd", by=chief, at=EVENING)
    assert end_embargoes(by=SYSTEM, at=THEN) == 0
    assert messages_for(centre, Readership.OPEN, THEN) == []
    assert "ingetrokken" not in centre_page(centre, "nl")
    [closed] = messages_for(centre, Readership.CLOSED, THEN)
    assert closed.withdrawn_at == EVENING
    assert closed.html is None


def test_a_correction_does_not_begin_the_minutes_again(centre, chief):
    version = message(centre, chief, embargo_minutes=30)
    soon = EVENING + timedelta(minutes=10)
    better = write_version(
        version.text, "De weg is open.", based_on=1, by=make_actor(Role.IAC_EDITOR), at=soon
    )
    assert approve_version(better, by=chief, at=soon).public_at == THEN
    later = THEN + timedelta(hours=1)
    end_embargoes(by=SYSTEM, at=THEN)
    again = write_version(version.text, "Open.", based_on=2, by=make_actor(Role.IAC_EDITOR), at=later)
    assert approve_version(again, by=chief, at=later).told_at == later, "what is public is corrected at once"
    withdraw_version(again, reason="fout", by=chief, at=later)
    fresh = write_version(version.text, "Anders.", based_on=3, by=make_actor(Role.IAC_EDITOR), at=later)
    assert approve_version(fresh, by=chief, at=later).public_at == later + timedelta(minutes=30)


def test_a_message_for_the_closed_part_never_becomes_public(centre, chief):
    version = message(centre, chief, audience=Readership.CLOSED, embargo_minutes=30)
    assert (version.public_at, version.text.embargo_minutes) == (None, 0)
    assert end_embargoes(by=SYSTEM, at=THEN) == 0
    assert "weer open" not in centre_page(centre, "nl")
    assert "weer open" in centre_page(centre, "nl", Readership.CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        CentreText.objects.filter(centre=centre, section="privacy").update(audience=Readership.CLOSED)


def test_only_nabij_itself_lets_an_embargo_end(chief):
    with pytest.raises(PermissionDenied):
        end_embargoes(by=chief, at=THEN)


def test_what_is_under_embargo_is_not_yet_something_to_say(chief):
    centre = make_centre()
    chosen = [state for state in text_states(centre) if state.text.section in ("privacy", "contact")]
    for state in chosen:
        approve_version(state.newest, by=chief, at=EVENING)
    message(centre, chief, embargo_minutes=30)
    assert len(missing(text_states(centre))) == 1
    end_embargoes(by=SYSTEM, at=THEN)
    assert go_live(centre, by=chief, at=THEN).is_live


def test_with_a_closed_part_the_form_proposes_to_tell_it_first(log_in, chief):
    clock.move_to(EVENING)
    centre = make_live_centre(wants_closed_part=True)
    client = log_in(make_membership(Role.IAC_EDITOR))
    url = reverse("centres:message", args=[centre.pk])
    html = client.get(url).content.decode()
    assert 'value="eerst-besloten"' in html
    assert 'value="30"' in html
    typed = {"body_nl": "Vuur uit.", "source": "brandweer", "readers": "eerst-besloten", "minutes": "0"}
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "Vuur uit." in wrong.content.decode()
    assert client.post(url, {**typed, "minutes": "45"}).status_code == 302
    text = CentreText.objects.get(centre=centre, is_message=True)
    assert text.embargo_minutes == 45
    approve_everything(centre)
    desk = log_in(make_membership(Role.IAC_CHIEF))
    assert "openbaar vanaf" in desk.get(reverse("centres:detail", args=[centre.pk])).content.decode()
    preview = reverse("centres:preview", args=[centre.pk, "nl"])
    assert "Vuur uit." in desk.get(f"{preview}?voor=besloten").content.decode()
    assert "Vuur uit." not in desk.get(preview).content.decode()
    assert client.post(url, {**typed, "readers": "besloten", "minutes": ""}).status_code == 302
    assert CentreText.objects.filter(centre=centre, audience=Readership.CLOSED).exists()
