"""A phase begins by a decision with its reason; the acute phase starts the clock of two hours."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres import actions as centre_actions
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.centres.models import AdviceCentre, CentreText
from nabij.centres.norms import norms
from nabij.centres.queries import state_of
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.openings.content import Item, checklist, phases
from nabij.openings.models import ALLOWED, ChecklistItem, ClosingPlan, Opening, Phase, PhaseDecision
from nabij.openings.policies import can_check, can_decide, can_open_again


@transaction.atomic
def start_opening(centre: AdviceCentre, *, by: Actor, at: datetime) -> Opening:
    """The list of two hours for a commission, once; asked again it is the list that is there."""
    centre = locked_centre(centre.pk)
    if not can_check(by, centre, at):
        raise PermissionDenied(_("Deze lijst kunt u niet maken."))
    found = Opening.objects.filter(decision__centre=centre).order_by("-decision__number").first()
    if found is not None:
        return found
    commission = centre.commission
    decision = write_decision(
        centre, Phase.ACUTE, _("De opdracht is gegeven."), number=1, by=by, at=commission.commissioned_at
    )
    return _open(decision, commission.commissioned_at, centre.target_at, done_by=commission.entered_by_id)


@transaction.atomic
def decide_phase(centre: AdviceCentre, phase: str, reason: str, *, by: Actor, at: datetime) -> PhaseDecision:
    """The next phase begins; back from closing, what was announced about the end is withdrawn.

    Closing begins by announcing it and ends by archiving; opening again has its own decision.
    """
    centre = locked_centre(centre.pk)
    if not can_decide(by, centre, at):
        raise PermissionDenied(_("Over de fase besluit de hoofdredacteur."))
    now = last_decision(centre)
    if phase not in (Phase.AFTERCARE, Phase.LONG) or phase not in ALLOWED[now.phase]:
        raise Refused(_("Deze fase kan nu niet beginnen."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom."))
    if now.phase == Phase.CLOSING:
        _call_off(centre, reason, by=by, at=at)
    return next_decision(now, phase, reason, by=by, at=at)


def _call_off(centre: AdviceCentre, reason: str, *, by: Actor, at: datetime) -> None:
    """The plan to close is withdrawn, and with it its notice: what readers have, and what still waits."""
    plan = ClosingPlan.objects.get(centre=centre, withdrawn_at=None, archived_on=None)
    plan.withdrawn_at = at
    plan.save(update_fields=["withdrawn_at"])
    for text in CentreText.objects.filter(centre=centre, message_key=plan.notice_key, is_message=True):
        state = state_of(text)
        for version in ([state.live] if state.live else []) + state.proposals:
            centre_actions.withdraw_version(version, reason=reason, by=by, at=at)


@transaction.atomic
def open_again(centre: AdviceCentre, reason: str, *, by: Actor, at: datetime) -> Opening:
    """An archived centre opens again: two hours from now, with a new list and new tests. Source: iac §8."""
    centre = locked_centre(centre.pk)
    if not can_open_again(by, centre, at):
        raise PermissionDenied(_("Dit centrum kunt u niet weer openen."))
    now = last_decision(centre)
    if now.phase != Phase.ARCHIVED:
        raise Refused(_("Dit centrum is niet gesloten."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom."))
    centre_actions.open_again(centre, by=by, at=at)
    decision = next_decision(now, Phase.ACUTE, reason, by=by, at=at)
    return _open(decision, at, norms().target(at), done_by=membership_of(by))


def last_decision(centre: AdviceCentre) -> PhaseDecision:
    """The phase in which a centre is, with the centre held; refused before its list was made."""
    found = PhaseDecision.objects.filter(centre=centre).select_related("centre").order_by("-number").first()
    if found is None:
        raise Refused(_("De lijst van twee uur is er nog niet. Maak die eerst."))
    return found


def next_decision(now: PhaseDecision, phase: str, reason: str, *, by: Actor, at: datetime) -> PhaseDecision:
    """The decision that follows this one, with the list of its phase."""
    decision = write_decision(now.centre, phase, reason, number=now.number + 1, by=by, at=at)
    _list(decision, [] if phase == Phase.ACUTE else list(phases()[phase].tasks), at)
    return decision


def write_decision(
    centre: AdviceCentre, phase: str, reason: str, *, number: int, by: Actor, at: datetime
) -> PhaseDecision:
    """The row and its line in the trail."""
    decision = PhaseDecision(centre=centre, number=number, phase=phase, decided_at=at, decided_by=by.id)
    decision.reason_sealed = seal(decision.pk, reason.strip())
    decision.save(force_insert=True)
    trail.record(
        "centre.phase_began", by=by, at=at, subject=centre, thread_id=centre.incident_id,
        facts={"phase": phase, "number": number},
    )  # fmt: skip
    return decision


def _open(decision: PhaseDecision, started_at: datetime, target_at: datetime, *, done_by: object) -> Opening:
    opening = Opening.objects.create(decision=decision, started_at=started_at, target_at=target_at)
    wants_closed_part = decision.centre.commission.wants_closed_part
    asked = [item for item in checklist() if wants_closed_part or not item.needs_closed_part]
    _list(decision, [*asked, *phases()[Phase.ACUTE].tasks], started_at)
    first = [item.code for item in asked if item.is_done_at_start]
    decision.items.filter(code__in=first).update(done_at=started_at, done_by=done_by)
    return opening


def _list(decision: PhaseDecision, asked: list[Item], started_at: datetime) -> None:
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            decision=decision, code=item.code, seat=item.seat, position=position,
            due_at=item.due_at(started_at),
        )
        for position, item in enumerate(asked)
    )  # fmt: skip
