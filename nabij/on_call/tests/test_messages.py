from datetime import UTC, datetime

import pytest
from django.conf import settings

from nabij.accounts.factories import make_municipality
from nabij.audit.actor import ANONYMOUS
from nabij.guide.topics import topics
from nabij.keys.sealing import unseal
from nabij.notify.models import Message
from nabij.notify.templates import all_templates, write
from nabij.on_call.factories import make_answer
from nabij.on_call.words import message_values, shortened
from nabij.paging.factories import take_due_steps

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)
LINK = "https://nabij.example.nl/p/" + "x" * 22 + "/"


@pytest.mark.parametrize("is_verified", [True, False])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", ["page_coordinator", "page_workers", "page_changed", "help_other_region"])
def test_a_text_message_is_one_message_whatever_the_event_and_the_place(night, key, language, is_verified):
    incident = make_answer(by=night.nadia, place="Burgemeester van Hogendorplaan " * 6).request.incident
    for topic in topics():
        incident.topic = topic
        values = message_values(incident, is_verified=is_verified, language=language)
        values |= {"link": LINK, "team": "Noordwest"}
        written = write(key, language=language, exercise=False, values=values)
        assert len(written.bodies["sms"]) <= 160, written.bodies["sms"]
        assert "Heidebeek" in written.bodies["sms"]


def test_a_message_names_event_place_and_reference_and_nobody(night):
    answer = make_answer(by=ANONYMOUS, remarks="Mevrouw Jansen ligt in het ziekenhuis", injured=2)
    take_due_steps(NIGHT)
    message = Message.objects.get(recipient_id=night.bram.pk)
    body = unseal(message.pk, message.body_sealed)
    assert answer.request.incident.reference in body
    assert "Bel eerst terug" in body
    for secret in ("Nadia", "Jansen", "0600000001", "38", "gewond"):
        assert secret not in body
    assert settings.ENV.base_url in body


def test_an_exercise_says_so_in_every_message(night):
    make_answer(by=night.nadia, is_exercise=True)
    take_due_steps(NIGHT)
    message = Message.objects.get(recipient_id=night.bram.pk)
    assert message.subject.startswith("OEFENING")
    assert "OEFENING" in unseal(message.pk, message.body_sealed)


def test_the_texts_of_on_call_are_known_to_who_sends_them():
    assert {"help_other_region", "help_joined"} <= set(all_templates())
    assert shortened("Kokmeeuwstraat", 20) == "Kokmeeuwstraat"
    assert shortened("Kokmeeuwstraat 27", 15) == "Kokmeeuwstraat…"


def test_a_place_without_a_street_is_named_by_its_district(night):
    incident = make_answer(by=night.nadia, place="").request.incident
    assert message_values(incident)["where"] == f"{make_municipality().name}, Oost"
