"""The daily removal: terms to the second, batches, failures, holds placed meanwhile, and counts."""

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.keys.sealing import ERASED, seal, unseal
from nabij.kit import readiness
from nabij.privacy import removal, retention
from nabij.privacy.actions import Placing, place_hold, refuse_while_held, remove_expired
from nabij.privacy.actions.holding import lift_hold
from nabij.privacy.models import HoldGround, HoldOn, LegalHold, RetentionRun
from nabij.privacy.queries import about_holds, ended_holds, hours_since_run, is_overdue, kept_for, shown_terms
from nabij.privacy.removal import Collection, delete_rows, delete_sealed
from nabij.privacy.tasks import remove

NOW = datetime(2030, 2, 3, 2, 40, tzinfo=UTC)
OLD, NEW = NOW - timedelta(days=366), NOW - timedelta(days=300)
# kinds that the role that serves does not remove: it cannot, or the data are not in the database
BY_THE_OWNER = {"trail", "read_log", "backup"}


def ended_hold(at=OLD, subject=None):
    """An old hold, as a row that can be past its term: lifted at this moment."""
    row = LegalHold(
        subject_kind="person", subject_id=subject or uuid4(), ground="court", organisation_id=uuid4(),
        placed_at=at - timedelta(days=9), placed_by=uuid4(), ends_at=at + timedelta(days=9), lifted_at=at,
        lifted_by=uuid4(),
    )  # fmt: skip
    row.reason_sealed = seal(row.pk, "Zaak 5")
    row.save(force_insert=True)
    return row


def old_holds(remove=delete_sealed, rows=ended_holds):
    return Collection("legal_hold", rows, about_holds, remove)


def hold_on(subject, at=NOW):
    placing = Placing(HoldOn.PERSON, subject, HoldGround.CLAIM, "x", at.date() + timedelta(days=30))
    return place_hold(placing, by=make_actor(Role.TEAM_LEADER), at=at)


def run(at=NOW):
    remove_expired(by=SYSTEM, at=at)
    return RetentionRun.objects.get(ran_on=at.date(), kind="legal_hold")


def counts(found):
    return found.seen, found.removed, found.held_back, found.failed


def small_batches(monkeypatch, size, most):
    monkeypatch.setattr("nabij.privacy.actions.removing.batches", lambda term: (size, most))


def test_every_kind_with_a_term_is_collected_and_every_collection_has_a_term():
    kinds = [each.kind for each in retention.terms()]
    owner = {each.kind for each in retention.terms() if each.removed_by == "owner"}
    assert len(kinds) == len(set(kinds))
    assert owner == BY_THE_OWNER
    assert {each.kind for each in removal.collections()} == set(kinds) - {"backup"}


@pytest.mark.parametrize(
    ("kind", "began", "over"),
    [
        ("client_file", datetime(2024, 2, 3, 11, 0, tzinfo=UTC), datetime(2030, 2, 3, 11, 0, tzinfo=UTC)),
        # a file closed on 29 February is kept whole years: until 1 March where the year has no such day
        (
            "client_file",
            datetime(2024, 2, 29, 11, 0, tzinfo=UTC),
            datetime(2030, 2, 28, 22, 59, 59, tzinfo=UTC),
        ),
        ("client_file", datetime(2022, 2, 28, 11, 0, tzinfo=UTC), datetime(2028, 2, 28, 11, 0, tzinfo=UTC)),
        # closed in summer time, over in winter time: the same hour on the clock of Amsterdam
        ("reception", datetime(2027, 9, 3, 10, 0, tzinfo=UTC), datetime(2027, 12, 3, 11, 0, tzinfo=UTC)),
        (
            "reception",
            datetime(2026, 11, 30, 11, 0, tzinfo=UTC),
            datetime(2027, 2, 28, 22, 59, 59, tzinfo=UTC),
        ),
        ("login_code", datetime(2027, 2, 3, 11, 0, tzinfo=UTC), datetime(2027, 2, 4, 11, 0, tzinfo=UTC)),
        ("applicant", datetime(2027, 2, 3, 11, 0, tzinfo=UTC), datetime(2027, 3, 3, 11, 0, tzinfo=UTC)),
    ],
)
def test_a_term_is_over_to_the_second(kind, began, over):
    term = retention.term_for(kind)
    assert not began < term.before(over)
    assert began < term.before(over + timedelta(seconds=1))


