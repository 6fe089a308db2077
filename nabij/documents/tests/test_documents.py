"""Documents of a case: sealed, seen by who may see the case, shown to the person only when marked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Case, Part, Task, TaskKind
from nabij.documents.actions import Given, add_document, remove_document, see_document
from nabij.documents.content import largest_case
from nabij.documents.factories import make_document, make_picture
from nabij.documents.models import Document, DocumentContent
from nabij.documents.queries import (
    bytes_of,
    document_for,
    documents_of_case,
    own_documents,
    own_removals,
)
from nabij.documents.tests.files import pdf
from nabij.keys.sealing import Unreadable, destroy_key, seal_bytes
from nabij.people.actions.receiving import forget_person
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

LATER = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def add(case, by, title="Rekening van de glaszetter", *, kind="bill", is_shown=False, content=None):
    told = Given(title, kind, is_shown)
    return add_document(case, told, content or make_picture(), by=by, at=WEDNESDAY)


def readers(noordwest, document):
    names = vars(noordwest.member)
    return {each for each in names if document_for(getattr(noordwest, each), document.pk, WEDNESDAY)}


def test_a_helper_adds_a_document_that_the_team_of_the_case_reads(noordwest, case):
    row = add(case, noordwest.ayla)
    [shown] = documents_of_case(noordwest.ayla, case, WEDNESDAY)
    assert (shown.title, shown.kind, shown.waits) == ("Rekening van de glaszetter", "rekening of bon", False)
    assert readers(noordwest, row) == {"ayla", "olaf"}
    assert bytes_of(row).startswith(b"\xff\xd8\xff")
    assert TrailEntry.objects.filter(verb="document.added", subject_id=row.pk).count() == 1


def test_what_is_kept_is_sealed_with_the_key_of_the_person(noordwest, case):
    row = add(case, noordwest.ayla, content=pdf())
    held = bytes(DocumentContent.objects.get().bytes_sealed)
    assert b"%PDF" not in held
    assert b"glaszetter" not in bytes(row.title_sealed)
    destroy_key(case.person_id, at=WEDNESDAY)
    assert bytes_of(row) is None
    assert document_for(noordwest.ayla, row.pk, WEDNESDAY).title == "(gewist)"
    with pytest.raises(Unreadable):
        seal_bytes(case.person_id, b"x")


def test_forgetting_the_person_takes_the_documents_along(noordwest, case):
    add(case, noordwest.ayla)
    forget_person(case.person, by=SYSTEM, at=LATER)
    assert not Document.objects.exists()
    assert not DocumentContent.objects.exists()


def test_the_person_sees_only_what_is_shown_and_nobody_else_does(noordwest, case, elske):
    hidden, shown = add(case, noordwest.ayla), add(case, noordwest.ayla, "Uw brief", is_shown=True)
    assert [each.document for each in own_documents(elske, WEDNESDAY)] == [shown]
    assert document_for(elske, hidden.pk, WEDNESDAY) is None
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Iemand Anders").person_id)
    assert document_for(stranger, shown.pk, WEDNESDAY) is None
    assert document_for(ANONYMOUS, shown.pk, WEDNESDAY) is None


def test_at_level_3_a_document_exists_for_named_people_only(noordwest, case):
    give(case, noordwest.member.vera, Part.DEPUTY)
    row = add(case, noordwest.ayla)
    assert readers(noordwest, row) == {"ayla", "vera", "olaf"}
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=WEDNESDAY)
    assert {"daan", "rinske", "zuid", "femke", "hester", "nadia"}.isdisjoint(readers(noordwest, row))
    assert "ayla" in readers(noordwest, row)


def test_what_the_person_sends_makes_a_task_until_somebody_has_seen_it(noordwest, case, elske):
    row = add(case, elske, kind="other")
    [shown] = documents_of_case(noordwest.ayla, case, WEDNESDAY)
    assert (shown.waits, row.is_of_person, row.is_shown) == (True, True, True)
    task = Task.objects.to_do().get(case=case, kind=TaskKind.READ_MESSAGE)
    assert (task.about_id, task.due_at) == (row.pk, WEDNESDAY + timedelta(hours=24))
    see_document(row, by=noordwest.ayla, at=LATER)
    see_document(row, by=noordwest.olaf, at=LATER + timedelta(hours=1))
    assert Document.objects.get().seen_at == LATER
    assert not Task.objects.to_do().filter(kind=TaskKind.READ_MESSAGE).exists()
    assert TrailEntry.objects.filter(verb="document.seen").count() == 1
    own = add(case, noordwest.ayla)
    assert see_document(own, by=noordwest.ayla, at=LATER).seen_at is None


def test_removing_destroys_the_bytes_and_keeps_that_it_was_there(noordwest, case, elske):
    row = add(case, elske, kind="other")
    with pytest.raises(ValidationError, match="waarom"):
        remove_document(row, "  ", by=noordwest.ayla, at=LATER)
    remove_document(row, "Van een ander", by=noordwest.ayla, at=LATER)
    assert not DocumentContent.objects.exists()
    assert bytes_of(row) is None
    assert Document.objects.get().removed_by == noordwest.ayla.id
    assert TrailEntry.objects.filter(verb="document.removed", subject_id=row.pk).exists()
    assert documents_of_case(noordwest.ayla, case, LATER) == own_documents(elske, LATER) == []
    assert not Task.objects.to_do().filter(kind=TaskKind.READ_MESSAGE).exists()
    for again in (
        lambda: remove_document(row, "Nog eens", by=noordwest.ayla, at=LATER),
        lambda: see_document(row, by=noordwest.ayla, at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            again()


def test_who_sent_what_was_removed_reads_when_and_nobody_else_does(noordwest, case, elske):
    for at in (LATER, LATER + timedelta(days=1)):
        remove_document(add(case, elske, kind="other"), "Van een ander", by=noordwest.ayla, at=at)
    add(case, elske, kind="other")
    ours = add(case, noordwest.ayla, is_shown=True)
    remove_document(ours, "Dubbel", by=noordwest.ayla, at=LATER)
    assert own_removals(elske) == [LATER + timedelta(days=1), LATER]
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Iemand Anders").person_id)
    guardian = Actor(ActorKind.ACTING, id=stranger.id, for_id=case.person_id)
    for other in (stranger, guardian, noordwest.ayla, noordwest.olaf, ANONYMOUS, SYSTEM):
        assert own_removals(other) == []


def test_who_does_not_help_in_the_case_adds_sees_and_removes_nothing(noordwest, case, elske):
    row = add(case, elske, kind="other")
    stranger = Actor(ActorKind.HELPED_PERSON, id=make_case("Iemand Anders").person_id)
    for who in (noordwest.daan, noordwest.zuid, noordwest.hester, noordwest.nadia, stranger, SYSTEM):
        with pytest.raises(PermissionDenied):
            add(case, who)
        with pytest.raises(PermissionDenied):
            see_document(row, by=who, at=WEDNESDAY)
        with pytest.raises(PermissionDenied):
            remove_document(row, "x", by=who, at=WEDNESDAY)
    with pytest.raises(PermissionDenied):
        remove_document(row, "x", by=elske, at=WEDNESDAY)


def test_a_closed_case_takes_nothing_from_anybody(noordwest, case, elske):
    case.state = "closed"
    case.save()
    for who in (noordwest.ayla, elske):
        with pytest.raises(PermissionDenied):
            add(Case.objects.get(), who)


def test_a_wrong_title_kind_or_file_is_said_beside_its_field(noordwest, case):
    for told, field in (
        ({"title": " "}, "title"), ({"kind": "nonsense"}, "kind"), ({"content": b"MZ"}, "file"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as found:
            add(case, noordwest.ayla, **told)
        assert list(found.value.message_dict) == [field]
    assert not Document.objects.exists()


def test_a_case_holds_so_much_and_no_more(noordwest, case):
    first = add(case, noordwest.ayla)
    Document.objects.update(size=largest_case() - 1)
    with pytest.raises(ValidationError, match="vol"):
        add(case, noordwest.ayla)
    remove_document(first, "Dubbel", by=noordwest.ayla, at=LATER)
    assert add(case, noordwest.ayla)


def test_the_database_keeps_titles_reasons_and_what_somebody_sent(noordwest, case):
    row = Document.objects.filter(pk=make_document(case, by=noordwest.ayla, at=WEDNESDAY).pk)
    for wrong, name in (
        ({"title_sealed": b""}, "a_document_has_a_title"),
        ({"is_of_person": True}, "who_sent_it_sees_it"),
        ({"removed_at": WEDNESDAY}, "removed_with_a_reason"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.update(**wrong)
