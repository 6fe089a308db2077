"""A need gets an owner with a name, goes to a partner, and ends with an outcome."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk import content
from nabij.desk.actions.access import end_access, open_access
from nabij.desk.actions.needs_made import call_for, end_pages, lock_pages
from nabij.desk.models import ALLOWED, Need, NeedState
from nabij.desk.policies import can_own, can_take, can_work_on, leads_desk
from nabij.desk.queries.needs import said_yes_to
from nabij.keys.sealing import seal
from nabij.paging.models import Ask

NOT_YOURS = "Deze hulpvraag is niet van u."


def _held(need: Need) -> Need:
    found = Need.objects.select_for_update(of=("self",)).select_related("registration", "incident", "owner")
    return found.get(pk=need.pk)


@transaction.atomic
def take_need(need: Need, *, by: Actor, at: datetime) -> Need:
    """Somebody of the desk takes it, and what else waits of the same person: one phones a person once.

    ValidationError when a colleague was first.
    """
    if not can_take(by, need, at):
        raise PermissionDenied("Deze hulpvraag kunt u niet oppakken.")
    family = Need.objects.filter(registration_id=need.registration_id)
    pages = lock_pages(family)
    held = family.select_for_update(of=("self",)).select_related("owner", "registration").order_by("pk")
    rows = {each.pk: each for each in held}
    mine = rows[need.pk]
    if mine.owner_id == by.id and mine.is_live:
        return mine
    if not mine.waits_for_the_desk:
        raise ValidationError(_("Een collega heeft deze hulpvraag al opgepakt."))
    owner = Membership.objects.get(Q(pk=by.id))
    for each in rows.values():
        if each.waits_for_the_desk:
            _own(each, owner, by, at)
    end_pages(pages, at=at)
    return mine


@transaction.atomic
def give_need(need: Need, to: Membership, *, by: Actor, at: datetime) -> Need:
    """The lead, or who has it, gives it to a registrar or a helper, who then may see this person."""
    if not can_work_on(by, need, at):
        raise PermissionDenied(NOT_YOURS)
    if not can_own(to, need, at):
        raise ValidationError({"owner": _("Deze collega werkt niet voor deze gebeurtenis.")})
    pages, held = lock_pages([need]), _held(need)
    if not held.is_live or (held.owner_id != by.id and not leads_desk(by)):
        raise ValidationError(_("Deze hulpvraag is intussen veranderd. Kijk opnieuw."))
    end_access(held, at=at)
    _own(held, to, by, at)
    end_pages(pages, at=at)
    return held


def _own(need: Need, owner: Membership, by: Actor, at: datetime) -> None:
    need.owner, need.state, need.taken_at = owner, NeedState.TAKEN, at
    need.due_at, need.late_told_at = at + content.done_within(need.kind), None
    need.save(update_fields=["owner", "state", "taken_at", "due_at", "late_told_at"])
    open_access(need, owner, at=at)
    facts: dict[str, trail.Fact] = {"membership": str(owner.pk)}
    trail.record("need.taken", by=by, at=at, subject=need, thread_id=need.incident_id, facts=facts)


def own_for_many(needs: Iterable[Need], owner: Membership, by: Actor, at: datetime) -> int:
    """Needs that are still open go to one colleague; who may do so is checked with the work for many."""
    wanted = list(needs)
    pages = lock_pages(wanted)
    held = Need.objects.select_for_update(of=("self",)).select_related("registration")
    rows = list(held.filter(pk__in=[each.pk for each in wanted], state=NeedState.OPEN).order_by("pk"))
    for need in rows:
        _own(need, owner, by, at)
    end_pages(pages, at=at)
    return len(rows)


def own_by_page(ask: Ask, *, by: Actor, at: datetime) -> None:
    """Who says yes to the call owns what still waits; the page is held already."""
    held = Need.objects.select_for_update(of=("self",)).select_related("registration")
    for need in held.filter(page_id=ask.page_id, state=NeedState.OPEN).order_by("pk"):
        _own(need, ask.membership, by, at)


@transaction.atomic
def give_back(need: Need, *, by: Actor, at: datetime) -> Need:
    """Its owner cannot do it after all: it waits again, with a new clock and, when urgent, a new call."""
    held = _working_on(need, NeedState.OPEN, by, at)
    end_access(held, at=at)
    held.owner, held.state, held.taken_at, held.page = None, NeedState.OPEN, None, None
    held.due_at, held.late_told_at = at + content.owner_within(held.kind, is_urgent=held.is_urgent), None
    held.save(update_fields=["owner", "state", "taken_at", "page", "due_at", "late_told_at"])
    _tell("need.given_back", held, by, at)
    call_for(held.incident, [held.registration], by=by, at=at)
    return held


@transaction.atomic
def pass_need(need: Need, partner: str, told: str, *, by: Actor, at: datetime) -> Need:
    """A partner helps further: which one and what they were told; only when the person said yes to them.

    Its owner keeps it until the partner is done. ValidationError beside the field that is wrong.
    """
    held = _working_on(need, NeedState.PASSED, by, at)
    if partner not in dict(content.partners()):
        raise ValidationError({"partner": _("Kies een partner uit de lijst.")})
    if not said_yes_to(held.registration, content.receiver_of(partner)):
        raise ValidationError(
            {"partner": _("Deze persoon gaf geen toestemming voor deze partner. Vraag dat eerst.")}
        )
    if not told.strip():
        raise ValidationError({"told": _("Schrijf op wat u vertelde.")})
    held.partner, held.state, held.passed_at = partner, NeedState.PASSED, at
    held.told_sealed = seal(held.registration.person_id, told.strip()[: content.number("most_told")])
    held.due_at, held.late_told_at = at + content.partner_within(partner), None
    held.save(update_fields=["partner", "state", "passed_at", "told_sealed", "due_at", "late_told_at"])
    _tell("need.passed", held, by, at)
    return held


@transaction.atomic
def take_again(need: Need, *, by: Actor, at: datetime) -> Need:
    """The partner cannot help: its owner does it after all."""
    held = _working_on(need, NeedState.TAKEN, by, at)
    held.state, held.due_at = NeedState.TAKEN, at + content.done_within(held.kind)
    held.late_told_at = None
    held.save(update_fields=["state", "due_at", "late_told_at"])
    _tell("need.came_back", held, by, at)
    return held


@transaction.atomic
def end_need(need: Need, outcome: str, *, by: Actor, at: datetime) -> Need:
    """It is done, and how it ended."""
    held = _working_on(need, NeedState.DONE, by, at)
    if outcome not in dict(content.outcomes()):
        raise ValidationError({"outcome": _("Kies hoe het afliep.")})
    end_access(held, at=at)
    held.state, held.outcome, held.ended_at = NeedState.DONE, outcome, at
    held.save(update_fields=["state", "outcome", "ended_at"])
    _tell("need.done", held, by, at)
    return held


def _working_on(need: Need, to: NeedState, by: Actor, at: datetime) -> Need:
    """The need, held, when this actor may bring it there; ValidationError when it was changed meanwhile."""
    if not can_work_on(by, need, at):
        raise PermissionDenied(NOT_YOURS)
    held = _held(need)
    if to not in ALLOWED[held.state] or held.owner_id != need.owner_id:
        raise ValidationError(_("Deze hulpvraag is intussen veranderd. Kijk opnieuw."))
    return held


def _tell(verb: str, need: Need, by: Actor, at: datetime) -> None:
    trail.record(verb, by=by, at=at, subject=need, thread_id=need.incident_id)
