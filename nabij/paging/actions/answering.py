"""Yes or no: by the person, by link, by phone, or by a coordinator for somebody."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor, link_of
from nabij.keys.sealing import seal
from nabij.notify.actions import withdraw
from nabij.paging import answers, seats
from nabij.paging.actions.closing import end_answered, judge, locked_page
from nabij.paging.actions.hurrying import hurry
from nabij.paging.ladders import decline_reasons
from nabij.paging.models import Answer, Ask, Page, PageState, Way
from nabij.paging.policies import can_answer, can_answer_for, can_stand_down
from nabij.paging.quorum import quorum_of

NOT_YOURS = "Deze vraag is niet aan u gesteld."
YES, NO = "1", "2"


class Outcome(StrEnum):
    """What came of an answer; none of these is an error."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    ALREADY_COMING = "already_coming"
    ENOUGH = "enough"
    STANDBY = "standby"
    STOOD_DOWN = "stood_down"
    EXPIRED = "expired"


def accept(ask: Ask, *, by: Actor, at: datetime, way: Way) -> Outcome:
    """The one who was asked says yes; when enough people did so before, they hear that."""
    if not can_answer(by, ask, at):
        raise PermissionDenied(NOT_YOURS)
    return _accept(ask.pk, by=by, at=at, way=way)


@transaction.atomic
def accept_for(ask: Ask, *, by: Actor, at: datetime, reason: str) -> Outcome:
    """A coordinator writes down a yes that came another way; raises ValidationError without a reason."""
    if not can_answer_for(by, ask, at):
        raise PermissionDenied("Voor deze medewerker kunt u niet antwoorden.")
    if not reason.strip():
        raise ValidationError("Schrijf op hoe u het weet.")
    outcome = _accept(ask.pk, by=by, at=at, way=Way.BY_OTHER)
    if outcome == Outcome.ACCEPTED:
        Ask.objects.filter(pk=ask.pk).update(reason_sealed=seal(ask.pk, reason.strip()))
    return outcome


@transaction.atomic
def decline(ask: Ask, *, by: Actor, at: datetime, way: Way = Way.APP, reason: str = "") -> Outcome:
    """The one who was asked cannot come; the next step is due at once."""
    if not can_answer(by, ask, at):
        raise PermissionDenied(NOT_YOURS)
    page, ask = _hold(ask.pk)
    if settled := _settled(page, ask, at, way):
        return settled
    if ask.answer == Answer.DECLINED:
        return Outcome.DECLINED
    _write(ask, Answer.DECLINED, by, at, way)
    if reason.strip():
        Ask.objects.filter(pk=ask.pk).update(reason_sealed=seal(ask.pk, reason.strip()))
    _tell_trail("page.declined", page, ask, by, at)
    hurry(page, at)
    return Outcome.DECLINED


@transaction.atomic
def answer_by_phone(message_id: UUID, answer: str, *, by: Actor, at: datetime) -> None:
    """Key 1 is a yes of who was called and key 2 a no; other keys and messages mean nothing."""
    ask = Ask.objects.filter(message_id=message_id).first()
    if ask is None or answer not in (YES, NO):
        return
    person = link_of(ask.membership_id)
    if answer == YES:
        accept(ask, by=person, at=at, way=Way.VOICE)
    else:
        decline(ask, by=person, at=at, way=Way.VOICE)


def _hold(ask_id: UUID) -> tuple[Page, Ask]:
    """Page first, then the ask, so that two who answer at once come one after the other."""
    page = locked_page(Ask.objects.values_list("page_id", flat=True).get(pk=ask_id))
    ask = Ask.objects.select_for_update(of=("self",)).select_related("membership").get(pk=ask_id)
    ask.page = page
    return page, ask


def _settled(page: Page, ask: Ask, at: datetime, way: Way) -> Outcome | None:
    """What stands already, or None when the answer still counts."""
    if ask.answer == Answer.ACCEPTED:
        return Outcome.STOOD_DOWN if page.state == PageState.STOOD_DOWN else Outcome.ALREADY_COMING
    if page.state == PageState.STOOD_DOWN:
        return Outcome.STOOD_DOWN
    if page.state == PageState.ANSWERED:
        return Outcome.ENOUGH
    return Outcome.EXPIRED if way == Way.LINK and at >= ask.expires_at else None


