"""The word check before approval: what must go, what an approver answers, and what is known of the event."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.centres.actions import Questioned, approve_texts, approve_version, write_message, write_version
from nabij.centres.factories import EVENING, make_centre, make_live_centre
from nabij.centres.models import CentreText, Commission, TextAnswer
from nabij.centres.queries import usual_values
from nabij.centres.questions import findings
from nabij.incidents.factories import make_incident
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


def test_the_source_of_a_message_is_asked_about_like_its_words(log_in, chief):
    """Everybody reads the source under the message: a name or a guess in it is no better there."""
    clock.move_to(LATER)
    centre, editor = make_live_centre(), make_actor(Role.IAC_EDITOR)
    for source, asked in (("Gemeente Heidebeek", []), ("Wim Kok Jansen, buurman", ["Wim Kok Jansen"])):
        versions = write_message(
            centre, {"nl": "Het vuur is uit.", "en": "It is out."}, stated_at=EVENING, source=source,
            by=editor, at=EVENING,
        )  # fmt: skip
        assert [[each.hit for each in findings(version)] for version in versions] == [asked, asked]
    desk = log_in(make_membership(Role.IAC_CHIEF))
    url = reverse("centres:approve", args=[centre.pk, versions[0].pk])
    assert desk.post(url).status_code == 422
    [finding] = findings(versions[0])
    assert f'name="{finding.key}"' in desk.get(url).content.decode()
    assert desk.post(url, {finding.key: "hij wil genoemd worden"}).status_code == 302


ORDER = {
    "name": "Brand Kokmeeuwstraat", "commissioner": "Burgemeester", "controller": "Gemeente Heidebeek",
    "spokesman": "Owen Baas", "area": "Oost", "audiences": ["residents"], "wants_closed_part": "nee",
}  # fmt: skip


def commission(log_in, topic="EVT-13", **changed):
    clock.move_to(EVENING)
    began = EVENING - timedelta(minutes=20)
    incident = make_incident(at=began, place="Flat De Wachter", topic=topic)
    desk = log_in(make_membership(Role.DUTY_OFFICER))
    return incident, desk, reverse("centres:commission", args=[incident.pk]), {**ORDER, **changed}


def test_a_name_of_somebody_in_the_name_of_a_centre_needs_a_reason_that_is_kept_sealed(log_in):
    incident, desk, url, order = commission(log_in, name="Overlijden Jan Jansen")
    assert 'type="hidden" name="name_reason"' in desk.get(url).content.decode()
    answer = desk.post(url, order)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Is dit de naam van iemand?" in page
    assert 'value="Overlijden Jan Jansen"' in page
    assert 'type="text" name="name_reason"' in page
    assert not Commission.objects.exists()
    order["name_reason"] = "De familie vraagt hierom."
    assert desk.post(url, order).status_code == 302
    order = Commission.objects.get(incident=incident)
    assert unseal(order.pk, order.name_reason_sealed) == "De familie vraagt hierom."
    chief = log_in(make_membership(Role.IAC_CHIEF, is_national=True))
    shown = chief.get(reverse("centres:detail", args=[order.centre.pk])).content.decode()
    assert "De familie vraagt hierom." in shown


def test_a_guess_about_blame_never_becomes_the_name_of_a_centre(log_in):
    _, desk, url, order = commission(log_in, name="Vermoedelijk brandstichting", name_reason="zeker")
    answer = desk.post(url, order)
    assert answer.status_code == 422
    assert "Een vermoeden over oorzaak of schuld" in answer.content.decode()
    assert not Commission.objects.exists()


@pytest.mark.parametrize("name", ["Brand in flat De Wachter", "Brand bij De Wachter", "Brand in Heidebeek"])
def test_where_it_happened_is_no_name_of_somebody_and_keeps_no_reason(log_in, name):
    incident, desk, url, order = commission(log_in, name=name, name_reason="niet nodig")
    assert desk.post(url, order).status_code == 302
    assert not Commission.objects.get(incident=incident).name_reason_sealed


def test_the_name_that_nabij_proposes_is_not_asked_about(log_in):
    incident, desk, url, order = commission(log_in, topic="EVT-19")
    order["name"] = usual_values(incident, None)["name"]
    assert "slachtoffers" in order["name"]
    assert desk.post(url, order).status_code == 302
