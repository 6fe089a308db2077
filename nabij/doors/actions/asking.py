"""Asking for people in office hours, and promising them by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.models import ALLOWED, AskedFor, AskedPerson, AskState, StreetAsk
from nabij.doors.policies import can_accept, can_ask, can_withdraw_ask
from nabij.doors.queries import candidates_for
from nabij.incidents.models import Incident
from nabij.notify.sending import Rule, send
from nabij.on_call.words import message_values

PROMISERS = [role for role, may in PERMISSIONS.items() if Permission.OFFER_STAFF in may]


@dataclass(frozen=True)
class Asked:
    """For what, how many, with which languages, where, from when till when."""

    kind: AskedFor
    number: int
    languages: tuple[str, ...]
    where: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def ask_people(incident: Incident, asked: Asked, *, by: Actor, at: datetime) -> StreetAsk:
    """Ask victim support for people in the neighbourhood; the leaders of its team there hear it."""
    if not can_ask(by, incident, at) or by.id is None or by.organisation_id is None:
        raise PermissionDenied("Voor deze gebeurtenis kunt u geen mensen vragen.")
    if asked.ends_at <= asked.starts_at:
        raise ValidationError({"ends_at": "Het einde ligt voor het begin. Kies een later moment."})
    ask = StreetAsk.objects.create(
        incident=incident, organisation_id=by.organisation_id, kind=asked.kind, number=asked.number,
        languages=list(asked.languages), where=asked.where, starts_at=asked.starts_at, ends_at=asked.ends_at,
        asked_at=at, asked_by=by.id,
    )  # fmt: skip
    _record("doors.asked", ask, by, at, asked.number)
    teams = incident.municipalities.values("safety_region__team")
    leaders = Membership.objects.filter(role__in=PROMISERS, team__in=teams)
    _tell("doors_asked", ask, leaders.values_list("pk", flat=True), at)
    return ask


@transaction.atomic
def accept_ask(ask: StreetAsk, membership_ids: Collection[UUID], *, by: Actor, at: datetime) -> StreetAsk:
    """Promise these people by name; each is certified on that day. The asker hears it.

    ValidationError for nobody, for more than asked, for who may not go, and when it was answered already.
    """
    held = _held(ask)
    if not can_accept(by, held, at):
        raise PermissionDenied("Voor deze vraag zegt u niemand toe.")
    _check(held, AskState.ACCEPTED)
    wanted = set(membership_ids)
    chosen = [each for each in candidates_for(held, by, at) if each.membership.pk in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise ValidationError("Kies mensen van uw team.")
    if len(chosen) > held.number:
        raise ValidationError("Dit zijn meer mensen dan er gevraagd zijn.")
    if any(each.lacking for each in chosen):
        raise ValidationError("Kies alleen mensen die die dag mee mogen.")
    AskedPerson.objects.bulk_create(AskedPerson(ask=held, membership=each.membership) for each in chosen)
    held.state, held.accepted_at = AskState.ACCEPTED, at
    held.save(update_fields=["state", "accepted_at"])
    _record("doors.promised", held, by, at, len(chosen))
    _tell("doors_answered", held, [held.asked_by, *(each.membership.pk for each in chosen)], at)
    return held


@transaction.atomic
def withdraw_ask(ask: StreetAsk, *, by: Actor, at: datetime) -> StreetAsk:
    """Nobody is needed any more; who was promised hears it. Withdrawn twice it stays as it was."""
    held = _held(ask)
    if not can_withdraw_ask(by, held, at):
        raise PermissionDenied("Deze vraag kunt u niet intrekken.")
    if held.state == AskState.WITHDRAWN:
        return held
    held.state = AskState.WITHDRAWN
    held.save(update_fields=["state"])
    _record("doors.unasked", held, by, at, held.number)
    _tell("doors_answered", held, held.people.values_list("membership_id", flat=True), at)
    return held


def _check(ask: StreetAsk, wanted: AskState) -> None:
    if wanted not in ALLOWED[ask.state]:
        raise ValidationError("Deze vraag is al beantwoord of ingetrokken.")


def _held(ask: StreetAsk) -> StreetAsk:
    return StreetAsk.objects.select_for_update(of=("self",)).select_related("incident").get(pk=ask.pk)


def _tell(template: str, ask: StreetAsk, people: "Collection[UUID]", at: datetime) -> None:
    link = f"{settings.ENV.base_url}{reverse('doors:asked', args=[ask.pk])}"
    known = Membership.objects.current(at).filter(Q(pk__in=list(people))).order_by("pk")
    for membership_id in known.values_list("pk", flat=True):
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=ask.incident.is_exercise, at=at,
            about_id=ask.incident_id, values={**message_values(ask.incident), "link": link},
        )  # fmt: skip


def _record(verb: str, ask: StreetAsk, by: Actor, at: datetime, number: int) -> None:
    facts: dict[str, trail.Fact] = {"number": number}
    trail.record(verb, by=by, at=at, subject=ask, thread_id=ask.incident_id, facts=facts)
