"""The board of one region, as an officer needs it at night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django_stubs_ext import StrOrPromise

from nabij.accounts.models import SafetyRegion
from nabij.accounts.roles import Permission
from nabij.advice import content as advice
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.queries import incidents_for
from nabij.partners.content import most
from nabij.partners.queries.attention import reasons_of
from nabij.partners.queries.reaching import Number, number_now
from nabij.partners.queries.standing import PartnerLine, lines_for, partners_for


@dataclass(frozen=True)
class BoardLine:
    """One partner: whom to call now, how we stand with it, and what asks for attention."""

    line: PartnerLine
    kind: str
    number: Number
    reasons: list[StrOrPromise]


def board_of(region: SafetyRegion, actor: Actor, at: datetime) -> list[BoardLine]:
    """The partners of one region in the order in which they are told at an event."""
    order = {code: place for place, code in enumerate(advice.partners())}
    partners = list(partners_for(actor).filter(safety_region=region))
    partners.sort(key=lambda each: (order.get(each.kind, len(order)), each.name))
    return [
        BoardLine(
            line, advice.in_words("partner", line.partner.kind), number_now(line.partner, at),
            reasons_of(line, at),
        )
        for line in lines_for(partners, actor, at)
    ]  # fmt: skip


def region_of(regions: Sequence[SafetyRegion], wanted: str) -> SafetyRegion:
    """The region that was asked for; otherwise the first one, of these that the actor may see."""
    return next((each for each in regions if each.pk == wanted), regions[0])


def told_now(actor: Actor, at: datetime) -> list[Incident]:
    """Open events of the area, the newest first: from here one goes to telling the partners of it."""
    if not actor.may(Permission.MANAGE_INCIDENT):
        return []
    found = incidents_for(actor, at).filter(closed_at__isnull=True, is_exercise=False)
    return list(found.order_by("-reported_at", "pk")[: most("events")])
