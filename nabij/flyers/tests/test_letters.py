from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.flyers import actions, queries, tasks
from nabij.flyers.actions import letters
from nabij.flyers.addresses import Address, read_addresses
from nabij.flyers.keeping import old_letters
from nabij.flyers.models import JobState, LetterBundle, LetterJob
from nabij.flyers.paper import as_pdf
from nabij.flyers.queries import bundles_of, letters_of
from nabij.flyers.tests.conftest import LIST
from nabij.keys.sealing import destroy_key, unseal_bytes
from nabij.privacy import removal

FIELDS = {
    "street": "Kokmeeuwstraat", "date": "2027-01-10", "phone": "14 020", "web": "",
    "next_message": "2027-01-12T11:00:00+00:00",
}  # fmt: skip


@pytest.fixture
def asked(town, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    town.edition = town.approved("T-LET-RES")
    town.ask = lambda languages=("nl",), **changes: actions.ask_letters(
        town.edition, languages, FIELDS | changes, read_addresses(LIST), by=town.nadia, at=town.at
    )
    return town


def run(job):
    tasks.make_letters(TrailEntry.objects.filter(verb="letters.asked", subject_id=job.pk).latest("id").pk)
    job.refresh_from_db()
    return job


def test_a_list_becomes_one_letter_for_each_address_once():
    assert [each.lines()[0] for each in read_addresses(LIST)] == [
        "Kokmeeuwstraat 1", "Kokmeeuwstraat 1 a", "Kokmeeuwstraat 3",
    ]  # fmt: skip
    with_commas = "\ufeffstreet,number,postcode,town\n\nDorp,2,1000 aa,Heidebeek\n"
    assert read_addresses(with_commas)[0].lines() == ["Dorp 2", "1000 AA  Heidebeek"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "eerste regel"), ("straat;nummer;postcode;plaats\n", "geen adres|eerste regel"),
        ("straat;nummer;postcode;plaats\n;;;\n", "geen adres"),
        ("achternaam;straat;nummer;postcode;plaats\nJansen;Dorp;1;1000 AA;Elders", "gaat over mensen"),
        ("straat;nummer;postcode;plaats;kleur\nDorp;1;1000 AA;Elders;rood", "kennen we niet"),
        ("straat;straat;nummer;postcode;plaats\nDorp;Dorp;1;1000 AA;Elders", "kennen we niet"),
        ("straat;nummer;plaats\nDorp;1;Elders", "mist: postcode"),
        ("straat;nummer;postcode;plaats\nDorp;een;1000 AA;Elders", "Regel 2: nummer"),
        ("straat;nummer;postcode;plaats\nDorp;1;0000 AA;Elders", "Regel 2: postcode"),
        ("straat;nummer;postcode;plaats\nDorp 1;1;1000 AA;Elders", "Regel 2: straat"),
        ("straat;nummer;postcode;plaats\nDorp;1;1000 AA", "Regel 2: plaats"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_refused_with_the_row_and_never_quoted(text, said):
    with pytest.raises(ValidationError, match=said) as refused:
        read_addresses(text)
    assert "Jansen" not in str(refused.value)


def test_many_wrong_rows_are_told_in_part_and_too_many_rows_not_at_all():
    head = "straat;nummer;postcode;plaats\n"
    with pytest.raises(ValidationError) as refused:
        read_addresses(head + "Dorp;x;1000 AA;Elders\n" * 9)
    assert len(refused.value.messages) == 6
    with pytest.raises(ValidationError, match="Hooguit 5000"):
        read_addresses(head + "Dorp;1;1000 AA;Elders\n" * 5001)


def test_letters_are_made_by_one_job_and_sealed(asked):
    job = asked.ask(["nl", "ar"])
    assert (job.state, job.count) == (JobState.WAITING, 3)
    assert ProcrastinateJob.objects.filter(task_name="nabij.flyers.tasks.make_letters").count() == 1
    job = run(job)
    assert (job.state, job.done) == (JobState.READY, 3)
    for sealed in (job.addresses_sealed, job.bundles.get().paper_sealed):
        assert b"Kokmeeuw" not in bytes(sealed)
    with pypdfium2.PdfDocument(letters_of(job)) as document:
        assert len(document) == 6
    entry = TrailEntry.objects.get(verb="letters.made")
    assert entry.facts == {"count": 3}


def test_a_job_that_was_killed_is_taken_up_and_a_ready_one_is_left_alone(asked):
    job = asked.ask()
    LetterJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    job = run(job)
    assert job.state == JobState.READY
    before = bytes(job.bundles.get().paper_sealed)
    assert bytes(run(job).bundles.get().paper_sealed) == before
    assert TrailEntry.objects.filter(verb="letters.made").count() == 1


def test_what_cannot_be_printed_is_said_on_the_job_and_asked_again(asked):
    job = run(asked.ask(street="Kok😀"))
    assert (job.state, job.error_code) == (JobState.FAILED, "sign")
    assert "teken" in job.error_in_words
    assert actions.ask_again(job, by=asked.olaf, at=asked.at)
    LetterJob.objects.filter(pk=job.pk).update(fields=FIELDS)
    assert run(job).state == JobState.READY
    with pytest.raises(ValidationError, match="niet mislukt"):
        actions.ask_again(job, by=asked.nadia, at=asked.at)


def test_an_error_of_ours_stands_on_the_job_and_in_the_log(asked):
    job = asked.ask()
    LetterJob.objects.filter(pk=job.pk).update(fields={"date": "geen dag"})
    with pytest.raises(ValueError, match="geen dag"):
        run(job)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "other")
    assert "beheerder" in job.error_in_words


def test_only_an_approved_letter_goes_to_addresses_in_a_language_that_was_read_over(asked):
    with pytest.raises(ValidationError, match="nagelezen"):
        asked.ask(["xx"])
    with pytest.raises(ValidationError, match="nagelezen"):
        asked.ask([])
    to = read_addresses(LIST)
    for edition in (asked.draft("T-LET-PAR"), asked.approved("T-FLY-EXP")):
        with pytest.raises(ValidationError, match="goedgekeurde brief"):
            actions.ask_letters(edition, ["nl"], FIELDS, to, by=asked.nadia, at=asked.at)


def test_others_make_no_letters(asked, elsewhere, nobody):
    job = asked.ask()
    for actor in (actor_for(elsewhere), actor_for(nobody)):
        with pytest.raises(PermissionDenied):
            actions.ask_letters(asked.edition, ["nl"], FIELDS, read_addresses(LIST), by=actor, at=asked.at)
        with pytest.raises(PermissionDenied):
            actions.ask_again(job, by=actor, at=asked.at)


def test_after_its_term_neither_addresses_nor_letters_can_be_read(asked):
    job = run(asked.ask())
    later = asked.at + timedelta(weeks=5)
    assert not old_letters(asked.at).exists()
    collection = next(each for each in removal.collections() if each.kind == "letters")
    collection.remove(old_letters(later), by=SYSTEM, at=later)
    assert not LetterJob.objects.exists()
    assert unseal_bytes(job.pk, job.addresses_sealed) is None


def test_letters_that_were_removed_meanwhile_are_not_made(asked):
    job = asked.ask()
    destroy_key(job.pk, at=asked.at)
    with pytest.raises(ValueError, match="removed"):
        actions.make_letters(job, by=SYSTEM, at=asked.at)
    entry = TrailEntry.objects.get(verb="letters.asked")
    LetterJob.objects.all().delete()
    tasks.make_letters(entry.pk)
    assert not LetterJob.objects.exists()


class Killed(BaseException):
    """The process is gone: nothing after it runs, and nothing is written about it."""


@pytest.fixture
def two_a_bundle(asked, monkeypatch):
    """Letters in bundles of two, and which addresses were printed."""
    monkeypatch.setattr(letters, "letters_per_bundle", lambda: 2)
    monkeypatch.setattr(queries, "letters_per_bundle", lambda: 2)
    asked.printed = []

    def print_bundle(sheet, senders, to):
        if len(asked.printed) == asked.dies_after:
            raise Killed
        asked.printed.append([each.number for each in to])
        return as_pdf(sheet, senders, to)

    asked.dies_after = None
    monkeypatch.setattr(letters, "as_pdf", print_bundle)
    asked.make = lambda number: actions.ask_letters(
        asked.edition, ["nl"], FIELDS, [Address("Dorp", str(each), "", "1000AA", "Elders") for each in
        range(1, number + 1)], by=asked.nadia, at=asked.at,
    )  # fmt: skip
    return asked


def test_a_job_killed_in_the_middle_goes_on_where_it_was_without_doubles(two_a_bundle):
    job, two_a_bundle.dies_after = two_a_bundle.make(7), 2
    with pytest.raises(Killed):
        run(job)
    job.refresh_from_db()
    assert (job.state, job.done, job.count) == (JobState.RUNNING, 4, 7)
    two_a_bundle.dies_after = None
    job = run(job)
    assert (job.state, job.done) == (JobState.READY, 7)
    assert two_a_bundle.printed == [["1", "2"], ["3", "4"], ["5", "6"], ["7"]]
    assert bundles_of(job) == [(1, 1, 2), (2, 3, 4), (3, 5, 6), (4, 7, 7)]
    with pypdfium2.PdfDocument(letters_of(job, 4)) as document:
        assert "Dorp 7" in document[0].get_textpage().get_text_range()
    assert letters_of(job, 5) is None
    assert TrailEntry.objects.filter(verb="letters.made").count() == 1


def test_what_failed_halfway_keeps_what_was_made(two_a_bundle, monkeypatch):
    job = two_a_bundle.make(4)
    first = letters.as_pdf

    def breaks(sheet, senders, to):
        if to[0].number == "3":
            raise OSError("no room")
        return first(sheet, senders, to)

    monkeypatch.setattr(letters, "as_pdf", breaks)
    with pytest.raises(OSError, match="no room"):
        run(job)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.FAILED, 2)
    monkeypatch.setattr(letters, "as_pdf", first)
    assert run(actions.ask_again(job, by=two_a_bundle.nadia, at=two_a_bundle.at)).done == 4
    assert two_a_bundle.printed == [["1", "2"], ["3", "4"]]


