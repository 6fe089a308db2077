"""Messages: sealed, once, never changed, taken back by their writer; nobody else reads or writes them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_team
from nabij.accounts.queries import actor_for
from nabij.acting.factories import make_guardian
from nabij.acting.visit import actor_of
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case, make_helper
from nabij.cases.models import Case, Task, TaskKind
from nabij.cases.queries import case_for
from nabij.contact.working_days import working_days_after
from nabij.conversations.actions import (
    mark_read,
    save_draft,
    send_message,
    settle_messages,
    withdraw_message,
)
from nabij.conversations.content import answered_within, longest
from nabij.conversations.models import CaseMessage
from nabij.conversations.queries import draft_of, message_for, messages_for, messages_of, own_cases
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Channel, Delivery, Message, State
from nabij.notify.sending import add_contact_point
from nabij.own_space.actions import answer, ask
from nabij.own_space.exports import on_paper
from nabij.own_space.models import RequestKind
from nabij.own_space.queries import as_data
from nabij.support.actions.closing import close_case
from nabij.support.models import CloseReason
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

TEXT = "Kunt u mij morgen bellen?"
DANGER = "Hij staat voor de deur."


def write(case, by, text=TEXT, *, key=None, at=WEDNESDAY):
    return send_message(case, text, key or uuid4(), by=by, at=at)


def to_read(case):
    return Task.objects.to_do().filter(case=case, kind=TaskKind.READ_MESSAGE)


def sees(actor, row):
    return message_for(actor, row.pk, WEDNESDAY) is not None


def test_a_message_of_the_person_is_sealed_and_waits_for_the_helper_with_a_term(noordwest, case, elske):
    row = write(case, elske)
    assert TEXT.encode() not in bytes(row.text_sealed)
    assert unseal(case.person_id, row.text_sealed) == TEXT
    assert to_read(case).get().due_at == working_days_after(WEDNESDAY, answered_within())
    later = WEDNESDAY + timedelta(minutes=1)
    write(case, elske, "En nog iets.", at=later)
    assert to_read(case).count() == 1
    assert [each.text for each in messages_for(noordwest.ayla, case, later)] == [TEXT, "En nog iets."]


def test_the_trail_tells_that_something_was_written_and_not_what(case, elske):
    row = write(case, elske)
    entry = TrailEntry.objects.get(verb="conversation.written")
    assert (entry.subject_id, entry.thread_id, entry.actor_id) == (row.pk, case.person_id, elske.id)
    assert entry.facts == {"side": "person"}


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("ayla", True, True), ("vera", True, True), ("olaf", True, True), ("daan", False, False),
        ("zuid", False, False), ("femke", False, False), ("hester", False, False), ("nadia", False, False),
        ("imke", False, False), ("rinske", False, False),
    ],
)  # fmt: skip
def test_who_reads_and_who_writes(noordwest, case, elske, who, reads, writes):
    row, actor = write(case, elske), getattr(noordwest, who)
    assert sees(actor, row) is reads
    if writes:
        assert write(case, actor, "Ja hoor.").side == "helper"
    else:
        with pytest.raises(PermissionDenied):
            write(case, actor)
        with pytest.raises(PermissionDenied):
            save_draft(case, TEXT, uuid4(), by=actor, at=WEDNESDAY)


def test_somebody_else_who_is_helped_and_nobody_known_read_and_write_nothing(case, elske):
    row, other = write(case, elske), make_case("Iemand Anders")
    for actor in (Actor(ActorKind.HELPED_PERSON, id=other.person_id), ANONYMOUS, SYSTEM):
        assert not sees(actor, row)
        assert own_cases(actor) == ([other] if actor.id else [])
        with pytest.raises(PermissionDenied):
            write(case, actor)
        assert mark_read(case, by=actor, at=WEDNESDAY) == 0
        with pytest.raises(PermissionDenied):
            withdraw_message(row, by=actor, at=WEDNESDAY)


def test_another_organisation_finds_nothing(noordwest, case, elske):
    stranger = make_helper(name="Vreemd", team=make_team("Elders"))
    assert not sees(actor_for(stranger), write(case, elske))


def test_at_level_3_the_helpers_still_read_and_the_others_do_not(noordwest, case, elske):
    row = write(case, elske)
    raise_level(case.person, Level.HIGH, "x", by=noordwest.ayla, at=WEDNESDAY)
    assert [who for who in ("ayla", "vera", "daan", "rinske") if sees(getattr(noordwest, who), row)] == [
        "ayla", "vera",
    ]  # fmt: skip


def test_nothing_written_and_too_much_are_refused(case, elske):
    for text, said in ((" \n ", "Schrijf eerst"), ("a" * (longest() + 1), "te lang")):
        with pytest.raises(ValidationError, match=said):
            write(case, elske, text)
    assert write(case, elske, "a" * longest())
    assert CaseMessage.objects.count() == 1


def test_the_same_message_sent_twice_stands_there_once(case, elske):
    key = uuid4()
    assert write(case, elske, key=key) == write(case, elske, "iets anders", key=key)
    assert [each["tekst"] for each in messages_of(case.person_id)] == [TEXT]
    paper = {heading: rows for heading, rows, _ in on_paper(as_data(case.person_id, clock.now()))}
    assert [each["tekst"] for each in paper["Mijn berichten"]] == [TEXT]


def test_a_key_of_somebody_elses_message_opens_nothing(noordwest, case, elske):
    row = write(case, elske)
    for action in (send_message, save_draft):
        with pytest.raises(PermissionDenied):
            action(case, "Overschreven", row.pk, by=noordwest.ayla, at=WEDNESDAY)
    assert unseal(case.person_id, CaseMessage.objects.get().text_sealed) == TEXT


def test_a_draft_is_of_its_writer_only_and_becomes_the_message(noordwest, case, elske):
    key = uuid4()
    save_draft(case, "Kunt u", key, by=elske, at=WEDNESDAY)
    kept = save_draft(case, TEXT, uuid4(), by=elske, at=WEDNESDAY)  # a second tab writes on in the same draft
    assert (kept.pk, draft_of(elske, case)) == (key, (key, TEXT))
    assert draft_of(noordwest.ayla, case) is None
    assert messages_for(noordwest.ayla, case, WEDNESDAY) == []
    assert not to_read(case).exists()
    assert not sees(elske, kept)
    with pytest.raises(PermissionDenied):
        withdraw_message(kept, by=elske, at=WEDNESDAY)
    sent = write(case, elske, key=key)
    assert (sent.pk, draft_of(elske, case)) == (key, None)
    assert save_draft(case, "te laat", key, by=elske, at=WEDNESDAY).pk == key
    assert [each.text for each in messages_for(noordwest.ayla, case, WEDNESDAY)] == [TEXT]


def test_an_emptied_draft_is_gone(case, elske):
    assert save_draft(case, " ", uuid4(), by=elske, at=WEDNESDAY) is None
    save_draft(case, TEXT, uuid4(), by=elske, at=WEDNESDAY)
    assert save_draft(case, "", uuid4(), by=elske, at=WEDNESDAY) is None
    assert not CaseMessage.objects.exists()


def test_both_sides_see_when_it_was_read(noordwest, case, elske):
    row = write(case, elske)
    later = WEDNESDAY + timedelta(hours=1)
    assert mark_read(case, by=elske, at=later) == 0
    assert mark_read(case, by=noordwest.vera, at=later) == 1
    assert mark_read(case, by=noordwest.ayla, at=later + timedelta(hours=1)) == 0
    row.refresh_from_db()
    assert (row.read_at, row.read_by) == (later, noordwest.vera.id)
    back = write(case, noordwest.ayla, "Ik bel u.")
    assert mark_read(case, by=elske, at=later) == 1
    back.refresh_from_db()
    assert (back.read_at, back.read_by) == (later, elske.id)


def test_an_answer_ends_the_task_only_when_everything_was_read(noordwest, case, elske):
    write(case, elske)
    write(case, noordwest.ayla, "Antwoord op iets anders.")
    assert to_read(case).exists()
    assert settle_messages(case, by=noordwest.ayla, at=WEDNESDAY) is False
    mark_read(case, by=noordwest.ayla, at=WEDNESDAY)
    write(case, noordwest.ayla, "Ik bel u morgen.")
    assert not to_read(case).exists()


def test_a_message_without_need_of_an_answer_is_settled_by_who_helps(noordwest, case, elske):
    write(case, elske, "Dank u wel.")
    mark_read(case, by=noordwest.ayla, at=WEDNESDAY)
    for who in (elske, noordwest.daan):
        with pytest.raises(PermissionDenied):
            settle_messages(case, by=who, at=WEDNESDAY)
    assert settle_messages(case, by=noordwest.ayla, at=WEDNESDAY)
    assert not to_read(case).exists()


def test_only_the_writer_takes_a_message_back_and_then_the_words_are_gone(noordwest, case, elske):
    row = write(case, elske)
    for who in (noordwest.ayla, noordwest.daan):
        with pytest.raises(PermissionDenied):
            withdraw_message(row, by=who, at=WEDNESDAY)
    withdraw_message(row, by=elske, at=WEDNESDAY)
    again = withdraw_message(row, by=elske, at=WEDNESDAY + timedelta(days=1))
    assert (bytes(again.text_sealed), again.withdrawn_at) == (b"", WEDNESDAY)
    [shown] = messages_for(noordwest.ayla, case, WEDNESDAY)
    assert (shown.text, shown.is_new, shown.may_withdraw) == ("", False, False)
    with pytest.raises(PermissionDenied):
        withdraw_message(row, by=noordwest.ayla, at=WEDNESDAY)
    assert to_read(case).exists()  # that somebody wrote and took it back is still looked at


def test_who_no_longer_helps_takes_nothing_back(noordwest, case):
    row = write(case, noordwest.vera)
    case.helpers.filter(membership=noordwest.member.vera).update(ends_at=WEDNESDAY)
    with pytest.raises(PermissionDenied):
        withdraw_message(row, by=noordwest.vera, at=WEDNESDAY + timedelta(minutes=1))


def test_words_of_danger_are_due_now_and_tell_who_helps_once(noordwest, case, elske):
    write(case, elske)
    row = write(case, elske, DANGER)
    assert to_read(case).get(about_id=row.pk).due_at == WEDNESDAY
    case.refresh_from_db()
    assert case.next_due_at <= WEDNESDAY
    write(case, elske, DANGER)
    told = Message.objects.filter(template="conversation_urgent")
    assert set(told.values_list("recipient_id", flat=True)) == {noordwest.ayla.id, noordwest.vera.id}
    assert told.count() == 2
    assert not any("Elske" in each.subject for each in told)


def test_as_long_as_nobody_helps_the_leader_hears_of_danger(noordwest):
    case = make_case("Tijs Vonk", team=noordwest.team)
    write(case, Actor(ActorKind.HELPED_PERSON, id=case.person_id), DANGER)
    told = Message.objects.filter(template="conversation_urgent")
    assert set(told.values_list("recipient_id", flat=True)) == {noordwest.olaf.id}


def test_words_of_danger_are_nowhere_kept_about_anybody(case, elske):
    row = write(case, elske, DANGER)
    assert {each.name for each in row._meta.get_fields()} == {
        "id", "case", "side", "written_by", "text_sealed", "saved_at", "sent_at", "read_at", "read_by",
        "withdrawn_at",
    }  # fmt: skip
    assert TrailEntry.objects.get(verb="conversation.written").facts == {"side": "person"}


def notices(case):
    return Message.objects.filter(template="conversation_waiting", recipient_id=case.person_id)


def test_the_person_gets_one_neutral_notice_for_everything_unread(noordwest, case, elske):
    add_contact_point(case.person_id, Channel.SMS, "+31600000051", is_safe=True)
    write(case, noordwest.ayla, "Ik bel u morgen.")
    write(case, noordwest.vera, "Of overmorgen.")
    found = notices(case).get()
    said = found.subject + unseal(found.pk, found.body_sealed)
    assert "Er staat iets voor u klaar" in said
    assert not any(word in said for word in ("Elske", "Ayla", "slachtoffer", "bel u", case.reference))
    mark_read(case, by=elske, at=WEDNESDAY)
    write(case, noordwest.ayla, "Nog iets.")
    assert notices(case).count() == 2


def test_the_contact_rule_decides_whether_and_when_the_notice_goes(noordwest, case, elske):
    add_contact_point(case.person_id, Channel.SMS, "+31600000051", is_safe=True)
    agree_contact(case.person_id, Agreed(()), by=elske, at=WEDNESDAY)
    write(case, noordwest.ayla)
    delivery = Delivery.objects.get(message=notices(case).get())
    assert (delivery.state, delivery.contact_point_id) == (State.FAILED, None)


def test_a_message_of_the_person_gives_the_person_no_notice(case, elske):
    write(case, elske)
    assert not notices(case).exists()


def test_a_closed_case_takes_no_message_and_says_so(noordwest, case, elske):
    row = write(case, elske)
    Case.objects.update(state="closed")
    for who in (elske, noordwest.ayla):
        with pytest.raises(ValidationError, match="gesloten"):
            write(case, who)
    withdraw_message(row, by=elske, at=WEDNESDAY)  # taking back stays possible


def test_a_case_closes_only_after_the_persons_messages_were_read_but_a_death_closes_at_once(
    noordwest, case, elske
):
    write(case, elske)
    with pytest.raises(ValidationError, match="nog een bericht"):
        close_case(case, CloseReason.NO_WISH, by=noordwest.ayla, at=WEDNESDAY)
    close_case(case, CloseReason.DIED, by=noordwest.ayla, at=WEDNESDAY)
    assert not to_read(case).exists()


def test_the_file_to_take_along_holds_both_sides_and_no_drafts_of_helpers(noordwest, case, elske):
    write(case, elske)
    save_draft(case, "geheim concept", uuid4(), by=noordwest.vera, at=WEDNESDAY)
    write(case, noordwest.ayla, "Ik bel u.", at=WEDNESDAY + timedelta(minutes=1))
    told = as_data(case.person_id, WEDNESDAY)["berichten"]
    assert [(each["van"], each["tekst"]) for each in told] == [("u", TEXT), ("Ayla", "Ik bel u.")]
    assert as_data(make_case("Iemand Anders").person_id, WEDNESDAY)["berichten"] == []


def test_erasing_takes_messages_and_drafts_along(noordwest, case, elske):
    write(case, elske)
    save_draft(case, "concept", uuid4(), by=noordwest.ayla, at=WEDNESDAY)
    request = ask(RequestKind.ERASE, "", by=elske, at=WEDNESDAY)
    answer(request, case, "Gewist.", is_granted=True, by=noordwest.olaf, at=WEDNESDAY)
    assert not CaseMessage.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"withdrawn_at": WEDNESDAY}, "withdrawn_message_has_no_words"),
        ({"text_sealed": b""}, "withdrawn_message_has_no_words"),
        ({"read_at": WEDNESDAY}, "only_what_was_sent_is_read"),
        ({"side": "police"}, "known_side"),
    ],
)
def test_the_database_keeps_the_rules(case, elske, wrong, rule):
    write(case, elske)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        CaseMessage.objects.update(**wrong)


def test_a_draft_of_who_writes_along_is_read_by_nobody_else_also_not_in_the_file_to_take_along(
    noordwest, case
):
    along = actor_of(make_guardian(case, by=noordwest.ayla, at=WEDNESDAY))
    save_draft(case, "Ik weet het nog niet", uuid4(), by=along, at=WEDNESDAY)
    assert messages_of(case.person_id) == []
    assert case_for(noordwest.ayla, case.pk, WEDNESDAY).has_messages is False
