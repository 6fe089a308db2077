"""Closing: proposed with its criteria, announced three months ahead by another, archived in the end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres import actions as centre_actions
from nabij.centres.actions.locking import locked_centre, membership_of
from nabij.centres.models import AdviceCentre
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.kit.clock import local
from nabij.kit.notation import day_in_words
from nabij.openings import counters
from nabij.openings.actions.deciding import last_decision, next_decision
from nabij.openings.content import closing_notice, notice_source
from nabij.openings.models import ALLOWED, ClosingPlan, Phase, VisitCount
from nabij.openings.policies import can_announce, can_check, can_decide
from nabij.openings.queries.closings import earliest_end, unmet


@dataclass(frozen=True)
class Proposal:
    """What a proposal to close says about what nobody can count."""

    council_on: date | None = None
    contact_point: str = ""
    inquiry: str = ""
    reason: str = ""


@transaction.atomic
def count_visits(
    centre: AdviceCentre, day: date, visits: int, source: str, *, by: Actor, at: datetime
) -> VisitCount:
    """How often the centre was visited in the week of this day, and who counted; typed again counts."""
    if not can_check(by, centre, at):
        raise PermissionDenied(_("Dit centrum kunt u niet bijwerken."))
    week_on = day - timedelta(days=day.weekday())
    if week_on + timedelta(days=7) > local(at).date():
        raise Refused(_("Deze week is nog niet voorbij."))
    row, _is_new = VisitCount.objects.update_or_create(
        centre=centre, week_on=week_on,
        defaults={"visits": visits, "source": source, "entered_at": at, "entered_by": membership_of(by)},
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"week": week_on.isoformat(), "visits": visits}
    trail.record(
        "centre.visits_counted", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts
    )
    return row


@transaction.atomic
def propose_closing(centre: AdviceCentre, proposal: Proposal, *, by: Actor, at: datetime) -> ClosingPlan:
    """Propose to close; when a criterion is not met only with a reason. Source: iac §8."""
    centre = locked_centre(centre.pk)
    if not can_check(by, centre, at):
        raise PermissionDenied(_("Dit centrum kunt u niet laten sluiten."))
    if Phase.CLOSING not in ALLOWED[last_decision(centre).phase]:
        raise Refused(_("In deze fase kan het centrum niet sluiten."))
    if ClosingPlan.objects.filter(centre=centre, withdrawn_at=None, archived_on=None).exists():
        raise Refused(_("Er is al een voorstel om te sluiten."))
    plan = ClosingPlan(
        centre=centre, proposed_at=at, proposed_by=membership_of(by), council_on=proposal.council_on,
        contact_point=proposal.contact_point.strip(),
    )  # fmt: skip
    plan.inquiry_sealed = seal(plan.pk, proposal.inquiry.strip())
    plan.unmet = unmet(centre, plan, at)
    plan.reason_sealed = seal(plan.pk, proposal.reason.strip())
    if plan.unmet and not plan.reason_sealed:
        raise Refused(_("Nog niet alles is in orde. Schrijf op waarom het centrum toch kan sluiten."))
    plan.save(force_insert=True)
    _tell("centre.closing_proposed", plan, by=by, at=at, facts={"unmet": len(plan.unmet)})
    return plan


@transaction.atomic
def drop_proposal(plan: ClosingPlan, *, by: Actor, at: datetime) -> ClosingPlan:
    """The centre does not close now; what was announced is withdrawn by a decision about the phase."""
    plan = _locked(plan)
    if not can_decide(by, plan.centre, at):
        raise PermissionDenied(_("Over sluiten besluit de hoofdredacteur."))
    if plan.announced_on is not None or plan.withdrawn_at is not None:
        raise Refused(_("Dit voorstel is er niet meer."))
    plan.withdrawn_at = at
    plan.save(update_fields=["withdrawn_at"])
    _tell("centre.closing_dropped", plan, by=by, at=at)
    return plan


@transaction.atomic
def announce_closing(
    plan: ClosingPlan, ends_on: date, contact_point: str = "", *, by: Actor, at: datetime
) -> ClosingPlan:
    """Another than who proposed it announces the last day, three months ahead; the public text waits for a
    second pair of eyes, and the groups hear of it from the trail (`centre.closing_announced`)."""
    plan = _locked(plan)
    if not can_announce(by, plan, at):
        raise PermissionDenied(_("Een ander dan wie het voorstelde besluit hierover: de hoofdredacteur."))
    if plan.announced_on is not None or plan.withdrawn_at is not None:
        raise Refused(_("Dit voorstel is er niet meer."))
    plan.contact_point = contact_point.strip() or plan.contact_point
    if not plan.contact_point:
        raise Refused(_("Schrijf op waar mensen daarna terecht kunnen."))
    today = local(at).date()
    if ends_on < earliest_end(today):
        raise Refused(_("De laatste dag is op zijn vroegst over drie maanden."))
    plan.announced_on, plan.announced_by, plan.ends_on = today, by.id, ends_on
    plan.save(update_fields=["announced_on", "announced_by", "ends_on", "contact_point"])
    next_decision(last_decision(plan.centre), Phase.CLOSING, _("De sluiting is aangekondigd."), by=by, at=at)
    bodies = closing_notice(_in_words(ends_on), plan.contact_point)
    notice = centre_actions.write_message(
        plan.centre, bodies, stated_at=at, source=notice_source(), by=by, at=at
    )
    plan.notice_key = notice[0].text.message_key
    plan.save(update_fields=["notice_key"])
    _tell("centre.closing_announced", plan, by=by, at=at, facts={"ends": ends_on.isoformat()})
    return plan


def _in_words(day: date) -> dict[str, str]:
    words = {}
    for tongue in ("nl", "en"):
        with translation.override(tongue):
            words[tongue] = day_in_words(day)
    return words


@transaction.atomic
def archive(plan: ClosingPlan, *, by: Actor, at: datetime) -> ClosingPlan:
    """After the last day: the pages stay to be read, registering ends, the terms of retention begin."""
    plan = _locked(plan)
    if not can_decide(by, plan.centre, at):
        raise PermissionDenied(_("Over sluiten besluit de hoofdredacteur."))
    today = local(at).date()
    if plan.ends_on is None or plan.withdrawn_at is not None or plan.archived_on is not None:
        raise Refused(_("Dit centrum kan nu niet dicht."))
    if today < plan.ends_on:
        raise Refused(_("De laatste dag is nog niet geweest."))
    _nobody_waits(plan.centre, at)
    plan.archived_on = today
    plan.save(update_fields=["archived_on"])
    next_decision(last_decision(plan.centre), Phase.ARCHIVED, _("De laatste dag is geweest."), by=by, at=at)
    centre_actions.archive_centre(plan.centre, by=by, at=at)
    return plan


def _nobody_waits(centre: AdviceCentre, at: datetime) -> None:
    """Between the proposal and the last day lie months: whoever asked since is helped first."""
    number = counters.count(counters.Figure.OPEN_URGENT, centre, at)
    if number:
        said = ngettext(
            "Er wacht nog %(number)s vraag die haast heeft. Handel die eerst af bij het loket.",
            "Er wachten nog %(number)s vragen die haast hebben. Handel die eerst af bij het loket.",
            number,
        )
        raise Refused(said % {"number": number})


def _locked(plan: ClosingPlan) -> ClosingPlan:
    """The plan with its centre, both held."""
    centre = locked_centre(plan.centre_id)
    plan = ClosingPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.centre = centre
    return plan


def _tell(
    verb: str, plan: ClosingPlan, *, by: Actor, at: datetime, facts: dict[str, trail.Fact] | None = None
) -> None:
    centre = plan.centre
    trail.record(verb, by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts)
