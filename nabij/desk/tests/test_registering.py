from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.audit.models import ReadEntry, TrailEntry
from nabij.desk import actions
from nabij.desk.models import Need
from nabij.desk.queries import searching
from nabij.desk.queries.needs import needs_for
from nabij.desk.tests.conftest import EVENING, FIRE
from nabij.incidents.models import Status
from nabij.people import content
from nabij.people.factories import make_answers, make_registration
from nabij.people.models import Consent, Registration

MINUTE = timedelta(minutes=1)
TOLD = {
    "form_key": uuid4().hex, "page_language": "nl", "name": "Mirjam Zandstra", "relation": "resident",
    "language": "nl", "phone": "06 00000042", "urgent": "yes", "needs": ["housing"],
    "consent_municipality": "yes", "municipality": "Heidebeek",
}  # fmt: skip


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


def paper(place, received_at, **answers):
    return actions.enter_paper(
        place.incident, make_answers(**answers), received_at, form_key=uuid4(), language="nl", by=place.rosa,
        at=EVENING,
    )  # fmt: skip


def test_a_registrar_writes_down_who_phones_with_the_consents_that_were_read_aloud(place, as_):
    """SVC-25 by phone: from the conversation to the need that is already on the desk."""
    client = as_(place.rosa)
    asked = text(client.get(url("new", place.incident.pk)))
    assert asked.index("Heeft u vandaag nog hulp nodig?") < asked.index("Telefoonnummer")
    assert content.consent("municipality", "nl")[0] in asked
    assert "Lees dit voor" in asked
    done = client.post(url("new", place.incident.pk), TOLD, follow=True)
    row = Registration.objects.get()
    assert row.reference in text(done)
    assert done.redirect_chain[-1][0] == url("registration", row.pk)
    given = Consent.objects.get(registration=row, receiver="municipality")
    assert (given.is_given, given.text_version) == (True, content.consent("municipality", "nl")[2])
    assert not Consent.objects.filter(is_given=True).exclude(receiver="municipality").exists()
    assert Need.objects.get().is_urgent
    assert TrailEntry.objects.filter(verb="registration.by_phone", actor_id=place.rosa.id).count() == 1
    client.post(url("new", place.incident.pk), TOLD | {"has_looked": "on"})
    assert Registration.objects.count() == 1, "sent twice is once"


def test_what_was_typed_stays_and_the_message_stands_beside_the_field(place, as_):
    client = as_(place.rosa)
    response = client.post(url("new", place.incident.pk), TOLD | {"name": "", "phone": "1"})
    assert response.status_code == 422
    for words in ("Vul dit in.", "Dit telefoonnummer klopt niet.", 'value="Heidebeek"'):
        assert words in text(response)
    assert not Registration.objects.exists()


def test_search_before_create_cannot_be_skipped(place, as_):
    make_registration(place.incident, at=EVENING)
    client = as_(place.rosa)
    response = client.post(url("new", place.incident.pk), TOLD | {"name": "M. Zandstra"})
    assert response.status_code == 422
    assert "Misschien staat deze persoon er al" in text(response)
    assert "zelfde telefoonnummer" in text(response)
    assert 'value="M. Zandstra"' in text(response)
    assert Registration.objects.count() == 1
    client.post(url("new", place.incident.pk), TOLD | {"has_looked": "on"})
    assert Registration.objects.count() == 2


def test_who_phones_is_found_by_number_address_or_reference_and_each_look_is_written_down(place, as_):
    row = make_registration(place.incident, at=EVENING)
    client = as_(place.rosa)
    for said in ("06-00000042", "Mirjam@Example.nl", row.reference.upper()):
        page = client.post(url("search", place.incident.pk), {"sought": said})
        assert "Mirjam Zandstra" in text(page)
    assert ReadEntry.objects.filter(person_id=row.person_id, actor_id=place.rosa.id).count() == 3
    nobody = client.post(url("search", place.incident.pk), {"sought": "0600000099"})
    assert "Niemand gevonden" in text(nobody)
    assert 'name="phone" value="+31600000099"' in text(nobody)
    begun = client.post(url("new", place.incident.pk), {"begin": "1", "phone": "+31600000099"})
    assert begun.status_code == 200
    assert 'value="+31600000099"' in text(begun)
    assert client.post(url("search", place.incident.pk), {"sought": ""}).status_code == 422
    assert client.get(url("search", place.incident.pk)).status_code == 405, "no name in an address"


