"""The pages: a panel on the case, adding with messages beside the field, and the own space."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from nabij.audit.models import ReadEntry
from nabij.cases.factories import make_case
from nabij.documents.actions import remove_document
from nabij.documents.content import kind_in_words
from nabij.documents.factories import make_document, make_picture
from nabij.documents.models import Document
from nabij.documents.tests.files import bomb, picture_with_place
from nabij.keys.sealing import destroy_key
from nabij.kit import clock
from nabij.kit.notation import amsterdam_day
from nabij.kit.uploads import is_too_large, most_bytes
from nabij.people.factories import enter_own_pages


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())


@pytest.fixture
def ayla(client, noordwest, case):
    client.force_login(noordwest.member.ayla.user)
    return client


@pytest.fixture
def own(client, case):
    enter_own_pages(client, case.person_id)
    return client


def sent(content=None, name="geheim-elske.jpg"):
    return SimpleUploadedFile(name, content or make_picture(), content_type="text/html")


def read(client, address):
    return client.get(address).content.decode()


def test_a_helper_adds_downloads_and_removes_a_document(ayla, case):
    address = f"/werk/dossiers/{case.pk}/"
    assert "Stuk toevoegen" in read(ayla, address)
    told = {"title": "Deurschade", "kind": "damage", "file": sent(picture_with_place()), "is_shown": "on"}
    assert "Het stuk is bewaard." in ayla.post(address + "stukken/nieuw/", told, follow=True).content.decode()
    page, row = read(ayla, address), Document.objects.get()
    assert ("Deurschade" in page, "de persoon ziet dit" in page, "geheim" in page) == (True, True, False)
    before = ReadEntry.objects.count()
    found = ayla.get(f"/werk/stukken/{row.pk}/")
    assert ReadEntry.objects.count() == before + 1
    assert found["Content-Disposition"] == 'attachment; filename="stuk.jpg"'
    assert (found["X-Content-Type-Options"], found["Content-Type"]) == ("nosniff", "image/jpeg")
    assert "no-store" in found["Cache-Control"]
    assert found.content.startswith(b"\xff\xd8\xff")
    away = f"/werk/stukken/{row.pk}/weg/"
    assert "Deurschade" in read(ayla, away)
    assert ayla.post(away, {"reason": ""}).status_code == 422
    gone = ayla.post(away, {"reason": "Dubbel"}, follow=True).content.decode()
    assert ("Het stuk is verwijderd." in gone, "Deurschade" in gone) == (True, False)
    for address in (f"/werk/stukken/{row.pk}/", away):
        assert ayla.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ a program", "nemen wij niet aan"),
        (bomb(), "Maak de foto kleiner"),
        (b"%PDF-1.7 broken", "niet lezen"),
        (b"x" * 9_000_000, "te groot"),
        (b"x" * 8_050_000, "tot 8 MB"),
    ],
)
def test_a_wrong_file_is_said_beside_the_field_and_the_title_is_kept(ayla, case, content, said):
    told = {"title": "Mijn titel", "kind": "bill", "file": sent(content, "x" * 300 + ".jpg")}
    found = ayla.post(f"/werk/dossiers/{case.pk}/stukken/nieuw/", told)
    page = found.content.decode()
    assert (found.status_code, said in page, 'value="Mijn titel"' in page) == (422, True, True)
    assert not Document.objects.exists()


def test_without_a_file_or_with_an_empty_one_the_form_says_so(ayla, case):
    address, told = f"/werk/dossiers/{case.pk}/stukken/nieuw/", {"title": "x", "kind": "bill"}
    assert "Kies een bestand." in ayla.post(address, told).content.decode()
    empty = SimpleUploadedFile("leeg.jpg", b"")
    assert "is leeg" in ayla.post(address, {**told, "file": empty}).content.decode()
    assert ayla.post(address, b"--x", content_type="multipart/form-data; boundary=x").status_code == 422


def test_another_page_takes_no_large_file():
    assert most_bytes(RequestFactory().post("/hulp-vragen/")) == 1_000_000
    assert most_bytes(RequestFactory().post("/bestaat/niet/")) == 1_000_000
    assert not is_too_large(RequestFactory().post("/hulp-vragen/", {"place": "hier"}))


def test_the_person_sends_something_in_and_the_helper_has_seen_it(own, noordwest, case):
    assert "U kunt ons een foto of een PDF sturen." in read(own, "/mijn/hulp/")
    wrong = own.post("/mijn/hulp/stukken/", {"title": "Brief", "file": sent(b"GIF89a")})
    page = wrong.content.decode()
    assert (wrong.status_code, "nemen wij niet aan" in page, 'value="Brief"' in page) == (422, True, True)
    own.post("/mijn/hulp/stukken/", {"title": "Brief van de school", "file": sent()})
    row, mine = Document.objects.get(), read(own, "/mijn/hulp/stukken/")
    assert ("Brief van de school" in mine, "door u gestuurd" in mine) == (True, True)
    assert "Er is 1 stuk." in read(own, "/mijn/hulp/")
    assert own.get(f"/mijn/hulp/stukken/{row.pk}/").content.startswith(b"\xff\xd8\xff")
    own.force_login(noordwest.member.ayla.user)
    page = read(own, f"/werk/dossiers/{case.pk}/")
    assert ("van de persoon" in page, "Bericht van de persoon lezen" in page) == (True, True)
    own.post(f"/werk/stukken/{row.pk}/gezien/")
    assert "wij hebben het gezien" in read(own, "/mijn/hulp/stukken/")


def test_the_person_finds_nothing_that_was_not_shown_or_is_of_somebody_else(own, noordwest, case):
    now = clock.now()
    hidden = make_document(case, "Alleen voor ons", by=noordwest.ayla, at=now)
    other = make_case("Iemand Anders", helper=noordwest.member.daan, at=now)
    strange = make_document(other, by=noordwest.daan, at=now, is_shown=True)
    assert "Alleen voor ons" not in read(own, "/mijn/hulp/stukken/")
    for row in (hidden, strange):
        assert own.get(f"/mijn/hulp/stukken/{row.pk}/").status_code == 404


def test_without_a_visit_nothing_is_shown_and_a_closed_case_takes_nothing(client, noordwest, case):
    row = make_document(case, by=noordwest.ayla, at=clock.now(), is_shown=True)
    for address in ("/mijn/hulp/stukken/", f"/mijn/hulp/stukken/{row.pk}/"):
        assert client.get(address).status_code == 302
    assert read(client, "/mijn/hulp/stukken/deur/").strip() == ""
    case.state = "closed"
    case.save()
    enter_own_pages(client, case.person_id)
    client.post("/mijn/hulp/stukken/", {"title": "x", "file": sent()})
    assert Document.objects.count() == 1
    assert "U kunt nu niets sturen." in read(client, "/mijn/hulp/stukken/")
    assert "Bekijk mijn stukken" in read(client, "/mijn/hulp/")
    Document.objects.all().delete()
    assert "Mijn stukken" not in read(client, "/mijn/hulp/")


def test_who_sent_what_was_removed_reads_that_it_is_gone_and_not_what_it_was(client, noordwest, case):
    enter_own_pages(client, case.person_id)
    client.post("/mijn/hulp/stukken/", {"title": "Foto van de deur", "file": sent()})
    assert "is verwijderd op" not in read(client, "/mijn/hulp/stukken/")
    now = clock.now()
    remove_document(Document.objects.get(), "Van de buurman", by=noordwest.ayla, at=now)
    page = read(client, "/mijn/hulp/stukken/")
    assert f"Dit stuk van u is verwijderd op {amsterdam_day(now)}." in page
    for gone in ("Foto van de deur", "Van de buurman", "Er zijn nog geen stukken", "Download"):
        assert gone not in page, gone
    case.state = "closed"
    case.save()
    assert "Een stuk van u is verwijderd." in read(client, "/mijn/hulp/")


def test_who_does_not_help_adds_and_removes_nothing_and_another_organisation_finds_nothing(
    client, noordwest, case
):
    row = make_document(case, by=noordwest.ayla, at=clock.now())
    for who in ("zuid", "hester", "nadia"):
        client.force_login(getattr(noordwest.member, who).user)
        for address in (f"/werk/dossiers/{case.pk}/stukken/", f"/werk/stukken/{row.pk}/"):
            assert client.get(address).status_code == 404
    client.force_login(noordwest.member.ayla.user)
    case.state = "closed"
    case.save()
    assert client.get(f"/werk/dossiers/{case.pk}/stukken/nieuw/").status_code == 403
    assert client.get(f"/werk/stukken/{row.pk}/weg/").status_code == 403
    assert client.get(f"/werk/stukken/{row.pk}/").status_code == 200


def test_after_the_key_is_gone_there_is_nothing_to_download(ayla, noordwest, case):
    row = make_document(case, by=noordwest.ayla, at=clock.now())
    destroy_key(case.person_id, at=clock.now())
    assert ayla.get(f"/werk/stukken/{row.pk}/").status_code == 404


def test_a_kind_that_the_content_forgot_still_has_a_word():
    assert kind_in_words("vroeger") == "iets anders"


def test_the_panel_asks_the_database_as_often_for_five_as_for_one(
    ayla, noordwest, case, django_assert_num_queries, django_assert_max_num_queries
):
    address = f"/werk/dossiers/{case.pk}/stukken/"
    make_document(case, by=noordwest.ayla, at=clock.now())
    with django_assert_max_num_queries(20) as first:
        ayla.get(address)
    for _ in range(4):
        make_document(case, by=noordwest.ayla, at=clock.now())
    with django_assert_num_queries(len(first)):
        ayla.get(address)
