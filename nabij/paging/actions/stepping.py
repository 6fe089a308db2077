"""One step of a page: ask who sits on the seat, and set the moment of the next step."""

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.audit.trail import Fact
from nabij.notify.sending import Rule, send, send_again, wake_engines
from nabij.paging import seats
from nabij.paging.actions.closing import judge, locked_page
from nabij.paging.ladders import link_lasts
from nabij.paging.models import Answer, Ask, DueMoment, Page
from nabij.paging.queries import facts_of, token_hash
from nabij.paging.quorum import quorum_of

Facts = dict[str, Fact]
TOKEN_BYTES = 16  # 128 random bits


@transaction.atomic
def take_step(moment_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Do what is due, exactly once; False when it was done already or is needed no more."""
    page = locked_page(DueMoment.objects.values_list("page_id", flat=True).get(pk=moment_id))
    moment = DueMoment.objects.select_for_update().get(pk=moment_id)
    if moment.done_at is not None or page.is_closed:
        return False
    is_first_time = not page.moments.filter(step=moment.step, done_at__isnull=False).exists()
    reached = _ask_new(page, moment, by, at) + _remind(page, moment, by, at)
    if not reached and is_first_time:
        facts: Facts = {"seat": moment.seat, "step": moment.step}
        trail.record("page.nobody_on_seat", by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
    moment.done_at, moment.lease_until = at, None
    moment.save(update_fields=["done_at", "lease_until"])
    _plan_next(page, moment, by, at, is_reached=reached > 0)
    return True


def _plan_next(page: Page, moment: DueMoment, by: Actor, at: datetime, *, is_reached: bool) -> None:
    """Nobody or too few asked: the next step is due at once; the last repeats until the page is too old."""
    rungs = page.rungs
    is_last = moment.step + 1 >= len(rungs.steps)
    number = moment.step if is_last else moment.step + 1
    can_be_enough = is_reached and quorum_of(page, Answer.ACCEPTED, Answer.OPEN).is_reached
    due_at = at if not can_be_enough and not is_last else at + rungs.gap_after(moment.step)
    is_over = is_last and due_at > page.started_at + rungs.repeat_until
    if not is_over:
        DueMoment.objects.create(page=page, step=number, seat=rungs.steps[number].seat, due_at=due_at)
        wake_engines()
    if is_last:
        judge(page, by=by, at=at, is_last_chance=is_over)


def _ask_new(page: Page, moment: DueMoment, by: Actor, at: datetime) -> int:
    """Ask who sits on this chair, was not asked yet and helps to make the quorum; says how many."""
    asked = set(page.asks.values_list("membership_id", flat=True))
    people = [each for each in seats.people_on(moment.seat, page.team_id, at) if each not in asked]
    now = quorum_of(page)
    skills = seats.skills_of(people) if now.wanted else {}
    useful = [each for each in people if now.takes(skills.get(each, frozenset()))]
    chosen = [each for each in seats.chosen(page, moment.seat, useful, at) if each not in asked]
    for membership_id in chosen:
        _ask(page, moment, membership_id, by, at)
    return len(chosen)


def _remind(page: Page, moment: DueMoment, by: Actor, at: datetime) -> int:
    """Remind who is silent: on this chair, or on every chair when the ladder says so; says how many."""
    rungs = page.rungs
    silent = page.asks.filter(
        answer=Answer.OPEN, asked_at__lt=at, asked_at__lte=at - rungs.remind_after, message__isnull=False
    )
    if not rungs.reminds_everybody:
        silent = silent.filter(membership_id__in=seats.people_on(moment.seat, page.team_id, at))
    asks = list(silent.select_related("message").order_by("asked_at", "pk"))
    for ask in asks:
        assert ask.message is not None  # noqa: S101  (narrows the type)
        send_again(ask.message, at=at)
        _tell_trail("page.asked_again", page, moment, ask.membership_id, by, at)
    return len(asks)


def _ask(page: Page, moment: DueMoment, membership_id: UUID, by: Actor, at: datetime) -> Ask:
    """Ask one person, with a link that only they get; of the link only its hash is kept in the open."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = f"{settings.ENV.base_url}{reverse('paging:link', args=[token])}"
    message = send(
        page.rungs.template_of(moment.step),
        to=membership_id,
        rule=Rule.STAFF_DUTY,
        exercise=page.is_exercise,
        at=at,
        language=page.language,
        about_id=page.thread_id,
        values={**facts_of(page), "link": link},
    )
    ask = Ask.objects.create(
        page=page,
        membership_id=membership_id,
        message=message,
        step=moment.step,
        seat=moment.seat,
        asked_at=at,
        token_hash=token_hash(token),
        expires_at=at + link_lasts(),
    )
    _tell_trail("page.asked", page, moment, membership_id, by, at)
    return ask


def _tell_trail(
    verb: str, page: Page, moment: DueMoment, membership_id: UUID, by: Actor, at: datetime
) -> None:
    facts: Facts = {"membership": str(membership_id), "seat": moment.seat, "step": moment.step}
    trail.record(verb, by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