def test_a_search_finds_nobody_of_another_event_or_area(place):
    row = make_registration(at=EVENING)
    sought = searching.sought_in("0600000042")
    assert searching.candidates(sought, place.incident, place.rosa, EVENING, 10) == []
    assert searching.candidates(sought, row.incident, place.zuid, EVENING, 10) == []
    assert searching.candidates(searching.Sought(), row.incident, place.rosa, EVENING, 10) == []
    assert len(searching.candidates(sought, row.incident, place.rosa, EVENING, 10)) == 1


def test_another_finder_looks_first_and_shows_nobody_whom_the_actor_may_not_see(place):
    mine, hidden = make_registration(place.incident, at=EVENING), make_registration(at=EVENING)

    def sounds(sought, incident, actor, at, most):
        return [searching.Found(hidden, ("klinkt zo",)), searching.Found(mine, ("naam klinkt hetzelfde",))]

    searching.register(sounds)
    try:
        found = searching.candidates(
            searching.sought_in("Miriam Sandstra"), place.incident, place.rosa, EVENING, 10
        )
    finally:
        searching.forget(sounds)
    reasons = {each.line.registration.pk: each.reasons for each in found}
    assert reasons[mine.pk] == ("naam klinkt hetzelfde",)


def test_names_that_look_alike_never_push_the_same_number_off_the_list(place):
    same = make_registration(place.incident, at=EVENING, name="Iemand Anders")
    others = [
        make_registration(place.incident, at=EVENING, name=f"Persoon {number}", phone="", email="")
        for number in range(3)
    ]

    def finder(sought, incident, actor, at, most):
        return [searching.Found(each, ("naam lijkt erop",)) for each in others]

    searching.register(finder)
    try:
        sought = searching.Sought(name="Persoon", phone="+31600000042")
        found = searching.candidates(sought, place.incident, place.rosa, EVENING, 2)
    finally:
        searching.forget(finder)
    assert found[0].line.registration == same
    assert len(found) == 2


def test_31_paper_forms_are_entered_later_with_their_own_moments(place):
    """S05 variant a: the platform was down, the forms were filled in on paper."""
    rows = [
        paper(place, FIRE + timedelta(minutes=number), name=f"Persoon {number}", yes_to=("ggd",))
        for number in range(31)
    ]
    stored = {row.pk: row for row in Registration.objects.filter(is_paper=True)}
    assert len(stored) == 31
    for number, row in enumerate(rows):
        assert stored[row.pk].received_at == FIRE + timedelta(minutes=number)
        assert stored[row.pk].drained_at == EVENING
    assert set(Consent.objects.filter(registration=rows[3]).values_list("at", flat=True)) == {
        FIRE + timedelta(minutes=3)
    }
    assert TrailEntry.objects.filter(verb="registration.from_paper").count() == 31
    assert needs_for(place.rosa, EVENING).count() == 31


@pytest.mark.parametrize("moment", [FIRE - MINUTE, EVENING + MINUTE])
def test_paper_is_from_after_the_event_and_not_from_the_future(place, moment):
    with pytest.raises(ValidationError) as refused:
        paper(place, moment)
    assert "received_at" in refused.value.message_dict
    assert not Registration.objects.exists()


def test_the_paper_form_keeps_what_was_typed_when_its_moment_is_wrong(place, as_):
    client = as_(place.rosa)
    wrong = client.post(url("paper", place.incident.pk), TOLD | {"received_at": "2027-05-16T12:00"})
    assert wrong.status_code == 422
    assert "Dit moment moet nog komen." in text(wrong)
    assert 'value="Mirjam Zandstra"' in text(wrong)
    right = TOLD | {"received_at": "2027-05-15T21:10"}
    client.post(url("paper", place.incident.pk), right)
    row = Registration.objects.get()
    assert row.is_paper
    assert row.received_at == FIRE + timedelta(minutes=110)
    client.post(url("paper", place.incident.pk), right | {"has_looked": "on"})
    assert Registration.objects.count() == 1


def test_who_may_not_register_others_is_refused(place, as_):
    for actor in (place.els, place.vera, place.owen):
        assert as_(actor).get(url("new", place.incident.pk)).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.register_by_phone(
                place.incident, make_answers(), form_key=uuid4(), language="nl", by=actor, at=EVENING
            )
    assert as_(place.zuid).get(url("new", place.incident.pk)).status_code == 404
    closed = place.incident
    closed.status, closed.closed_at, closed.closed_by = Status.CLOSED, EVENING, place.members.els
    closed.save()
    assert as_(place.rosa).get(url("new", closed.pk)).status_code == 403
