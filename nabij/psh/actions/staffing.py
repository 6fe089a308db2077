"""Staff for the GGD: asked, offered, confirmed by name; who may not do it drops out by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.notify.sending import Rule, send
from nabij.on_call.models import COORDINATOR
from nabij.on_call.words import message_values
from nabij.paging.queries import first_asked
from nabij.psh.models import ALLOWED, OfferState, RequestState, StaffOffer, StaffRequest
from nabij.psh.policies import can_answer_offer, can_ask_staff, can_offer, can_withdraw_request
from nabij.psh.queries import candidates_for, lacking_for, supply_of


@dataclass(frozen=True)
class Asked:
    """What the GGD asks: for what, how many, which courses besides, where, from when till when."""

    task: str
    number: int
    modules: tuple[str, ...]
    where: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def ask_staff(incident: Incident, asked: Asked, *, by: Actor, at: datetime) -> StaffRequest:
    """Ask victim support for staff; the coordinators on duty hear it. Source: brochure L94-97."""
    if not can_ask_staff(by, incident, at) or by.id is None or by.organisation_id is None:
        raise PermissionDenied("Voor deze gebeurtenis kunt u geen medewerkers vragen.")
    if asked.ends_at <= asked.starts_at:
        raise ValidationError("Het einde ligt voor het begin. Kies een later moment.")
    request = StaffRequest.objects.create(
        incident=incident, organisation_id=by.organisation_id, asked_by=by.id, asked_at=at, task=asked.task,
        modules=list(asked.modules), number=asked.number, where=asked.where, starts_at=asked.starts_at,
        ends_at=asked.ends_at,
    )  # fmt: skip
    _record("staff.asked", request, by, at, number=asked.number)
    team_id = _team_of(incident)
    _seat, people = first_asked(COORDINATOR, team_id, at)
    _tell("psh_staff_asked", request, people, at)
    return request


@transaction.atomic
def offer_people(
    request: StaffRequest, membership_ids: Collection[UUID], *, by: Actor, at: datetime
) -> list[StaffOffer]:
    """Offer people of one's own team; who lacks a certificate on one of the days drops out at once.

    ValidationError when the request was withdrawn. Who is offered already or of another team is left out.
    """
    held = _held(request)
    if not can_offer(by, held, at) or by.id is None:
        raise PermissionDenied("Voor dit verzoek kunt u niemand aanbieden.")
    if held.state != RequestState.OPEN:
        raise ValidationError("Dit verzoek is ingetrokken.")
    wanted = set(membership_ids)
    chosen = [each for each in candidates_for(held, by, at) if each.membership.pk in wanted]
    offers = [
        StaffOffer(
            request=held, membership=each.membership, offered_at=at, offered_by=by.id,
            state=OfferState.DROPPED if each.lacking else OfferState.OFFERED,
            decided_at=at if each.lacking else None,
        )
        for each in chosen
    ]  # fmt: skip
    StaffOffer.objects.bulk_create(offers)
    _tell("psh_offered", held, [each.membership_id for each in offers if not each.decided_at], at)
    _record("staff.offered", held, by, at, number=len(offers))
    return offers


@transaction.atomic
def answer_offer(offer: StaffOffer, comes: bool, *, by: Actor, at: datetime) -> StaffOffer:
    """Whoever was offered comes or cannot; a yes counts when the certificates still do. The asker hears it.

    ValidationError when enough people are confirmed, or when this person dropped out.
    """
    request = _held(offer.request)
    row = StaffOffer.objects.select_for_update(of=("self",)).select_related("membership").get(pk=offer.pk)
    row.request = request
    if not can_answer_offer(by, row, at):
        raise PermissionDenied("Voor deze medewerker kunt u niet antwoorden.")
    wanted = OfferState.CONFIRMED if comes else OfferState.DECLINED
    if row.state == wanted:
        return row
    if wanted not in ALLOWED[row.state] or request.state != RequestState.OPEN:
        raise ValidationError("Dit kan niet meer.")
    if comes and not supply_of(request).gap:
        raise ValidationError("Er zijn al genoeg mensen.")
    if comes and lacking_for(request, [row.membership.user_id], at):
        wanted = OfferState.DROPPED
    _decide(row, wanted, by, at)
    return row


def check_confirmed(*, by: Actor, at: datetime) -> int:
    """Whose certificate ended since they were confirmed drops out, and both sides hear it; says how many."""
    running = StaffRequest.objects.filter(state=RequestState.OPEN, ends_at__gt=at)
    return sum(_check(request, by, at) for request in running)


@transaction.atomic
def _check(request: StaffRequest, by: Actor, at: datetime) -> int:
    held = _held(request)
    rows = list(
        held.offers.select_for_update(of=("self",))
        .filter(state=OfferState.CONFIRMED)
        .select_related("membership")
    )
    lacks = lacking_for(held, {row.membership.user_id for row in rows}, at)
    gone = [row for row in rows if row.membership.user_id in lacks]
    for row in gone:
        row.request = held
        _decide(row, OfferState.DROPPED, by, at)
    return len(gone)


@transaction.atomic
def withdraw_request(request: StaffRequest, *, by: Actor, at: datetime) -> StaffRequest:
    """No staff are needed any more; whoever was offered hears it. Withdrawn twice it stays as it was."""
    held = _held(request)
    if not can_withdraw_request(by, held, at):
        raise PermissionDenied("Dit verzoek kunt u niet intrekken.")
    if held.state == RequestState.OPEN:
        held.state = RequestState.WITHDRAWN
        held.save(update_fields=["state"])
        waiting = held.offers.filter(state__in=[OfferState.OFFERED, OfferState.CONFIRMED])
        _tell("psh_changed", held, list(waiting.values_list("membership_id", flat=True)), at)
        _record("staff.withdrawn", held, by, at, number=held.number)
    return held


def _decide(row: StaffOffer, state: OfferState, by: Actor, at: datetime) -> None:
    """The new state of an offer; the asker and who offered hear that something changed."""
    row.state, row.decided_at = state, at
    row.save(update_fields=["state", "decided_at"])
    _record(f"staff.{state.value}", row.request, by, at, number=supply_of(row.request).gap)
    _tell("psh_changed", row.request, [row.request.asked_by, row.offered_by], at)


def _held(request: StaffRequest) -> StaffRequest:
    """The request, held so that two answers at once do not confirm one too many."""
    held = StaffRequest.objects.select_for_update(of=("self",)).select_related("incident")
    return held.get(pk=request.pk)


def _team_of(incident: Incident) -> UUID | None:
    """The team of victim support in whose region the event is."""
    places = incident.municipalities.select_related("safety_region").order_by("code")
    return next((place.safety_region.team_id for place in places), None)


def _tell(template: str, request: StaffRequest, people: Collection[UUID], at: datetime) -> None:
    """The same message to each; who no longer works here is left out."""
    incident = request.incident
    link = f"{settings.ENV.base_url}{reverse('psh:request', args=[request.pk])}"
    known = Membership.objects.current(at).filter(pk__in=people)
    for membership_id in known.order_by("pk").values_list("pk", flat=True):
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=incident.is_exercise, at=at,
            about_id=incident.pk, values={**message_values(incident), "link": link},
        )  # fmt: skip


def _record(verb: str, request: StaffRequest, by: Actor, at: datetime, *, number: int) -> None:
    facts: dict[str, trail.Fact] = {"number": number}
    trail.record(verb, by=by, at=at, subject=request, thread_id=request.incident_id, facts=facts)