def test_of_two_who_make_the_same_bundle_the_first_is_kept(two_a_bundle, monkeypatch):
    job, first = two_a_bundle.make(2), letters.as_pdf

    def overtaken(sheet, senders, to):
        monkeypatch.setattr(letters, "as_pdf", first)
        run(job)
        return b"%PDF later"

    monkeypatch.setattr(letters, "as_pdf", overtaken)
    assert run(job).done == 2
    assert letters_of(job) != b"%PDF later"
    assert TrailEntry.objects.filter(verb="letters.made").count() == 1


def test_letters_that_are_removed_while_they_are_made_are_kept_nowhere(two_a_bundle, monkeypatch):
    job, first = two_a_bundle.make(2), letters.as_pdf

    def removed(sheet, senders, to):
        LetterJob.objects.all().delete()
        return first(sheet, senders, to)

    monkeypatch.setattr(letters, "as_pdf", removed)
    actions.make_letters(job, by=SYSTEM, at=two_a_bundle.at)
    assert not LetterBundle.objects.exists()


def test_there_are_never_more_letters_than_were_asked(asked):
    job = run(asked.ask())
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterJob.objects.filter(pk=job.pk).update(done=4, state=JobState.RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterBundle.objects.create(job=job, number=1, count=1, paper_sealed=b"x")
