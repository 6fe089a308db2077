"""People who are helped in the demonstration, sent by the police and given to a helper as in real life."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from nabij.accounts.models import Membership, Municipality
from nabij.accounts.queries import actor_for
from nabij.cases.actions import Facts, assign
from nabij.cases.models import Case, Part, WayIn
from nabij.kit.clock import local
from nabij.kit.content import load_toml
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.people.actions.receiving import Met
from nabij.police.actions import POLICE_TEXT, Referral, receive_referral
from nabij.support.actions import write_attempt
from nabij.support.models import AttemptOutcome
from nabij.vulnerability.actions import PoliceMessage
from nabij.vulnerability.models import RiskKind, RiskValue

FILE = Path(__file__).parent / "data" / "helping.toml"


@transaction.atomic
def build_cases(at: datetime) -> int:
    """Make the cases of the demonstration unless there are some; gives how many were made."""
    if Case.objects.exists():
        return 0
    content = load_toml(FILE)
    for fact in content["person"]:
        _build(fact, _member(content["police"]), _member(content["leader"]), at)
    return len(content["person"])


def _member(name: str) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(user__name=name)


def _build(fact: dict[str, Any], police: Membership, leader: Membership, at: datetime) -> None:
    day = local(at).date() - timedelta(days=fact["happened"])
    sent_at = at - timedelta(days=1)
    met = Met(
        fact["name"], fact["phone"], "nl", "", wants_contact=False, address=fact.get("address", ""),
        consent_version=POLICE_TEXT,
    )  # fmt: skip
    place = Municipality.objects.select_related("safety_region__team").get(code=fact["municipality"])
    facts = Facts(fact["topic"], way_in=WayIn.POLICE, happened_on=day)
    referral = Referral(met, facts, place, _agreed(fact), _message(fact, sent_at))
    case = receive_referral(referral, by=actor_for(police), at=sent_at)
    if "helper" in fact:
        assign(case, _member(fact["helper"]), Part.MAIN, by=actor_for(leader), at=sent_at)
        for _ in range(fact.get("tried", 0)):
            who = actor_for(_member(fact["helper"]))
            write_attempt(case, Way.CALL, AttemptOutcome.NO_ANSWER, by=who, at=sent_at)


def _agreed(fact: dict[str, Any]) -> Agreed | None:
    if "ways" not in fact:
        return None
    return Agreed(
        ways=tuple(fact["ways"]), from_time=fact["from_time"], until_time=fact["until_time"],
        has_secret_address=fact.get("has_secret_address", False), code_word=fact.get("code_word", ""),
    )  # fmt: skip


def _message(fact: dict[str, Any], at: datetime) -> PoliceMessage | None:
    if "number" not in fact:
        return None
    risks = {kind: RiskValue(fact[kind.value]) for kind in RiskKind if kind.value in fact}
    return PoliceMessage(
        fact["number"], local(at).date(), risks, dict.fromkeys(fact.get("measures", [])),
    )  # fmt: skip
