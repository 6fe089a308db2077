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
from nabij.paging.ladders import ladder, link_lasts
from nabij.paging.models import Answer, Ask, DueMoment, Page
from nabij.paging.queries import facts_of, token_hash

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
    reached = _ask_seat(page, moment, by, at)
    if not reached and is_first_time:
        facts: Facts = {"seat": moment.seat, "step": moment.step}
        trail.record("page.nobody_on_seat", by=by, at=at, subject=page, thread_id=page.thread_id, facts=facts)
    moment.done_at, moment.lease_until = at, None
    moment.save(update_fields=["done_at", "lease_until"])
    _plan_next(page, moment, by, at, is_reached=reached > 0)
    return True


def _plan_next(page: Page, moment: DueMoment, by: Actor, at: datetime, *, is_reached: bool) -> None:
    """An empty seat makes the next step due at once; the last step repeats until the page is too old."""
    rungs = ladder(page.kind)
    is_last = moment.step + 1 >= len(rungs.steps)
    number = moment.step if is_last else moment.step + 1
    due_at = at if not is_reached and not is_last else at + rungs.gap_after(moment.step)
    is_over = is_last and due_at > page.started_at + rungs.repeat_until
    if not is_over:
        DueMoment.objects.create(page=page, step=number, seat=rungs.steps[number].seat, due_at=due_at)
        wake_engines()
    if is_last:
        judge(page, by=by, at=at, is_last_chance=is_over)


def _ask_seat(page: Page, moment: DueMoment, by: Actor, at: datetime) -> int:
    """Ask everybody on the seat, remind who was asked and is silent; says how many that were."""
    known = {ask.membership_id: ask for ask in page.asks.select_related("message")}
    reached = 0
    for membership_id in seats.people_on(moment.seat, page.team_id, at):
        ask = known.get(membership_id)
        if ask is None:
            _ask(page, moment, membership_id, by, at)
        elif ask.answer == Answer.OPEN and ask.message is not None:
            send_again(ask.message, at=at)
            _tell_trail("page.asked_again", page, moment, membership_id, by, at)
        else:
            continue
        reached += 1
    return reached


def _ask(page: Page, moment: DueMoment, membership_id: UUID, by: Actor, at: datetime) -> Ask:
    """Ask one person, with a link that only they get; of the link only its hash is kept in the open."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = f"{settings.ENV.base_url}{reverse('paging:link', args=[token])}"
    message = send(
        ladder(page.kind).template,
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
