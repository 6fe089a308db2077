"""A complaint: read by a leader who was not in it, answered in words, and said when it is late."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import ReadEntry
from nabij.cases.actions import assign
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Part, Task, TaskKind
from nabij.complaints.actions import answer_complaint, complain, withdraw_complaint
from nabij.complaints.models import Complaint, Finding
from nabij.complaints.queries import complaint_for, open_complaints, own_complaints
from nabij.kit import clock
from nabij.kit.notation import amsterdam_day
from nabij.own_space.actions import answer, ask
from nabij.own_space.models import RequestKind
from nabij.people.factories import enter_own_pages
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

TEXT = "Niemand belde mij terug."


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def tell(case, by, text=TEXT, *, is_about_leader=False, at=WEDNESDAY):
    return complain(case, text, is_about_leader=is_about_leader, by=by, at=at)


def readers(noordwest, complaint):
    names = vars(noordwest.member)
    return {each for each in names if complaint_for(getattr(noordwest, each), complaint.pk, WEDNESDAY)}


def test_the_leader_reads_a_complaint_and_who_helps_does_not(noordwest, case, elske):
    row = tell(case, elske)
    assert TEXT.encode() not in bytes(row.text_sealed)
    assert readers(noordwest, row) == {"olaf"}
    assert complaint_for(elske, row.pk, WEDNESDAY).text == TEXT
    assert Task.objects.to_do().get(case=case, kind=TaskKind.COMPLAINT).due_at == row.due_at
    assert row.due_at == WEDNESDAY + timedelta(weeks=6)


def test_a_complaint_about_the_leader_is_read_elsewhere_in_the_organisation(noordwest, case, elske):
    row = tell(case, elske, is_about_leader=True)
    assert readers(noordwest, row) == {"femke"}
    assert [each.complaint for each in open_complaints(noordwest.femke, WEDNESDAY)] == [row]
    assert open_complaints(noordwest.olaf, WEDNESDAY) == []
    assert not Task.objects.filter(kind=TaskKind.COMPLAINT).exists()
    answer_complaint(row, Finding.RIGHT, "U hebt gelijk.", by=noordwest.femke, at=WEDNESDAY)


def test_a_leader_who_helps_in_the_case_answers_no_complaint_about_it(noordwest, case, elske):
    give(case, noordwest.member.olaf, Part.DEPUTY)
    row = tell(case, elske)
    assert readers(noordwest, row) == set()
    with pytest.raises(PermissionDenied):
        answer_complaint(row, Finding.RIGHT, "Ja", by=noordwest.olaf, at=WEDNESDAY)


def test_at_level_3_only_the_named_leader_reads_it(noordwest, case, elske):
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=WEDNESDAY)
    assert readers(noordwest, tell(case, elske)) <= {"olaf"}


def test_a_helper_writes_down_what_was_told_and_reads_it_no_more(noordwest, case):
    row = tell(case, noordwest.ayla)
    assert row.written_by == noordwest.ayla.id
    assert complaint_for(noordwest.ayla, row.pk, WEDNESDAY) is None
    with pytest.raises(PermissionDenied):
        tell(case, noordwest.daan)


def test_the_person_reads_the_answer_and_the_task_ends(noordwest, case, elske):
    row = tell(case, elske)
    with pytest.raises(ValidationError, match="Schrijf het antwoord"):
        answer_complaint(row, Finding.RIGHT, " ", by=noordwest.olaf, at=WEDNESDAY)
    answer_complaint(row, Finding.PARTLY, "Wij bellen u nu elke week.", by=noordwest.olaf, at=WEDNESDAY)
    [shown] = own_complaints(case.person_id, WEDNESDAY)
    assert (shown.answer, shown.complaint.get_finding_display()) == (
        "Wij bellen u nu elke week.",
        "u hebt voor een deel gelijk",
    )
    assert not Task.objects.to_do().filter(kind=TaskKind.COMPLAINT).exists()
    for again in (
        lambda: answer_complaint(row, Finding.RIGHT, "Nee", by=noordwest.olaf, at=WEDNESDAY),
        lambda: withdraw_complaint(row, by=elske, at=WEDNESDAY),
        lambda: answer_complaint(row, Finding.RIGHT, "Ja", by=elske, at=WEDNESDAY),
    ):
        with pytest.raises(PermissionDenied):
            again()


def test_one_complaint_at_a_time_and_never_without_words(noordwest, case, elske):
    with pytest.raises(ValidationError, match="waarover"):
        tell(case, elske, "  ")
    row = tell(case, elske)
    with pytest.raises(ValidationError, match="loopt al"):
        tell(case, elske, "Nog iets")
    assert withdraw_complaint(row, by=elske, at=WEDNESDAY).withdrawn_at == WEDNESDAY
    assert withdraw_complaint(row, by=elske, at=WEDNESDAY + timedelta(1)).withdrawn_at == WEDNESDAY
    with pytest.raises(PermissionDenied):
        withdraw_complaint(row, by=noordwest.ayla, at=WEDNESDAY)
    assert tell(case, elske, "Nog iets").is_open


def test_the_database_keeps_one_open_complaint_and_no_answer_without_words(noordwest, case, elske):
    row = tell(case, elske)
    row.pk = None
    with pytest.raises(IntegrityError, match="one_open_complaint_per_case"), transaction.atomic():
        row.save(force_insert=True)
    wrong = Complaint.objects.filter(case=case)
    with pytest.raises(IntegrityError, match="answered_in_words"), transaction.atomic():
        wrong.update(answered_at=WEDNESDAY)


def test_another_person_and_another_organisation_find_nothing(noordwest, case, elske):
    row, other = tell(case, elske), make_case("Iemand Anders")
    stranger = Actor(ActorKind.HELPED_PERSON, id=other.person_id)
    assert complaint_for(stranger, row.pk, WEDNESDAY) is None
    with pytest.raises(PermissionDenied):
        tell(case, stranger)
    assert open_complaints(noordwest.nadia, WEDNESDAY) == []


@pytest.fixture
def own(client, noordwest):
    now = clock.now()
    found = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=now)
    enter_own_pages(client, found.person_id)
    client.case = found
    return client


def test_the_pages_of_the_person(own):
    assert "Klacht over de hulp" in own.get("/mijn/hulp/").content.decode()
    empty = own.post("/mijn/hulp/klacht/", {"text": ""})
    assert (empty.status_code, "waarover de klacht gaat" in empty.content.decode()) == (422, True)
    own.post("/mijn/hulp/klacht/", {"text": TEXT})
    page = own.get("/mijn/hulp/klacht/").content.decode()
    assert TEXT in page
    assert f"U krijgt antwoord, uiterlijk {amsterdam_day(Complaint.objects.get().due_at)}." in page
    second = own.post("/mijn/hulp/klacht/", {"text": "Nog een klacht"}).content.decode()
    assert "loopt al een klacht" in second
    assert "Nog een klacht" in second
    row = Complaint.objects.get()
    Complaint.objects.update(due_at=clock.now() - timedelta(days=1))
    assert "Dat spijt ons" in own.get("/mijn/hulp/klacht/").content.decode()
    own.post(f"/mijn/hulp/klacht/{row.pk}/terug/")
    assert "ingetrokken" in own.get("/mijn/hulp/").content.decode()
    assert own.post(f"/mijn/hulp/klacht/{own.case.pk}/terug/").status_code == 404


def test_without_a_visit_every_page_asks_for_one(client, case, elske):
    row = tell(case, elske)
    for found in (
        client.get("/mijn/hulp/klacht/"), client.post("/mijn/hulp/klacht/", {"text": "x"}),
        client.post(f"/mijn/hulp/klacht/{row.pk}/terug/"),
    ):  # fmt: skip
        assert found.status_code == 302
    assert "Niet tevreden" in client.get("/mijn/hulp/klacht/deur/").content.decode()
    assert Complaint.objects.get().is_open


def test_the_pages_of_helper_and_leader(noordwest, own):
    client, address = own, f"/werk/dossiers/{own.case.pk}/klacht/"
    client.force_login(noordwest.member.ayla.user)
    assert "Klacht opschrijven" in client.get(f"/werk/dossiers/{own.case.pk}/").content.decode()
    assert client.post(address, {"text": ""}).status_code == 422
    assert "ligt bij een teamleider" in client.post(address, {"text": TEXT}, follow=True).content.decode()
    assert "loopt al een klacht" in client.post(address, {"text": "Twee"}).content.decode()
    row = Complaint.objects.get()
    assert client.get(f"/werk/klachten/{row.pk}/").status_code == 404
    assert client.get("/werk/klachten/").status_code == 403
    client.force_login(noordwest.member.olaf.user)
    assert "Lezen en antwoorden" in client.get("/werk/").content.decode()
    assert TEXT in client.get(f"/werk/klachten/{row.pk}/").content.decode()
    assert ReadEntry.objects.filter(purpose="quality").exists()
    wrong = client.post(f"/werk/klachten/{row.pk}/", {"finding": "right", "text": ""})
    assert wrong.status_code == 422
    told = {"finding": "right", "text": "Dat had beter gemoeten."}
    done = client.post(f"/werk/klachten/{row.pk}/", told, follow=True).content.decode()
    assert "Alle dossiers van het team" in done
    assert "Dat had beter gemoeten." in done
    assert "Dat had beter gemoeten." in client.get("/mijn/hulp/klacht/").content.decode()
    client.force_login(noordwest.member.daan.user)
    assert client.get(address).status_code == 404


def test_a_closed_case_takes_a_complaint_of_the_person_only(noordwest, own):
    own.case.state = "closed"
    own.case.save()
    own.force_login(noordwest.member.ayla.user)
    assert own.get(f"/werk/dossiers/{own.case.pk}/klacht/").status_code == 403
    own.post("/mijn/hulp/klacht/", {"text": TEXT})
    assert Complaint.objects.get().is_open


def test_erasing_takes_complaints_along(noordwest, case, elske):
    row = tell(case, elske)
    answer_complaint(row, Finding.RIGHT, "U hebt gelijk.", by=noordwest.olaf, at=WEDNESDAY)
    request = ask(RequestKind.ERASE, "", by=elske, at=WEDNESDAY)
    answer(request, case, "Gewist.", is_granted=True, by=noordwest.olaf, at=WEDNESDAY)
    assert not Complaint.objects.exists()


def test_assigning_goes_on_while_a_complaint_runs(noordwest, case, elske):
    tell(case, elske)
    assert assign(case, noordwest.member.daan, Part.DEPUTY, by=noordwest.olaf, at=WEDNESDAY)