@pytest.mark.django_db
def test_what_is_past_its_term_goes_with_its_key_and_what_is_not_stays(register):
    register(old_holds())
    gone, stays = ended_hold(), ended_hold(NEW)
    assert counts(run()) == (1, 1, 0, 0)
    assert list(LegalHold.objects.all()) == [stays]
    assert unseal(gone.pk, gone.reason_sealed) == ERASED
    assert unseal(stays.pk, stays.reason_sealed) == "Zaak 5"


@pytest.mark.django_db
def test_what_is_held_stays_and_is_counted(register):
    register(old_holds())
    row, _ = ended_hold(), ended_hold()
    kept = hold_on(row.subject_id)
    assert counts(run()) == (2, 1, 1, 0)
    assert set(LegalHold.objects.all()) == {row, kept}
    lift_hold(kept, by=make_actor(Role.TEAM_LEADER), at=NOW)
    assert counts(run(NOW + timedelta(days=1))) == (1, 1, 0, 0)


@pytest.mark.django_db
def test_whom_an_app_keeps_by_itself_stays_until_it_lets_go(register):
    register(old_holds())
    row, other = ended_hold(), ended_hold()
    kept = [row.subject_id]
    removal.keep(
        HoldGround.COMPLAINT, lambda among: [each for each in kept if among is None or each in among]
    )
    assert kept_for(row.subject_id) == HoldGround.COMPLAINT
    assert kept_for(other.subject_id) is None
    assert counts(run()) == (2, 1, 1, 0)
    with pytest.raises(PermissionDenied, match="zaak of klacht"):
        refuse_while_held([row.subject_id], at=NOW)
    kept.clear()
    refuse_while_held([row.subject_id], at=NOW)
    assert counts(run()) == (2, 2, 0, 0)


@pytest.mark.django_db
def test_a_hold_placed_between_finding_and_removing_is_kept_to(register):
    row, looked = ended_hold(), []

    def rows(before):
        looked.append(before)
        if len(looked) == 3:  # counted, found; now the batch begins
            hold_on(row.subject_id)
        return ended_holds(before)

    register(old_holds(rows=rows))
    assert run().removed == 0
    assert LegalHold.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_hold_placed_while_a_batch_runs_waits_for_its_end(register):
    row, by = ended_hold(), make_actor(Role.TEAM_LEADER)
    placing = Placing(HoldOn.PERSON, row.subject_id, HoldGround.CLAIM, "x", NOW.date())
    seen = []

    def place():
        place_hold(placing, by=by, at=NOW)
        seen.append(LegalHold.objects.filter(pk=row.pk).exists())
        connection.close()

    thread = threading.Thread(target=place)

    def remove_slowly(rows, *, by, at):
        thread.start()
        thread.join(0.5)
        seen.append(thread.is_alive())
        delete_rows(rows, by=by, at=at)

    register(old_holds(remove_slowly))
    run()
    thread.join(10)
    assert seen == [True, False], "it waited, and then found the row gone"


@pytest.mark.django_db
def test_a_run_that_is_killed_keeps_whole_batches_and_the_next_goes_on(register, monkeypatch):
    small_batches(monkeypatch, 2, 50)
    for _ in range(5):
        ended_hold()
    batches = []

    def killed_in_the_second(rows, *, by, at):
        batches.append(delete_rows(rows, by=by, at=at))
        if len(batches) == 2:
            raise SystemExit

    register(old_holds(killed_in_the_second))
    with pytest.raises(SystemExit):
        run()
    found = RetentionRun.objects.get()
    assert (LegalHold.objects.count(), found.removed, found.ended_at) == (3, 2, None)
    assert readiness_figure("retention_unfinished") == 1
    assert counts(run()) == (5, 5, 0, 0)
    assert RetentionRun.objects.get().ended_at == NOW