@transaction.atomic
def _accept(ask_id: UUID, *, by: Actor, at: datetime, way: Way) -> Outcome:
    page, ask = _hold(ask_id)
    settled = _settled(page, ask, at, way)
    if settled == Outcome.ENOUGH and not ask.answered_way:
        ask.answered_way, ask.answered_by = way, by.id
        ask.save(update_fields=["answered_way", "answered_by"])
        _tell_trail("page.accepted_too_late", page, ask, by, at)
    if settled:
        return settled
    if not _helps(page, ask):
        return _stand_by(page, ask, by, at, way)
    _say_yes(page, ask, by, at, way)
    return Outcome.ACCEPTED


def _helps(page: Page, ask: Ask) -> bool:
    """Whether the one who was asked still helps to make the quorum."""
    return quorum_of(page).takes(seats.skills_of([ask.membership_id])[ask.membership_id])


def _say_yes(page: Page, ask: Ask, by: Actor, at: datetime, way: Way) -> None:
    """One more comes; when that makes the quorum, the page ends and the others hear that they may stay."""
    _write(ask, Answer.ACCEPTED, by, at, way)
    _tell_trail("page.accepted", page, ask, by, at)
    if quorum_of(page).is_reached:
        end_answered(page, by=by, at=at)
    if not page.is_drill:  # in a drill nobody goes anywhere
        answers.accepted(ask, by, at)


def _stand_by(page: Page, ask: Ask, by: Actor, at: datetime, way: Way) -> Outcome:
    """The last places are kept for a skill that this person lacks: remembered as willing, asked no more."""
    if ask.answer != Answer.STANDBY:
        _write(ask, Answer.STANDBY, by, at, way)
        _tell_trail("page.standby", page, ask, by, at)
        hurry(page, at)
    return Outcome.STANDBY


@transaction.atomic
def drop_need(page: Page, skill: str, *, by: Actor, at: datetime) -> Page:
    """Go without this skill: who stands by comes after all, who said yes first goes first."""
    page = locked_page(page.pk)
    if not can_stand_down(by, page, at):
        raise PermissionDenied("Deze oproep kunt u niet wijzigen.")
    if page.is_closed or not page.needs.filter(skill=skill).exists():
        return page
    page.needs.filter(skill=skill).delete()
    facts: dict[str, trail.Fact] = {"skill": skill}
    trail.record("page.need_dropped", by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
    waiting = page.asks.filter(answer=Answer.STANDBY).select_related("membership")
    for ask in waiting.order_by("answered_at", "pk"):
        if not page.is_closed and _helps(page, ask):
            ask.page = page
            _say_yes(page, ask, by, at, Way(ask.answered_way))
    if not page.is_closed and quorum_of(page).is_reached:
        end_answered(page, by=by, at=at)
    elif not page.is_closed:
        is_over = not page.moments.filter(done_at__isnull=True).exists()
        judge(page, by=by, at=at, is_last_chance=is_over)
    return page


@transaction.atomic
def give_reason(ask: Ask, code: str, *, by: Actor, at: datetime) -> None:
    """Why somebody cannot come, as a code from the list; never asked, always welcome."""
    if not can_answer(by, ask, at):
        raise PermissionDenied(NOT_YOURS)
    if code not in decline_reasons():
        raise ValidationError("Kies een reden uit de lijst.")
    held = Ask.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if held.answer == Answer.DECLINED:
        held.decline_code = code
        held.save(update_fields=["decline_code"])


def _write(ask: Ask, answer: Answer, by: Actor, at: datetime, way: Way) -> None:
    """The answer in its row; what was still to be sent to this person is taken back."""
    ask.answer, ask.answered_at, ask.answered_by, ask.answered_way = answer, at, by.id, way
    ask.decline_code = ""
    ask.save(update_fields=["answer", "answered_at", "answered_by", "answered_way", "decline_code"])
    if ask.message_id:
        withdraw([ask.message_id], at=at)


def _tell_trail(verb: str, page: Page, ask: Ask, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"membership": str(ask.membership_id), "way": str(ask.answered_way)}
    trail.record(verb, by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
