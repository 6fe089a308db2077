from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.centres.actions import approve_version, take_offline, write_message
from nabij.centres.factories import make_centre, make_live_centre
from nabij.centres.models import CentreText, TextVersion
from nabij.centres.questions import findings
from nabij.kit.tests.at_once import together
from nabij.meetings import actions
from nabij.meetings.models import Audience, CentreOffer, Meeting
from nabij.meetings.tests.conftest import AFTER, MONDAY, make_held

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


@pytest.fixture
def message(street):
    street.message = actions.publish_answers(make_held(street, 2), "", by=street.nadia, at=AFTER)
    return street.message


def drafts():
    return TextVersion.objects.filter(text__is_message=True)


def seen(client, actor, message):
    client.force_login(Membership.objects.get(pk=actor.id).user)
    return client.get(f"/werk/bijeenkomsten/bericht/{message.pk}/").content.decode()


def test_the_answers_become_a_draft_that_an_editor_approves(street, message, client):
    centre = make_live_centre(street.incident, at=MONDAY)
    assert "Bied aan bij het IAC" in seen(client, street.nadia, message)
    page = client.post(f"/werk/bijeenkomsten/bericht/{message.pk}/aanbieden/", follow=True).content.decode()
    assert "aangeboden aan het IAC" in page
    assert "Bied aan bij het IAC" not in page
    draft = drafts().get()
    assert draft.body.startswith("Vragen en antwoorden van de bijeenkomst voor bewoners")
    assert "Wanneer kunnen we terug, deel 0\nDat weten we vrijdag.\n(Slachtofferhulp)" in draft.body
    assert (draft.approved_at, draft.text.source, draft.text.audience) == (
        None, message.meeting.organisation.name, "open",
    )  # fmt: skip
    reasons = {each.key: "klopt" for each in findings(draft)}
    approved = approve_version(draft, reasons=reasons, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert approved.approved_at == LATER
    assert draft.text.centre == centre


def test_offered_twice_it_is_one_draft(street, message, client):
    make_live_centre(street.incident, at=MONDAY)
    for _ in range(2):
        actions.offer_to_centre(message, by=street.nadia, at=LATER)
    assert drafts().count() == CentreOffer.objects.count() == 1


def test_a_version_that_was_replaced_is_not_offered_and_the_next_says_what_changed(street, message, client):
    make_live_centre(street.incident, at=MONDAY)
    question = message.meeting.questions.first()
    actions.answer_question(question, "Toch zaterdag.", by=street.nadia, at=AFTER)
    second = actions.publish_answers(message.meeting, "De dag", by=street.nadia, at=LATER)
    assert "Bied aan bij het IAC" not in seen(client, street.nadia, message)
    with pytest.raises(ValidationError, match="nieuwere versie"):
        actions.offer_to_centre(message, by=street.nadia, at=LATER)
    answer = client.post(f"/werk/bijeenkomsten/bericht/{message.pk}/aanbieden/", follow=True)
    assert "nieuwere versie. Bied die aan" in answer.content.decode()
    actions.offer_to_centre(second, by=street.nadia, at=LATER)
    assert "De dag" in drafts().get().body


def test_what_is_for_bereaved_people_goes_to_a_closed_part_or_nowhere(street, message, client):
    Meeting.objects.update(audience=Audience.BEREAVED)
    message.refresh_from_db()
    centre = make_live_centre(street.incident, at=MONDAY, wants_closed_part=True)
    actions.offer_to_centre(message, by=street.nadia, at=LATER)
    assert CentreText.objects.get(is_message=True).audience == "closed"
    CentreOffer.objects.all().delete()
    type(centre.commission).objects.update(wants_closed_part=False)
    message = type(message).objects.get()
    with pytest.raises(PermissionDenied):
        actions.offer_to_centre(message, by=street.nadia, at=LATER)
    assert "Bied aan bij het IAC" not in seen(client, street.nadia, message)


def test_without_a_live_centre_and_for_others_there_is_nothing_to_offer(street, message, client):
    with pytest.raises(PermissionDenied):
        actions.offer_to_centre(message, by=street.nadia, at=LATER)
    assert "Bied aan bij het IAC" not in seen(client, street.nadia, message)
    centre = make_live_centre(street.incident, at=MONDAY)
    for actor in (street.olaf, street.stranger, street.zuid):
        with pytest.raises(PermissionDenied):
            actions.offer_to_centre(message, by=actor, at=LATER)
    take_offline(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)
    with pytest.raises(PermissionDenied):
        actions.offer_to_centre(message, by=street.nadia, at=LATER)
    assert not drafts().exists()


def test_at_a_centre_that_is_not_live_only_editors_write(street):
    centre = make_centre(street.incident, at=MONDAY)
    told = {"stated_at": MONDAY, "source": "gemeente", "at": MONDAY}
    with pytest.raises(PermissionDenied):
        write_message(centre, {"nl": "Bericht"}, by=street.nadia, **told)


@pytest.mark.django_db(transaction=True)
def test_two_who_offer_at_the_same_moment_make_one_draft(street, message):
    make_live_centre(street.incident, at=MONDAY)

    def offer():
        actions.offer_to_centre(message, by=street.nadia, at=LATER)

    assert together(offer, offer) == []
    assert drafts().count() == CentreOffer.objects.count() == 1
