"""Districts that know each other, shared articles, questions and calls of the demonstration."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.advice.actions import Asked, Said, answer_question, ask_advice, log_call, name_contact
from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.kit.content import load_toml
from nabij.knowledge.actions import (
    Written,
    brief_district,
    name_district,
    see_catalogue,
    watch_door,
    write_article,
)
from nabij.knowledge.models import District
from nabij.notify.models import Channel
from nabij.notify.sending import add_contact_point

FILE = Path(__file__).parent / "data" / "advising.toml"
DESK = "Noor Wessels"


@transaction.atomic
def build_advice(at: datetime) -> int:
    """Make the districts and what belongs to them unless there are some; gives how many were made."""
    if District.objects.exists():
        return 0
    content = load_toml(FILE)
    for fact in content["phone"]:
        who = Membership.objects.get(user__name=fact["name"])
        add_contact_point(who.pk, Channel.VOICE, fact["number"], delay=timedelta(minutes=2))
    for fact in content["district"]:
        _build_district(fact, at)
    for fact in content["article"]:
        words = Written(fact["title"], fact["text"], tuple(fact["topics"]))
        write_article(words, by=_actor(fact["writer"]), at=at - timedelta(days=30))
    for fact in content["door"]:
        watch_door(fact["partner"], fact["place"], by=_actor(fact["writer"]), at=at)
    for fact in content["question"]:
        _build_question(fact, at)
    for fact in content["call"]:
        said = Said(
            fact["caller"], fact["topic"], fact["text"], fact["minutes"], answer=fact["answer"],
            function=fact["function"], municipality_code=fact["municipality"],
        )  # fmt: skip
        log_call(said, by=_actor(DESK), at=at - timedelta(days=fact["called"]))
    return len(content["district"])


def _actor(name: str) -> Actor:
    return actor_for(Membership.objects.select_related("user", "organisation").get(user__name=name))


def _build_district(fact: dict[str, Any], at: datetime) -> None:
    district = name_district(fact["municipality"], fact["name"], by=_actor(DESK), at=at)
    if "officer" not in fact:
        return
    officer, leader = _actor(fact["officer"]), _actor(fact["leader"])
    for each in (officer, leader):
        if each.id is not None:
            name_contact(district, each.id, by=each, at=at)
    brief_district(district, local(at).date() - timedelta(days=fact["told"]), by=leader, at=at)
    if "seen" in fact:
        see_catalogue(district, by=officer, at=at - timedelta(days=fact["seen"]))


def _build_question(fact: dict[str, Any], at: datetime) -> None:
    asked_at = at - timedelta(days=fact["asked"])
    asked = Asked(fact["topic"], fact["text"], fact["urgency"])
    question = ask_advice(asked, by=_actor(fact["asker"]), at=asked_at)
    if "answer" in fact:
        answer_question(question, fact["answer"], by=_actor(DESK), at=asked_at + timedelta(hours=2))
