"""The pages inside, and those of who looks after what stands there."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.audit.models import ReadEntry
from nabij.centres.factories import make_news
from nabij.centres.models import AdviceCentre
from nabij.closed_part.factories import EVENING, make_insider, person_of
from nabij.closed_rooms import ways
from nabij.closed_rooms.actions.keeping import Paper, add_paper, appoint_contact, release_paper
from nabij.closed_rooms.actions.letters import send_letter
from nabij.closed_rooms.actions.meeting import plan_meeting, sign_up
from nabij.closed_rooms.models import ClosedDocument, ClosedMeeting, ContactPerson, DeskMessage
from nabij.closed_rooms.tests.test_inside import pdf, picture, planned
from nabij.closed_rooms.ways import Way
from nabij.people.factories import enter_own_pages

AT = EVENING
TEXT = "Kan mijn zus ook komen?"


def page(client, address):
    return client.get(address).content.decode()


@pytest.fixture
def inside(client, door):
    held = make_insider(door.centre, relation="bereaved", by=door.rosa, name="Truus Meeuws")
    client.held = held
    client.home = f"/mijn/besloten/{door.centre.slug}/"
    enter_own_pages(client, held.registration.person_id)
    return client


def test_the_first_page_says_what_is_new_whom_to_ask_and_where_to_go(door, inside, monkeypatch):
    first = page(inside, inside.home)
    assert "Wij schrijven hier zodra wij iets weten." in first
    make_news(door.centre, "Het onderzoek is begonnen.", at=AT)
    appoint_contact(door.centre, door.member.rosa, ["bereaved"], by=door.lead, at=AT)
    plan_meeting(door.centre, planned(), by=door.lead, at=AT)
    paper = add_paper(
        door.centre, Paper("Eerste uitkomst", ["bereaved"], AT), picture(), by=door.editor, at=AT
    )
    assert "Eerste uitkomst" not in page(inside, inside.home)
    release_paper(paper, by=door.lead, at=AT)
    way = Way("Naar de groep", "/mijn/groep/")
    monkeypatch.setattr(ways, "_finds", [lambda verification, centre: way, lambda verification, centre: None])
    text = page(inside, inside.home)
    for said in (
        "Het onderzoek is begonnen.", "Rosa", "Wijkhuis De Meeuw", "Er zijn nog 5 plaatsen.",
        "Eerste uitkomst", "Naar de groep", "Weggaan uit het besloten deel",
    ):  # fmt: skip
        assert said in text
    assert "Vink" not in text
    assert "Truus" not in text
    assert "<title>Mijn gegevens" in text


def test_somebody_signs_up_and_off_and_a_wrong_number_is_said_at_that_meeting(door, inside):
    meeting = plan_meeting(door.centre, planned(seats=2), by=door.lead, at=AT)
    address = f"{inside.home}bijeenkomst/{meeting.pk}/"
    for number, said in (
        ("3", "Er is nog plaats voor 2"),
        ("", "Vul in met hoeveel"),
        ("99", "Kom met 1 tot"),
    ):
        answer = inside.post(address, {"number": number})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    inside.post(address, {"number": "2"})
    assert "U komt met 2 mensen." in page(inside, inside.home)
    inside.post(address, {"doe": "af"})
    assert "Er zijn nog 2 plaatsen." in page(inside, inside.home)
    assert inside.post(f"{inside.home}bijeenkomst/{uuid4()}/", {"number": "1"}).status_code == 404
    hidden = plan_meeting(door.centre, planned(relations=["witnesses"], where="Elders"), by=door.lead, at=AT)
    assert inside.post(f"{inside.home}bijeenkomst/{hidden.pk}/", {"number": "1"}).status_code == 404
    assert "Elders" not in page(inside, inside.home)


def test_a_paper_comes_marked_with_ones_own_reference_under_a_name_that_says_nothing(door, inside):
    paper = add_paper(door.centre, Paper("Uitkomst", ["bereaved"], AT), pdf(1), by=door.editor, at=AT)
    address = f"{inside.home}stuk/{paper.pk}/"
    assert inside.get(address).status_code == 404
    release_paper(paper, by=door.lead, at=AT)
    answer = inside.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="stuk.pdf"'
    [shown] = pypdfium2.PdfDocument(answer.content)
    assert inside.held.registration.reference in shown.get_textpage().get_text_range()
    ClosedDocument.objects.update(shown_from_at=AT + timedelta(days=1))
    assert inside.get(address).status_code == 404


def test_somebody_writes_the_desk_and_reads_the_answer(door, inside, log_in):
    address = f"{inside.home}berichten/"
    first = page(inside, address)
    assert "Wij antwoorden binnen 1 werkdag." in first
    assert "113" in first
    key = re.search(r'name="key" value="([0-9a-f-]+)"', first)[1]
    empty = inside.post(address, {"key": key, "text": " "})
    assert (empty.status_code, "Schrijf eerst uw bericht." in empty.content.decode()) == (422, True)
    kept = inside.post(address, {"key": key, "text": "Kan mijn"}, headers={"HX-Request": "true"})
    assert "Concept bewaard" in kept.content.decode()
    assert inside.post(address, {"key": "x", "text": ""}, headers={"HX-Request": "true"}).status_code == 204
    assert "Kan mijn</textarea>" in page(inside, address)
    assert inside.post(address, {"key": key, "text": TEXT}).status_code == 302
    assert "Nog niet gelezen" in page(inside, address)
    long = inside.post(address, {"key": str(uuid4()), "text": "x" * 2001}).content.decode()
    assert "Dit bericht is te lang." in long
    log_in(door.member.rosa)
    assert "1 gesprek wacht op antwoord" in page(inside, "/werk/")
    desk = f"/werk/besloten/aanmelding/{inside.held.registration_id}/berichten/"
    assert "Truus Meeuws" in page(inside, f"/werk/besloten/{door.incident.pk}/berichten/")
    assert TEXT in page(inside, desk)
    assert (
        ReadEntry.objects.filter(person_id=inside.held.registration.person_id, actor_id=door.rosa.id).count()
        == 2
    )
    told = {"key": str(uuid4()), "text": "Ja, dat mag."}
    assert "Uw antwoord staat klaar" in inside.post(desk, told, follow=True).content.decode()
    assert "U hebt 1 nieuw bericht." in page(inside, inside.home)
    text = page(inside, address)
    assert "Ja, dat mag." in text
    assert "Gelezen op" in text
    assert "U hebt 1 nieuw" not in page(inside, inside.home)


def test_words_of_danger_show_the_lines_at_once(inside):
    address = f"{inside.home}berichten/"
    text = inside.post(address, {"key": str(uuid4()), "text": "ik wil dood"}, follow=True).content.decode()
    assert "Wacht niet op ons antwoord. Bel nu." in text


def test_after_archiving_nobody_writes_to_a_desk_that_is_not_there(door, inside):
    held = inside.held
    mine = send_letter(held, TEXT, uuid4(), by=person_of(held.registration), at=AT)
    AdviceCentre.objects.filter(pk=door.centre.pk).update(archived_at=AT)
    shown = page(inside, f"{inside.home}berichten/")
    assert "De balie van dit centrum is dicht." in shown
    assert TEXT in shown
    assert "tel:0900-0101" in shown
    assert "Uw berichten" in page(inside, inside.home)
    refused = inside.post(f"{inside.home}berichten/", {"key": uuid4(), "text": "Nog iets."})
    assert refused.status_code == 403
    assert send_letter(held, "Wij belden u.", uuid4(), by=door.rosa, at=AT)
    assert inside.post(f"{inside.home}berichten/{mine.pk}/terug/").status_code == 302


def test_messages_are_taken_back_by_their_writer_only(door, inside, log_in):
    held = inside.held
    row = send_letter(held, TEXT, uuid4(), by=person_of(held.registration), at=AT)
    answer = send_letter(held, "Ja.", uuid4(), by=door.rosa, at=AT)
    assert inside.post(f"{inside.home}berichten/{answer.pk}/terug/").status_code == 404
    inside.post(f"{inside.home}berichten/{row.pk}/terug/")
    assert TEXT not in page(inside, f"{inside.home}berichten/")
    log_in(door.member.rosa)
    desk = f"/werk/besloten/aanmelding/{held.registration_id}/berichten/"
    inside.post(f"{desk}{answer.pk}/terug/")
    assert "Dit bericht is ingetrokken." in page(inside, desk)
    assert inside.post(f"{desk}{uuid4()}/terug/").status_code == 404
    assert DeskMessage.objects.filter(text_sealed=b"").count() == 2


def test_the_desk_keeps_a_draft_says_what_is_wrong_and_settles_without_an_answer(door, inside, log_in):
    held = inside.held
    send_letter(held, TEXT, uuid4(), by=person_of(held.registration), at=AT)
    client = log_in(door.member.rosa)
    desk = f"/werk/besloten/aanmelding/{held.registration_id}/berichten/"
    client.get(desk)
    assert (
        "Concept bewaard"
        in client.post(desk, {"key": str(uuid4()), "text": "Ja", "concept": "1"}).content.decode()
    )
    assert client.post(desk, {"key": str(uuid4()), "text": "x" * 2001}).status_code == 422
    assert client.post(desk, {"key": "x", "text": ""}, headers={"HX-Request": "true"}).status_code == 204
    text = client.post(f"{desk}gelezen/", follow=True).content.decode()
    assert "geen antwoord nodig" in text
    assert "Er wacht nu niemand op antwoord." in text
    client = log_in(make_membership(Role.IAC_EDITOR))
    assert client.get(desk).status_code == 404
    assert client.get(f"/werk/besloten/{door.incident.pk}/berichten/").status_code == 404


def test_the_leader_looks_after_contacts_meetings_and_papers_on_one_page(door, log_in):
    client = log_in(door.member.lead)
    base = f"/werk/besloten/{door.incident.pk}/binnen/"
    assert "Er zijn nog geen stukken." in page(client, base)
    wrong = client.post(f"{base}contactpersoon/", {"membership": str(door.member.rosa.pk)})
    assert (wrong.status_code, "Kies voor wie dit is." in wrong.content.decode()) == (422, True)
    client.post(f"{base}contactpersoon/", {"membership": str(door.member.rosa.pk), "relations": ["bereaved"]})
    told = {
        "title": "Samen komen", "where": "Wijkhuis", "relations": ["bereaved", "apart"], "seats": "9",
        "starts_at": "2027-05-18T19:00", "ends_at": "2027-05-18T21:00",
    }  # fmt: skip
    wrong = client.post(f"{base}bijeenkomst/", told)
    assert "komt nooit samen met anderen" in wrong.content.decode()
    assert 'value="Samen komen"' in wrong.content.decode()
    client.post(f"{base}bijeenkomst/", told | {"relations": ["bereaved"]})
    meeting, contact = ClosedMeeting.objects.get(), ContactPerson.objects.get()
    held = make_insider(door.centre, relation="bereaved", by=door.rosa, name="Truus Meeuws")
    sign_up(meeting, held, 2, by=person_of(held.registration), at=AT)
    text = page(client, base)
    assert "2 van 9 plaatsen" in text
    assert "Truus" not in text
    assert "Truus Meeuws" in page(client, f"{base}bijeenkomst/{meeting.pk}/")
    assert (
        "Wie zou komen, krijgt bericht."
        in client.post(f"{base}bijeenkomst/{meeting.pk}/afzeggen/", follow=True).content.decode()
    )
    client.post(f"{base}contactpersoon/{contact.pk}/stopt/")
    assert "Er is nog geen contactpersoon." in page(client, base)
    for nobody in (f"bijeenkomst/{uuid4()}/afzeggen/", f"contactpersoon/{uuid4()}/stopt/"):
        assert client.post(f"{base}{nobody}").status_code == 404
    assert client.get(f"{base}bijeenkomst/{uuid4()}/").status_code == 404


def test_an_editor_brings_a_paper_in_and_another_releases_it(door, log_in):
    editor = make_membership(Role.IAC_EDITOR)
    client = log_in(editor)
    base = f"/werk/besloten/{door.incident.pk}/binnen/"
    file = SimpleUploadedFile("geheim-jansen.jpg", picture(), content_type="image/jpeg")
    told = {"title": "Uitkomst", "relations": ["bereaved"], "shown_from_at": "2027-05-16T10:00"}
    assert "Kies een bestand." in client.post(f"{base}stuk/", told).content.decode()
    bad = SimpleUploadedFile("x.jpg", b"geen plaatje")
    assert "nemen wij niet aan" in client.post(f"{base}stuk/", told | {"file": bad}).content.decode()
    text = client.post(f"{base}stuk/", told | {"file": file}, follow=True).content.decode()
    assert "Nu geeft iemand anders het vrij." in text
    paper = ClosedDocument.objects.get()
    assert client.post(f"{base}stuk/{paper.pk}/vrijgeven/").status_code == 403
    assert client.get(f"{base}contactpersoon/").status_code == 404
    client = log_in(make_membership(Role.IAC_APPROVER))
    assert client.get(f"{base}stuk/").status_code == 403
    kept = client.get(f"{base}stuk/{paper.pk}/")
    assert kept.headers["Content-Disposition"] == 'attachment; filename="stuk.jpg"'
    assert BytesIO(kept.content).read(2) == b"\xff\xd8"
    assert (
        "nog niet te lezen" in client.post(f"{base}stuk/{paper.pk}/vrijgeven/", follow=True).content.decode()
    )
    client = log_in(editor)
    client.post(f"{base}stuk/{paper.pk}/intrekken/")
    assert client.get(f"{base}stuk/{paper.pk}/").status_code == 404
    assert client.get(f"{base}stuk/{uuid4()}/").status_code == 404
    client = log_in(door.member.rosa)
    assert client.get(base).status_code == 404


def test_a_file_that_is_too_large_is_told_beside_the_field(door, log_in, monkeypatch):
    client = log_in(door.member.lead)
    monkeypatch.setattr("nabij.closed_rooms.views.keeping.is_too_large", lambda request: True)
    told = {"title": "Uitkomst", "relations": ["bereaved"], "shown_from_at": "2027-05-16T10:00"}
    text = client.post(f"/werk/besloten/{door.incident.pk}/binnen/stuk/", told).content.decode()
    assert "Dit bestand is te groot." in text


def test_more_inside_asks_the_database_no_more(door, inside, django_assert_max_num_queries):
    def fill(number):
        for each in range(number):
            plan_meeting(door.centre, planned(title=f"Avond {each}"), by=door.lead, at=AT)
            ClosedDocument.objects.create(
                centre=door.centre, title=f"Stuk {each}", form="pdf", size=1, relations=["bereaved"],
                shown_from_at=AT, added_at=AT, added_by_id=door.editor.user_id,
                released_at=AT, released_by_id=door.lead.user_id,
            )  # fmt: skip
            send_letter(inside.held, TEXT, uuid4(), by=person_of(inside.held.registration), at=AT)

    fill(1)
    inside.get(inside.home)
    for address in (inside.home, f"{inside.home}berichten/"):
        inside.get(address)
        with django_assert_max_num_queries(40) as one:
            inside.get(address)
        fill(4)
        with django_assert_max_num_queries(len(one)):
            inside.get(address)
