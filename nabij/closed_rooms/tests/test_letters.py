"""The conversation with the desk: sealed, with a term, settled by an answer, taken back by its writer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.closed_part.actions import verifying
from nabij.closed_part.actions.entering import ask_again, leave
from nabij.closed_part.factories import EVENING, make_insider, person_of
from nabij.closed_part.queries.entry import entry_to_take
from nabij.closed_rooms.actions.letters import mark_read, save_draft, send_letter, settle_letters, take_back
from nabij.closed_rooms.content import limit
from nabij.closed_rooms.models import DeskMessage, Side
from nabij.closed_rooms.policies import can_take_back, can_write
from nabij.closed_rooms.queries.letters import (
    DeskWork,
    draft_of,
    letters_at_desk,
    letters_of,
    letters_to_take,
    unread_inside,
    waiting_letters,
)
from nabij.contact.working_days import working_days_after
from nabij.notify.models import Message
from nabij.own_space.exports import gathered

AT, MINUTE = EVENING, timedelta(minutes=1)
TEXT = "Kan mijn zus ook komen?"


@pytest.fixture
def held(door):
    return make_insider(door.centre, by=door.rosa)


@pytest.fixture
def person(held):
    return person_of(held.registration)


def told(person_id, template):
    return Message.objects.filter(recipient_id=person_id, template=template).count()


def test_what_a_person_writes_waits_with_a_term_and_an_answer_ends_the_wait(door, held, person):
    row = send_letter(held, TEXT, uuid4(), by=person, at=AT)
    assert row.due_at == working_days_after(AT, limit("answer_working_days"))
    assert TEXT.encode() not in bytes(row.text_sealed)
    [waits] = waiting_letters(door.rosa, door.incident, AT)
    assert (waits.name, waits.number, waits.is_late) == ("Mirjam Zandstra", 1, False)
    assert letters_at_desk(door.rosa, row.due_at) == [DeskWork(door.incident, 1, 1)]
    before = told(person.id, "closed_part_waiting")
    assert mark_read(held, by=door.rosa, at=AT) == 1
    send_letter(held, "Ja, dat mag.", uuid4(), by=door.rosa, at=AT + MINUTE)
    send_letter(held, "Tot dinsdag.", uuid4(), by=door.rosa, at=AT + 2 * MINUTE)
    assert told(person.id, "closed_part_waiting") == before + 1
    assert waiting_letters(door.rosa, door.incident, AT) == []
    assert unread_inside(held) == 2
    assert [(each.who, each.text) for each in letters_of(held, person, AT)] == [
        ("", TEXT), ("Rosa", "Ja, dat mag."), ("Rosa", "Tot dinsdag."),
    ]  # fmt: skip


def test_words_of_danger_are_due_now_and_the_leaders_hear_without_the_words(door, held, person):
    row = send_letter(held, "Ik wil niet meer leven", uuid4(), by=person, at=AT)
    assert row.due_at == AT
    assert told(door.member.lead.pk, "closed_rooms_urgent") == 1
    assert waiting_letters(door.rosa, door.incident, AT)[0].is_late


def test_the_same_message_twice_is_one_and_a_late_draft_changes_nothing(held, person):
    key = uuid4()
    row = send_letter(held, TEXT, key, by=person, at=AT)
    assert send_letter(held, TEXT, key, by=person, at=AT) == row
    assert save_draft(held, "Kan", key, by=person, at=AT) == row
    assert DeskMessage.objects.count() == 1


def test_a_draft_is_kept_for_its_writer_only_and_gone_when_it_is_empty(door, held, person):
    key = uuid4()
    assert save_draft(held, "  ", key, by=person, at=AT) is None
    save_draft(held, "Kan", key, by=person, at=AT)
    save_draft(held, "Kan mijn", uuid4(), by=person, at=AT)
    assert draft_of(held, person) == (key, "Kan mijn")
    assert draft_of(held, door.rosa) is None
    assert letters_of(held, door.rosa, AT) == []
    save_draft(held, "", key, by=person, at=AT)
    assert DeskMessage.objects.count() == 0


@pytest.mark.parametrize("text", [" ", "x" * (limit("longest_message") + 1)])
def test_no_words_and_too_many_are_refused(held, person, text):
    with pytest.raises(ValidationError) as error:
        send_letter(held, text, uuid4(), by=person, at=AT)
    assert list(error.value.message_dict) == ["text"]


def test_what_was_read_may_need_no_answer_and_what_came_in_since_still_waits(door, held, person):
    send_letter(held, TEXT, uuid4(), by=person, at=AT)
    assert settle_letters(held, by=door.rosa, at=AT) == 0
    mark_read(held, by=door.rosa, at=AT)
    send_letter(held, "En mijn broer?", uuid4(), by=person, at=AT)
    assert settle_letters(held, by=door.rosa, at=AT) == 1
    assert waiting_letters(door.rosa, door.incident, AT)[0].number == 1
    with pytest.raises(PermissionDenied):
        settle_letters(held, by=person, at=AT)


def test_a_message_is_taken_back_by_its_writer_and_then_only_the_place_stays(door, held, person):
    row = send_letter(held, TEXT, uuid4(), by=person, at=AT)
    assert can_take_back(person, row, AT)
    with pytest.raises(PermissionDenied):
        take_back(row, by=door.rosa, at=AT)
    assert take_back(row, by=person, at=AT).text_sealed == b""
    assert take_back(row, by=person, at=AT + timedelta(hours=1)).withdrawn_at == AT
    assert letters_of(held, door.rosa, AT)[0].text == ""
    assert settle_letters(held, by=door.rosa, at=AT) == 1


def test_who_may_write_is_who_is_in_and_who_may_see_the_registration(door, held, person):
    stranger = make_actor(Role.IAC_REGISTRAR, team=make_team("Zuid"))
    new = make_insider(door.centre, by=door.rosa, accepts=False)
    assert can_write(person, held, AT)
    assert can_write(door.lead, held, AT)
    assert not can_write(person_of(new.registration), held, AT)
    assert not can_write(person_of(new.registration), new, AT)
    assert not can_write(stranger, held, AT)
    assert not can_write(ANONYMOUS, held, AT)
    for by in (stranger, door.editor, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            send_letter(held, TEXT, uuid4(), by=by, at=AT)
        assert mark_read(held, by=by, at=AT) == 0
    key = uuid4()
    send_letter(held, TEXT, key, by=person, at=AT)
    with pytest.raises(PermissionDenied):
        save_draft(held, "x", key, by=door.rosa, at=AT)


def test_who_leaves_writes_no_more_and_what_was_sent_is_kept_with_the_registration(held, person):
    send_letter(held, TEXT, uuid4(), by=person, at=AT)
    save_draft(held, "Nog", uuid4(), by=person, at=AT)
    leave(held, by=person, at=AT)
    with pytest.raises(PermissionDenied):
        send_letter(held, TEXT, uuid4(), by=person, at=AT)
    assert list(DeskMessage.objects.values_list("side", flat=True)) == [Side.PERSON]
    held.registration.delete()
    assert not DeskMessage.objects.exists()


def test_a_person_takes_the_conversation_and_the_decision_along(door, held, person):
    send_letter(held, TEXT, uuid4(), by=person, at=AT)
    send_letter(held, "Ja.", uuid4(), by=door.rosa, at=AT + MINUTE)
    assert [(each["van"], each["tekst"]) for each in letters_to_take(person.id)] == [
        ("u", TEXT),
        ("Rosa", "Ja."),
    ]
    assert entry_to_take(person.id) == [
        {"stand": "toegelaten", "als": "bewoners", "manier": "teruggebeld", "op": AT, "uitleg": ""}
    ]
    assert {"besloten deel", "berichten aan de balie"} <= set(gathered(person.id))


def test_a_judgement_begun_anew_is_not_taken_back_with_the_letters_that_hang_on_it(door, held, person):
    send_letter(held, TEXT, uuid4(), by=person, at=AT)
    begun = ask_again(leave(held, by=person, at=AT), by=person, at=AT)
    with pytest.raises(ValidationError, match="Hier hangt nog iets"):
        verifying.take_back(begun, by=door.rosa, at=AT)
    DeskMessage.objects.all().delete()
    verifying.take_back(begun, by=door.rosa, at=AT)
    assert not type(held).objects.filter(pk=held.pk).exists()
