"""Plain makers of partners, shared by tests and the demonstration."""

from datetime import datetime
from typing import Any

from nabij.audit.actor import Actor
from nabij.partners.actions import Reached, keep_partner
from nabij.partners.models import RegionPartner


def make_partner(*, by: Actor, at: datetime, region: str = "VR91", **fields: Any) -> RegionPartner:
    given = {
        "kind": "ghor", "name": "GHOR", "day_phone": "0201111111", "day_function": "bureau",
        "night_phone": "0202222222", "night_function": "officier van dienst", **fields,
    }  # fmt: skip
    return keep_partner(region, Reached(**given), by=by, at=at)
