"""A referral goes out by a link, its code is told by phone; it is chased, revoked, and ends with consent."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.consents.actions import Sharing, end_share, share
from nabij.consents.models import ShareEnd
from nabij.contact.working_days import working_days_after
from nabij.notify.addresses import normal_email
from nabij.notify.models import Channel, ContactPoint
from nabij.notify.sending import Rule, add_contact_point, send
from nabij.referrals import content
from nabij.referrals.marks import code_mark, token_mark
from nabij.referrals.models import OPEN, Referral, ReferralState
from nabij.referrals.policies import can_refer, can_revoke

DIGITS = 6
NOT_YOURS = "In dit dossier helpt u niet."


@dataclass(frozen=True)
class Referring:
    """To whom, what goes along, and whether we called them together with the person."""

    partner: str
    email: str
    kinds: tuple[str, ...]
    summary: str
    is_warm: bool = False
    ground: str = ""
    weighing: str = ""


@transaction.atomic
def refer(case: Case, told: Referring, *, by: Actor, at: datetime) -> tuple[Referral, str]:
    """Ask a partner to help further; gives the referral and the code to say on the phone, kept nowhere.

    ValidationError for an unknown partner or address, without an end of words, or where sharing may not be.
    """
    if by.id is None or not can_refer(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    partner = content.partners().get(told.partner)
    email = normal_email(told.email)
    if partner is None or email is None:
        raise ValidationError("Kies een partner en vul het e-mailadres in.")
    if not told.summary.strip():
        raise ValidationError("Schrijf in een paar zinnen wat de partner moet weten.")
    what = Sharing(partner.receiver, told.kinds, told.summary, ground=told.ground, weighing=told.weighing)
    shared = share(case.person, what, by=by, at=at)
    token, code, pk = secrets.token_urlsafe(24), _fresh_code(), uuid4()
    row = Referral.objects.create(
        id=pk, case=case, share=shared, partner=partner.key, is_warm=told.is_warm,
        token_index=token_mark(token), code_index=code_mark(pk, code), sent_at=at,
        sent_by=Membership.objects.get(Q(pk=by.id)),
        due_at=working_days_after(at, content.term("answer_working_days")),
        expires_at=at + timedelta(days=content.term("link_days")),
    )  # fmt: skip
    point = add_contact_point(row.pk, Channel.EMAIL, email)
    link = f"{settings.ENV.base_url}{reverse('referrals:link', args=[token])}"
    send(
        "referral_sent", to=row.pk, rule=Rule.ORGANISATION, exercise=False, at=at, about_id=row.pk,
        values={"link": link}, points=[point],
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"partner": partner.key, "warm": told.is_warm}
    trail.record("referral.sent", by=by, at=at, subject=row, thread_id=case.person_id, facts=facts)
    return row, code


def _fresh_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


@transaction.atomic
def new_code(referral: Referral, *, by: Actor, at: datetime) -> str:
    """Another code for the same link, such as when the first was misheard; the old one no longer works."""
    held = _held(referral)
    if not can_revoke(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    code = _fresh_code()
    held.code_index, held.tries = code_mark(held.pk, code), 0
    held.save(update_fields=["code_index", "tries"])
    trail.record("referral.new_code", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return code


def _held(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",))
    return rows.select_related("case__team", "case__person", "share").get(pk=referral.pk)


@transaction.atomic
def revoke_referral(referral: Referral, *, by: Actor, at: datetime) -> Referral:
    """Stop it: the partner can no longer read anything and is told so."""
    held = _held(referral)
    if not can_revoke(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    _end(held, ShareEnd.REVOKED, by=by, at=at)
    return held


def _end(held: Referral, reason: ShareEnd, *, by: Actor, at: datetime) -> None:
    held.state, held.ended_at = ReferralState.REVOKED, at
    held.save(update_fields=["state", "ended_at"])
    end_share(held.share, reason, by=by, at=at)
    finish_tasks(held.case, TaskKind.UNANSWERED, by=by, at=at, about_id=held.pk)
    points = list(ContactPoint.objects.filter(subject_id=held.pk, is_active=True))
    send(
        "referral_over", to=held.pk, rule=Rule.ORGANISATION, exercise=False, at=at, about_id=held.pk,
        values={}, points=points,
    )  # fmt: skip
    trail.record("referral.revoked", by=by, at=at, subject=held, thread_id=held.case.person_id)


@transaction.atomic
def end_with_consent(consent_id: UUID, *, by: Actor, at: datetime) -> int:
    """Consent was taken back or expired: every referral that rested on it ends, and the partner is told."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case__team", "share")
    found = list(rows.filter(share__consent_id=consent_id, state__in=OPEN))
    for held in found:
        _end(held, ShareEnd.WITHDRAWN, by=by, at=at)
    return len(found)


@transaction.atomic
def chase_unanswered(*, by: Actor, at: datetime) -> int:
    """What a partner did not answer in time comes back to the sender as a task; how many."""
    late = Referral.objects.filter(state=ReferralState.SENT, due_at__lt=at).select_related("case")
    known = set(
        late.filter(case__tasks__kind=TaskKind.UNANSWERED, case__tasks__about_id=F("pk")).values_list(
            "pk", flat=True
        )
    )
    fresh = [each for each in late if each.pk not in known and each.case.is_open]
    for each in fresh:
        add_task(each.case, TaskKind.UNANSWERED, working_days_after(at, 1), at=at, about_id=each.pk)
    return len(fresh)
