import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases.actions import pull_wishes
from nabij.cases.models import Case, Task, TaskKind, WayIn
from nabij.doors import actions, tasks
from nabij.doors.actions.proving import numbers_of
from nabij.doors.content import key_lasts
from nabij.doors.keeping import about_rounds, old_rounds, remove_rounds
from nabij.doors.models import Round, RoundKey, SealedWish
from nabij.doors.queries import Sums
from nabij.doors.queries.rounds import rounds_of_me
from nabij.doors.sealing import LONGEST, CannotOpen, mark_of, new_pair, open_sealed, seal
from nabij.doors.tests.conftest import ENDS, STARTS
from nabij.keys.models import SubjectKey
from nabij.keys.sealing import unseal
from nabij.people.models import ContactWish, Person
from nabij.privacy.removal import Held

pytestmark = pytest.mark.django_db
CARD = {
    "name": "Oma van Mo", "phone": "06 00 00 00 42", "time": "evening", "language": "nl",
    "consent_version": "deur-1",
}  # fmt: skip


def sealed(walk, wish_id, **changes):
    content = json.dumps(CARD | changes).encode()
    return seal(bytes(walk.round.key.public), mark_of(walk.round.pk, wish_id), content)


def hand_in(walk, wish_id=None, **changes):
    wish_id = wish_id or uuid4()
    return actions.hand_in_wish(
        walk.round, wish_id, sealed(walk, wish_id, **changes), by=walk.imke, at=STARTS
    )


def test_what_was_sealed_opens_with_the_private_half_and_nothing_else():
    public, private = new_pair()
    envelope = seal(public, b"here", b"card")
    assert len(envelope) == LONGEST
    assert open_sealed(private, b"here", envelope) == b"card"
    for wrong in (
        (new_pair()[1], b"here", envelope),
        (private, b"there", envelope),
        (private, b"here", b"x" * 80),
    ):
        with pytest.raises(CannotOpen):
            open_sealed(*wrong)


def test_a_wish_at_the_door_becomes_a_person_with_a_wish_and_the_card_is_emptied(walk, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    wish = hand_in(walk)
    assert b"Oma" not in bytes(wish.envelope)
    entry = TrailEntry.objects.get(verb="doors.wish")
    assert entry.facts == {}
    assert entry.thread_id is None  # the timeline of the event does not tell how many there are, and when
    tasks.open_wish(entry_id=entry.pk)
    tasks.open_wish(entry_id=entry.pk)
    found = ContactWish.objects.get()
    assert (found.source, found.consent_version, found.incident_id) == ("door", "deur-1", walk.incident.pk)
    person = found.person
    assert unseal(person.pk, person.name_sealed) == "Oma van Mo"
    assert unseal(person.pk, person.phone_sealed) == "+31600000042"
    assert unseal(person.pk, person.preferred_time_sealed) == "evening"
    wish.refresh_from_db()
    assert bytes(wish.envelope) == b""
    SealedWish.objects.all().delete()
    tasks.open_wish(entry_id=entry.pk)
    assert Person.objects.count() == 1


def test_the_wish_becomes_a_case_with_a_first_call_within_one_working_day(walk):
    actions.open_wish(hand_in(walk), by=SYSTEM, at=STARTS)
    assert pull_wishes(by=SYSTEM, at=STARTS) == 1
    case = Case.objects.get()
    assert case.way_in == WayIn.DOOR
    first = Task.objects.filter(case=case, kind=TaskKind.APPROACH).get()
    assert first.due_at.date().isoformat() == "2027-01-11"  # Sunday's wish is called on Monday


def test_without_a_yes_there_is_no_person(walk):
    wish = hand_in(walk, consent_version="")
    actions.open_wish(wish, by=SYSTEM, at=STARTS)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "nul zes"},
        {"name": ""},
        {"time": "nacht"},
        {"language": "xx"},
        {"extra": "naam"},
        {"name": "\ud800"},
        {"consent_version": "deur\x001"},
    ],
)
def test_a_card_that_is_wrong_is_counted_kept_and_never_a_person(walk, changes):
    wish = hand_in(walk, **changes)
    actions.open_wish(wish, by=SYSTEM, at=STARTS)
    actions.open_wish(wish, by=SYSTEM, at=ENDS)
    wish.refresh_from_db()
    assert wish.failed_at == STARTS
    assert wish.envelope
    assert TrailEntry.objects.filter(verb="doors.unreadable").count() == 1


def test_a_card_of_another_round_or_of_noise_cannot_be_read(walk):
    noise = actions.hand_in_wish(walk.round, uuid4(), b"x" * LONGEST, by=walk.imke, at=STARTS)
    swapped = actions.hand_in_wish(walk.round, uuid4(), sealed(walk, uuid4()), by=walk.imke, at=STARTS)
    for wish in (noise, swapped):
        actions.open_wish(wish, by=SYSTEM, at=STARTS)
    assert not Person.objects.exists()


