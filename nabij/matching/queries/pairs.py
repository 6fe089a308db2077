"""Possible doubles of one incident, side by side, and what was merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from nabij.audit.actor import Actor
from nabij.matching.blending import CHOSEN, Answer, consents_of_both, differing
from nabij.matching.models import Merge, PairState, PossibleDouble
from nabij.matching.policies import merges_visible_to, pairs_visible_to
from nabij.matching.scoring import OF_EMAIL, OF_PHONE, Reason
from nabij.people import content
from nabij.people.queries import Line, consents_now, lines_of, own_answers, registrations_for
from nabij.people.queries.registrations import COUNTED

LABELS: dict[str, StrOrPromise] = {
    "name": _("Naam"), "phone": _("Telefoon"), "email": _("E-mail"), "language": _("Taal"),
    "preferred_way": _("Liefst via"), "preferred_time": _("Liefst op"),
    "relation": _("Relatie tot de gebeurtenis"), "age_group": _("Leeftijd"), "municipality": _("Woonplaats"),
    "zone": _("Waar toen"), "household": _("Hoort bij"), "guardian": _("Ouder of verzorger"),
}  # fmt: skip
_IN_WORDS = ("language", "preferred_way", "preferred_time", "relation", "age_group", "zone")
HIDDEN = _("niet te zien voor u")


def pairs_for(actor: Actor, at: datetime) -> QuerySet[PossibleDouble]:
    """Pairs of which this actor may see both, whatever was said of them."""
    return PossibleDouble.objects.filter(pairs_visible_to(actor, at)).select_related("incident")


def open_pairs(actor: Actor, incident_id: UUID, at: datetime) -> QuerySet[PossibleDouble]:
    """Pairs of this incident that are still to be looked at, the most alike first."""
    both = {"first__state__in": COUNTED, "second__state__in": COUNTED}
    found = pairs_for(actor, at).filter(incident_id=incident_id, state=PairState.OPEN, **both)
    return found.order_by("-score", "pk")


def merges_for(actor: Actor, at: datetime) -> QuerySet[Merge]:
    """Merges of which this actor may see both sides, the last first."""
    found = Merge.objects.filter(merges_visible_to(actor, at))
    return found.select_related("kept", "folded", "incident").order_by("-merged_at", "pk")


@dataclass(frozen=True)
class Pair:
    """Two lines, opened, with why they may be one person."""

    pair: PossibleDouble
    first: Line
    second: Line

    @property
    def reasons(self) -> list[str]:
        """In words; not about a number or address that this page may not show."""
        hidden: set[str] = set()
        if not (self.first.phone and self.second.phone):
            hidden |= OF_PHONE
        if not (self.first.email and self.second.email):
            hidden |= OF_EMAIL
        return [str(Reason(each).label) for each in self.pair.reasons if each not in hidden]


def opened_pairs(pairs: Iterable[PossibleDouble], actor: Actor, at: datetime) -> list[Pair]:
    """These pairs as a registrar reads them; log the reading before showing it."""
    rows = list(pairs)
    wanted = {pk for row in rows for pk in (row.first_id, row.second_id)}
    found = registrations_for(actor, at).filter(pk__in=wanted)
    lines = {line.registration.pk: line for line in lines_of(found)}
    return [Pair(row, lines[row.first_id], lines[row.second_id]) for row in rows]


@dataclass(frozen=True)
class Fact:
    """One answer of both, in words, and whether they differ."""

    name: str
    label: StrOrPromise
    kept: str
    folded: str
    differs: bool


@dataclass(frozen=True)
class Sides:
    """Two registrations side by side: the one that would stay and the one that would be folded away."""

    kept: Line
    folded: Line
    facts: list[Fact]
    answers: list[Answer]
    told: tuple[Mapping[str, Any], Mapping[str, Any]]


def sides_of(pair: Pair, kept_id: str) -> Sides:
    """Side by side; without the id of the one that stays, it is the one that came first."""
    lines = sorted((pair.first, pair.second), key=lambda line: line.registration.received_at)
    if kept_id == str(lines[1].registration.pk):
        lines.reverse()
    kept, folded = lines
    told = own_answers(kept.registration), own_answers(folded.registration)
    chosen = differing(*told)
    facts = [
        Fact(name, LABELS[name], _shown(name, told[0], kept), _shown(name, told[1], folded), name in chosen)
        for name in CHOSEN
        if told[0][name] or told[1][name]
    ]
    answers = consents_of_both(consents_now(kept.registration), consents_now(folded.registration))
    return Sides(kept, folded, facts, answers, told)


def _shown(name: str, told: Mapping[str, Any], line: Line) -> str:
    value = str(told[name] or "")
    if (name == "phone" and value and not line.phone) or (name == "email" and value and not line.email):
        return str(HIDDEN)
    return content.say(name, value) if value and name in _IN_WORDS else value
