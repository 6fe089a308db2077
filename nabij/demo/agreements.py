"""Protocols that the municipalities of the demonstration agreed about long ago; nobody hears of it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from nabij.accounts.models import Membership, Organisation
from nabij.accounts.roles import Role
from nabij.kit.clock import local
from nabij.kit.content import load_toml
from nabij.protocols.examples import examples
from nabij.protocols.models import Approval, Protocol, State, Version
from nabij.protocols.queries import approvers
from nabij.protocols.writing import as_dict

FILE = Path(__file__).parent / "data" / "protocols.toml"


@transaction.atomic
def build_protocols(at: datetime) -> int:
    """Make the protocols unless there are some; gives how many were made."""
    if Protocol.objects.exists():
        return 0
    content = load_toml(FILE)
    then = at - timedelta(days=content["agreed_days_ago"])
    for place, codes in content["in_force"].items():
        for code in codes:
            _agree(_draft(place, code, then), content, then)
    for place, codes in content["draft"].items():
        for code in codes:
            _draft(place, code, at)
    return Protocol.objects.count()


def _draft(place: str, code: str, at: datetime) -> Version:
    officer = _officer(place)
    organisation = Organisation.objects.select_related("municipality__safety_region").get(
        pk=officer.organisation_id
    )
    plan = as_dict(examples()[code])
    protocol = Protocol.objects.create(organisation=organisation, code=code)
    return Version.objects.create(
        protocol=protocol, number=1, plan=plan, base=plan, made_at=at, made_by=officer.pk
    )


def _agree(version: Version, content: dict[str, Any], at: datetime) -> None:
    version.state, version.turn, version.sent_at, version.sent_by = State.SENT, 1, at, version.made_by
    version.save()
    for party in version.whole_plan.approved_by:
        who = approvers(party, version.protocol.organisation, at).first()
        Approval.objects.create(
            version=version,
            turn=1,
            kind=party,
            organisation_id=who.organisation_id if who else None,
            is_approved=True,
            job_title="" if who else content["job_title"],
            agreed_on=None if who else local(at).date(),
            given_at=at,
            given_by=who.pk if who else version.made_by,
        )
    version.state, version.in_force_at = State.IN_FORCE, at
    version.save()


def _officer(place: str) -> Membership:
    """The officer of this municipality who came first."""
    return Membership.objects.filter(
        organisation__municipality_id=place, role=Role.DUTY_OFFICER
    ).order_by("user__email")[0]  # fmt: skip
