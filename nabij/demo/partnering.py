"""Partners of the regions of the demonstration, with their contact persons, agreements and moments."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.kit.content import load_toml
from nabij.partners.actions import (
    Agreed,
    Known,
    Met,
    Reached,
    agree,
    keep_partner,
    know_partner,
    meet_partners,
)
from nabij.partners.models import RegionPartner

FILE = Path(__file__).parent / "data" / "partnering.toml"
NUMBERS = ("day_phone", "day_function", "night_phone", "night_function")
AGO = timedelta(days=300)


@transaction.atomic
def build_partners(at: datetime) -> int:
    """Make the partners unless there are some; gives how many were made."""
    if RegionPartner.objects.exists():
        return 0
    told = load_toml(FILE)["partner"]
    for fact in told:
        _build(fact, at)
    return len(told)


def _build(fact: dict[str, Any], at: datetime) -> None:
    keeper, today = _actor(fact["keeper"]), local(at).date()
    numbers = {name: fact.get(name, "") for name in NUMBERS}
    reached = Reached(fact["kind"], fact["name"], municipality_id=fact.get("municipality"), **numbers)
    partner = keep_partner(fact["region"], reached, by=keeper, at=at - timedelta(days=30))
    if "theirs" in fact and keeper.id is not None:
        known = Known(keeper.id, their_function=fact["theirs"], their_phone=fact["their_phone"])
        know_partner(partner, known, by=keeper, at=at)
    if "agreement" in fact:
        agreed = Agreed(fact["agreement"], today - AGO, today + timedelta(days=fact["look"]))
        agree(partner, agreed, by=keeper, at=at)
    if "spoken" in fact:
        met = Met("talk", today - timedelta(days=fact["spoken"]))
        meet_partners([partner.pk], met, by=keeper, at=at)
    if "planned" in fact:
        met = Met("network", today + timedelta(days=fact["planned"]))
        meet_partners([partner.pk], met, by=keeper, at=at)


def _actor(name: str) -> Actor:
    return actor_for(Membership.objects.select_related("user", "organisation").get(user__name=name))
