"""Certificates end, are withdrawn, and their holders are told in time."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.academy.catalogue import Module
from nabij.academy.models import Certificate, ConductCheck, RenewalReminder
from nabij.academy.policies import can_guide, can_keep_certificates
from nabij.academy.queries.staff import needed_reminders
from nabij.accounts.models import Membership, User
from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.kit.clock import local
from nabij.kit.notation import day_in_words
from nabij.notify.sending import Rule, send


@transaction.atomic
def withdraw_certificate(certificate: Certificate, *, by: Actor, at: datetime) -> Certificate:
    """Say that a certificate proved wrong: from now on it counts for nothing."""
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not can_keep_certificates(by, at) or held.user_id == by.user_id:
        raise PermissionDenied("U kunt dit certificaat niet intrekken.")
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by = at, by.id
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        trail.record("certificate.withdrawn", by=by, at=at, subject=held, facts={"module": held.module})
    return held


@transaction.atomic
def see_conduct(user: User, profile_code: str, *, by: Actor, at: datetime) -> ConductCheck:
    """Say that one saw the certificate of conduct (VOG) today; the paper itself is not kept."""
    if not can_guide(by, user, at):
        raise PermissionDenied("U kunt de VOG van deze collega niet invullen.")
    return note_conduct(user, profile_code, by=by, at=at)


def note_conduct(user: User, profile_code: str, *, by: Actor, at: datetime) -> ConductCheck:
    """Write down that it was seen; only for actions that asked first whether the actor guides this person."""
    check = ConductCheck.objects.create(
        user=user,
        profile_code=profile_code,
        seen_on=local(at).date(),
        seen_by=User.objects.get(Q(pk=by.user_id)),
    )
    trail.record("conduct.seen", by=by, at=at, subject=check)
    return check


@transaction.atomic
def remind_of_endings(*, by: Actor, at: datetime) -> int:
    """Tell everybody whose certificate ends soon, once for each number of days; says how many were told."""
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Herinneringen verstuurt Nabij zelf.")
    ending = needed_reminders(at)
    for certificate, course, days in ending:
        # one transaction with the message: of two runs at the same moment one fails, and nobody hears twice
        RenewalReminder.objects.create(certificate=certificate, days_before=days, sent_at=at)
        _tell(certificate, course, at)
    return len(ending)


def _tell(certificate: Certificate, course: Module, at: datetime) -> None:
    own = Membership.objects.current(at).filter(user_id=certificate.user_id)
    send(
        "certificate_ends",
        to=own.earliest("starts_at").pk,
        rule=Rule.ORGANISATION,
        exercise=False,
        at=at,
        values={"course": course.name, "day": day_in_words(certificate.last_valid_on)},
    )