def test_a_card_sent_twice_counts_once_and_what_is_no_card_is_refused(walk):
    wish_id = uuid4()
    hand_in(walk, wish_id)
    hand_in(walk, wish_id)
    assert SealedWish.objects.count() == 1
    with pytest.raises(ValidationError):
        actions.hand_in_wish(walk.round, uuid4(), b"short", by=walk.imke, at=STARTS)


@pytest.mark.parametrize("who", ["nadia", "olaf", "stranger", "youssef"])
def test_only_a_pair_that_was_briefed_hands_in_and_only_the_job_opens(walk, who):
    wish = hand_in(walk)
    actor = getattr(walk, who)
    with pytest.raises(PermissionDenied):
        actions.hand_in_wish(walk.round, uuid4(), b"x" * LONGEST, by=actor, at=STARTS)
    for each in (actor, walk.imke):
        with pytest.raises(PermissionDenied):
            actions.open_wish(wish, by=each, at=STARTS)


def test_a_phone_without_scripts_hands_in_sealed_too(walk):
    card = actions.Wish("Zoë “de buurvrouw” 🌷" * 5, "+31600000042", "any", "nl", "deur-1")
    wish = actions.hand_in_wish_openly(walk.round, uuid4(), card, by=walk.imke, at=STARTS)
    assert len(bytes(wish.envelope)) == LONGEST
    actions.open_wish(wish, by=SYSTEM, at=STARTS)
    assert unseal(Person.objects.get().pk, Person.objects.get().name_sealed).startswith("Zoë")


def test_the_key_of_a_round_is_wrapped_and_gone_two_weeks_after_it(walk, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    key = walk.round.key
    assert SubjectKey.objects.filter(subject_id=key.pk, destroyed_at__isnull=True).exists()
    assert actions.forget_keys(by=SYSTEM, at=ENDS) == 0
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    late = hand_in(walk)
    after = ENDS + timedelta(days=15)
    assert actions.forget_keys(by=SYSTEM, at=after) == 0  # a card still waits
    actions.open_wish(late, by=SYSTEM, at=ENDS)
    unread = hand_in(walk)
    SubjectKey.objects.filter(subject_id=key.pk).update(wrapped=None, destroyed_at=ENDS)
    actions.open_wish(unread, by=SYSTEM, at=ENDS)
    assert actions.forget_keys(by=SYSTEM, at=after) == 1
    tasks.forget_keys(timestamp=0)
    assert not RoundKey.objects.exists()
    card = actions.Wish("Mo", "+31600000042", "any", "nl", "deur-1")
    walk.round.refresh_from_db()
    with pytest.raises(ValidationError, match="te lang geleden"):
        actions.hand_in_wish_openly(walk.round, uuid4(), card, by=walk.imke, at=ENDS)


@pytest.mark.parametrize(("wishes", "told"), [(0, 0), (1, 1), (9, 1), (10, 10), (24, 24)])
def test_the_proof_of_a_door_list_does_not_tell_of_small_numbers_of_people(wishes, told):
    sums = Sums({"talked": 51, "nobody": 27, "refused": 4, "empty": 2}, flyers=78, wishes=wishes, disputed=0)
    assert numbers_of(sums)["wishes"] == told
    assert numbers_of(sums)["doors"] == 84


def test_each_round_has_a_key_of_its_own(walk):
    from nabij.doors.tests.conftest import make_round

    assert bytes(walk.round.key.public) != bytes(make_round(walk).key.public)


def test_an_opened_card_holds_nothing(walk):
    wish = hand_in(walk)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedWish.objects.filter(pk=wish.pk).update(opened_at=ENDS)


def test_a_round_goes_three_months_after_it_unless_its_event_is_held(walk):
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    assert list(old_rounds(ENDS)) == []
    rows = old_rounds(ENDS + timedelta(seconds=1))
    assert list(rows) == [walk.round]
    assert rows.filter(about_rounds(Held(incidents=[walk.incident.pk]))).exists()
    key = walk.round.key.pk
    remove_rounds(rows, by=SYSTEM, at=ENDS + timedelta(days=90))
    assert not Round.objects.exists()
    assert SubjectKey.objects.get(subject_id=key).destroyed_at


def test_a_card_of_a_thousand_brackets_does_not_stop_the_job(walk):
    wish_id = uuid4()
    envelope = seal(bytes(walk.round.key.public), mark_of(walk.round.pk, wish_id), b"[" * 1024)
    wish = actions.hand_in_wish(walk.round, wish_id, envelope, by=walk.imke, at=STARTS)
    actions.open_wish(wish, by=SYSTEM, at=STARTS)
    wish.refresh_from_db()
    assert wish.failed_at == STARTS


def test_no_card_is_taken_in_of_a_round_that_nobody_closed_once_its_key_is_gone(walk):
    late = ENDS + 2 * key_lasts() + timedelta(seconds=1)
    assert [pair.round for pair in rounds_of_me(walk.imke, ENDS)] == [walk.round]
    assert rounds_of_me(walk.imke, late) == [], "nor is its pair led there any more"
    assert actions.forget_keys(by=SYSTEM, at=late) == 1
    with pytest.raises(PermissionDenied):
        actions.hand_in_wish(walk.round, uuid4(), b"x" * LONGEST, by=walk.imke, at=late)
