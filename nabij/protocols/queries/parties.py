"""Who says yes for a party, what each party said of a version, and what waits for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership, Organisation, OrganisationKind
from nabij.accounts.queries import names_of
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.protocols.lists import in_dutch, platform_kind
from nabij.protocols.models import Approval, State, Version
from nabij.protocols.policies import can_approve, is_approver, party_of, versions_visible_to

ROLES = [role for role, may in PERMISSIONS.items() if Permission.APPROVE_PROTOCOL in may]


@dataclass(frozen=True)
class Party:
    """One party of a version: its name, what it said this turn, and whether it has people in Nabij."""

    code: str
    name: str
    approval: Approval | None
    said_by: str
    is_here: bool

    @property
    def may_be_written(self) -> bool:
        """Nobody in Nabij can say yes for it and nothing was said: the writer records what was agreed."""
        return self.approval is None and not self.is_here


def approvers(party: str, organisation: Organisation, at: datetime) -> QuerySet[Membership]:
    """Who may say yes for this party about this municipality's protocols; none for one not on Nabij."""
    place = organisation.municipality
    region = place.safety_region if place else None
    team = Q(team_id=region.team_id) if region and region.team_id else Q(pk__in=[])
    where: dict[str, Q] = {
        OrganisationKind.MUNICIPALITY: Q(organisation=organisation),
        OrganisationKind.VICTIM_SUPPORT: Q(is_national=True) | team,
    }
    kind = platform_kind(party)
    near = where.get(kind, Q(organisation__safety_region=region, organisation__safety_region__isnull=False))
    found = Membership.objects.current(at).filter(near, role__in=ROLES, organisation__kind=kind)
    return found.select_related("user").order_by("pk")


def parties_of(version: Version, at: datetime) -> list[Party]:
    """Every party named in the plan, with what it said since the version was sent last."""
    said = {each.kind: each for each in version.approvals.filter(turn=version.turn)}
    names = names_of({each.given_by for each in said.values()})
    organisation = version.protocol.organisation
    return [
        Party(
            code=party,
            name=in_dutch("org", party),
            approval=said.get(party),
            said_by=names.get(said[party].given_by, "") if party in said else "",
            is_here=approvers(party, organisation, at).exists(),
        )
        for party in version.whole_plan.approved_by
    ]


def waiting_for(actor: Actor, at: datetime) -> list[Version]:
    """Versions that this actor's party has not answered yet, first sent first."""
    if not is_approver(actor):
        return []
    sent = Version.objects.filter(versions_visible_to(actor, at), state=State.SENT).select_related(
        "protocol__organisation"
    )
    waiting = sent.prefetch_related("approvals").order_by("sent_at", "pk")
    return [each for each in waiting if can_approve(actor, each, at) and not _has_said(each, actor)]


def _has_said(version: Version, actor: Actor) -> bool:
    party = party_of(actor, version.protocol.organisation)
    return any(each.turn == version.turn and each.kind == party for each in version.approvals.all())
