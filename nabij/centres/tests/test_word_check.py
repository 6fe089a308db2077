"""The word check before approval: what must go, what an approver answers, and what is known of the event."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.centres.actions import Questioned, approve_texts, approve_version, write_message, write_version
from nabij.centres.factories import EVENING, make_centre, make_live_centre
from nabij.centres.models import CentreText, TextAnswer
from nabij.centres.questions import findings
from nabij.keys.sealing import unseal
from nabij.kit import clock

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=5)


@pytest.fixture
def chief():
    make_municipality()
    return make_actor(Role.IAC_CHIEF)


def draft(centre, body, **bodies):
    [version, *_] = write_message(
        centre, {"nl": body, **bodies}, stated_at=EVENING, source="politie", by=make_actor(Role.IAC_EDITOR),
        at=EVENING,
    )  # fmt: skip
    return version


def test_a_number_of_injured_needs_a_reason_that_is_kept_sealed(chief):
    version = draft(make_live_centre(), "Er zijn 23 gewonden.", en="23 people are injured.")
    [finding] = findings(version)
    for reasons in ({}, {finding.key: "  "}):
        with pytest.raises(Questioned, match="23 gewonden"):
            approve_version(version, reasons=reasons, by=chief, at=LATER)
    approve_version(version, reasons={finding.key: "De GHOR bevestigde dit."}, by=chief, at=LATER)
    answer = TextAnswer.objects.get(version=version)
    assert (answer.kind, answer.by_id) == ("victims", chief.user_id)
    assert unseal(version.pk, answer.hit_sealed) == "23 gewonden"
    assert unseal(version.pk, answer.reason_sealed) == "De GHOR bevestigde dit."


def test_a_guess_about_the_cause_must_go_whatever_the_reason(chief):
    version = draft(make_live_centre(), "Vermoedelijk was het een gaslek.")
    [finding, _missing] = findings(version)
    with pytest.raises(Questioned):
        approve_version(version, reasons={finding.key: "zeker weten"}, by=chief, at=LATER)


def test_a_text_with_a_question_is_not_approved_in_bulk(chief):
    centre = make_live_centre()
    with pytest.raises(Questioned):
        approve_texts(centre, [draft(centre, "Wij zoeken Jan Jansen.")], by=chief, at=LATER)


def test_places_and_organisations_of_the_event_are_no_names(chief):
    centre = make_centre()
    text = CentreText.objects.get(centre=centre, section="press", language="nl")
    body = "Bel de Gemeente Heidebeek over de Brand Kokmeeuwstraat in wijk Oost."
    assert findings(write_version(text, body, based_on=1, by=make_actor(Role.IAC_EDITOR), at=EVENING)) == []


def test_the_words_of_the_template_are_not_asked_about_again(chief):
    centre = make_centre()
    for text in CentreText.objects.filter(centre=centre):
        first = text.versions.get()
        assert findings(first) == []
    again = write_version(text, first.body, based_on=1, by=make_actor(Role.IAC_EDITOR), at=EVENING)
    assert findings(again) == []


def test_the_questions_stand_beside_their_fields_and_what_was_typed_is_kept(log_in, chief):
    clock.move_to(LATER)
    version = draft(make_live_centre(), "Er zijn 5 doden. Wij zoeken Jan Jansen.")
    desk = log_in(make_membership(Role.IAC_CHIEF))
    url = reverse("centres:approve", args=[version.text.centre_id, version.pk])
    page = desk.get(url).content.decode()
    for words in ("Woordcontrole", "Wie bevestigde dat?", "Jan Jansen", "Nog niet vertaald"):
        assert words in page
    first, second, _missing = findings(version)
    half = desk.post(url, {first.key: "de burgemeester"})
    assert half.status_code == 422
    assert 'value="de burgemeester"' in half.content.decode()
    assert not TextAnswer.objects.exists()
    typed = {first.key: "de burgemeester", second.key: "naam van een straat"}
    assert desk.post(url, typed).status_code == 302
    assert TextAnswer.objects.count() == 2
