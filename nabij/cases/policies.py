"""Who may see a case (grants and nothing else), and who may do what in it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.content import is_trigger
from nabij.cases.models import ALLOWED, BreakGlass, Case, CaseHelper
from nabij.people.policies import grants_to
from nabij.vulnerability.models import Level

SCOPE = "case"


def works_with_cases(actor: Actor) -> bool:
    """Helpers and team leaders; whoever opens one in an emergency works with that one only."""
    return actor.may(Permission.HELP_PEOPLE) or actor.may(Permission.LEAD_CASES)


def visible_to(actor: Actor, at: datetime) -> Q:
    """Cases of persons whom a running grant opens to this actor; one's own for the person helped."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(person_id=actor.id)
    if not (works_with_cases(actor) or actor.may(Permission.BREAK_GLASS)):
        return Q(pk__in=[])
    return Q(Exists(grants_to(actor, at, SCOPE).filter(person_id=OuterRef("person_id"))))


def can_open(actor: Actor, case: Case, at: datetime) -> bool:
    """Read this case; what a page found out before, it does not ask again."""
    if case.seen_by == (actor, at):
        return True
    return Case.objects.filter(visible_to(actor, at), pk=case.pk).exists()


def can_create(actor: Actor) -> bool:
    """Search, and start a case for somebody who asks: staff of a team and its leader, no volunteers."""
    return actor.may(Permission.OPEN_CASES) and actor.team_id is not None


def is_helper(actor: Actor, case: Case, at: datetime) -> bool:
    """Whether this actor helps in this case now, in any part."""
    if case.seen_by == (actor, at) and case.is_helped_by is not None:
        return case.is_helped_by
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    rows = CaseHelper.objects.filter(
        running, case=case, membership_id=actor.id or UUID(int=0), starts_at__lte=at
    )
    found = rows.exists()
    if case.seen_by == (actor, at):
        case.is_helped_by = found
    return found


def can_lead(actor: Actor, case: Case, at: datetime) -> bool:
    """Assign, approve and review: the leader of the team whose case it is, if it is open to that leader."""
    leads = actor.may(Permission.LEAD_CASES) and actor.team_id == case.team_id
    return leads and can_open(actor, case, at)


def can_help(actor: Actor, case: Case, at: datetime) -> bool:
    """Do something in an open case: who helps in it, and the team leader."""
    return (
        case.is_open
        and can_open(actor, case, at)
        and (is_helper(actor, case, at) or can_lead(actor, case, at))
    )


def can_call(actor: Actor, case: Case, at: datetime) -> bool:
    """Open the number to call: who may help, and who was let in to this case in an emergency."""
    emergency = BreakGlass.objects.filter(
        case=case, membership_id=actor.id or UUID(int=0), starts_at__lte=at, ends_at__gt=at
    )
    return can_help(actor, case, at) or (can_open(actor, case, at) and emergency.exists())


def can_close(actor: Actor, case: Case, at: datetime) -> bool:
    """Close it: whoever helps in it."""
    return "closed" in ALLOWED[case.state] and can_help(actor, case, at)


def can_reopen(actor: Actor, case: Case, at: datetime) -> bool:
    """Open it again: who helped in it last, or the team leader."""
    mine = is_helper(actor, case, at) or can_lead(actor, case, at)
    return not case.is_open and can_open(actor, case, at) and mine


def can_open_address(actor: Actor, case: Case, level: Level | None, at: datetime) -> bool:
    """The real address: helper and deputy with a reason each time, the leader below level 3 only."""
    if is_helper(actor, case, at):
        return can_open(actor, case, at)
    return can_lead(actor, case, at) and (level is None or level < Level.HIGH)


def can_break_glass(actor: Actor) -> bool:
    """Open a case in an emergency: staff on call (that they have duty now, the action asks)."""
    return actor.may(Permission.BREAK_GLASS)


def gets_case_manager(case: Case) -> bool:
    """One rule, four triggers (brochure L236-240); what a team leader decided with a reason goes first."""
    if case.has_case_manager is not None:
        return case.has_case_manager
    return is_trigger(case.topic, case.capacity, is_severe=case.is_severe)


def is_named_only(level: Level | None) -> bool:
    """At this level only people who were named see the case, not the leader's role in general."""
    return level == Level.HIGH
