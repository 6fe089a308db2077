"""Whom to call at this moment: by day the one number, by night and on days off the other."""

from dataclasses import dataclass
from datetime import datetime

from nabij.advice.queries import notices_at
from nabij.advice.queries.partners import NoticeLine
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.partners.content import is_day
from nabij.partners.models import RegionPartner
from nabij.partners.queries.standing import partners_for


@dataclass(frozen=True)
class Number:
    """The number to call now and the role that answers; `is_other` when it is the one of the other hours."""

    phone: str
    function: str
    is_other: bool


def number_now(partner: RegionPartner, at: datetime) -> Number:
    """The number of these hours; where there is none the other one, marked: there may be no answer."""
    day = (partner.day_phone, partner.day_function)
    night = (partner.night_phone, partner.night_function)
    first, second = (day, night) if is_day(at) else (night, day)
    phone, function = first if first[0] else second
    return Number(phone, function, is_other=not first[0])


@dataclass(frozen=True)
class ToTell:
    """One kind of partner at an event: was it told, and whom to call for it."""

    line: NoticeLine
    numbers: list[tuple[RegionPartner, Number]]


def numbers_at(incident: Incident, actor: Actor, at: datetime) -> list[ToTell]:
    """Every kind of partner of an event with the numbers of its region; for who may see the event.

    First who was not told and can be called, then who was not told, then who was.
    """
    regions = list(incident.municipalities.values_list("safety_region_id", flat=True))
    known: dict[str, list[tuple[RegionPartner, Number]]] = {}
    for each in partners_for(actor).filter(safety_region_id__in=regions):
        known.setdefault(each.kind, []).append((each, number_now(each, at)))
    found = [ToTell(line, known.get(line.partner, [])) for line in notices_at(incident, at)]
    return sorted(found, key=lambda each: (each.line.notice is not None, not each.numbers))