@pytest.mark.django_db
def test_what_does_not_fit_in_one_night_goes_on_the_next(register, monkeypatch):
    small_batches(monkeypatch, 1, 2)
    register(old_holds())
    for _ in range(3):
        ended_hold()
    first = run()
    assert (counts(first), first.ended_at) == ((3, 2, 0, 0), None)
    assert (counts(run()), run().ended_at) == ((3, 3, 0, 0), NOW), "a second run of the day goes on"
    ended_hold(), ended_hold()
    assert counts(run(NOW + timedelta(days=1))) == (2, 2, 0, 0)


@pytest.mark.django_db
def test_one_bad_row_does_not_keep_the_others_nor_one_bad_kind_the_next(register, caplog):
    rows = [ended_hold() for _ in range(4)]
    bad = rows[2].subject_id

    def refuses_one(found, *, by, at):
        if found.filter(subject_id=bad).exists():
            raise PermissionDenied(f"about {bad}")
        delete_rows(found, by=by, at=at)

    def breaks(before):
        raise RuntimeError("no such table")

    register(Collection("rest", breaks, removal.nobody, delete_rows))
    register(old_holds(refuses_one))
    assert counts(run()) == (4, 3, 0, 1)
    broken = RetentionRun.objects.get(kind="rest")
    assert (counts(broken), broken.ended_at) == ((0, 0, 0, 1), None)
    assert readiness_figure("retention_failed") == 2
    assert "PermissionDenied" in caplog.text
    assert str(bad) not in caplog.text
    assert counts(run()) == (4, 3, 0, 1), "tried again, and failed again"


@pytest.mark.django_db
def test_what_changed_since_it_was_found_stays(register):
    row, looked = ended_hold(), []

    def rows(before):
        looked.append(before)
        if len(looked) == 3:
            LegalHold.objects.filter(pk=row.pk).update(lifted_at=NOW)
        return ended_holds(before)

    register(old_holds(rows=rows))
    assert counts(run()) == (1, 0, 0, 0)


@pytest.mark.django_db
def test_on_real_data_nothing_goes_before_it_was_decided(register, settings):
    register(old_holds())
    ended_hold()
    settings.IS_PRODUCTION = True
    assert counts(run()) == (1, 0, 0, 0)
    assert RetentionRun.objects.get().ended_at == NOW
    assert retention.may_run(retention.term_for("client_file"))


@pytest.mark.django_db
def test_two_runs_of_one_night_remove_and_count_once(register):
    register(old_holds())
    ended_hold()
    assert [counts(run()), counts(run())] == [(1, 1, 0, 0), (1, 1, 0, 0)]


@pytest.mark.django_db
def test_the_terms_show_their_last_run(register):
    register(old_holds())
    run(), run(NOW + timedelta(days=1))
    last = {each.term.kind: each.last for each in shown_terms()}
    assert last["legal_hold"].ran_on == date(2030, 2, 4)
    assert last["trail"] is None


@pytest.mark.django_db
def test_silence_of_two_nights_is_noticed(register):
    assert (hours_since_run(NOW), is_overdue(NOW)) == (0, False)
    register(old_holds())
    run()
    assert not is_overdue(NOW + timedelta(hours=48))
    assert is_overdue(NOW + timedelta(hours=49))
    assert readiness_figure("retention_hours") != 0


@pytest.mark.django_db(transaction=True)
def test_the_job_of_the_night_removes(register):
    register(old_holds())
    ended_hold(datetime(2020, 1, 1, tzinfo=UTC))
    remove(0)
    assert not LegalHold.objects.exists()


def readiness_figure(name):
    found = {each.name: each.samples[0].value for each in readiness.Figures().collect()}
    return found[f"nabij_{name}"]


def test_a_term_with_an_unknown_end_is_refused(monkeypatch, tmp_path):
    wrong = tmp_path / "retention.toml"
    wrong.write_text(retention.FILE.read_text().replace('then = "hide"', 'then = "shred"'))
    monkeypatch.setattr(retention, "FILE", wrong)
    with pytest.raises(retention.ContentError, match="unknown way"):
        retention.terms()
