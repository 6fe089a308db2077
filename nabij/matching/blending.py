"""What two registrations become: chosen field by field, needs added up, safety the strictest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nabij.people.models import Consent, Receiver
from nabij.people.queries.registrations import UNSAFE

CHOSEN = (
    "name", "phone", "email", "language", "preferred_way", "preferred_time", "relation", "age_group",
    "municipality", "zone", "household", "guardian",
)  # fmt: skip
ADDED = ("needs", "aids")
NEWEST = ("wants_newsletter",)
_STRICT = (UNSAFE, "careful")
KEPT, FOLDED = "kept", "folded"


def differing(kept: Mapping[str, Any], folded: Mapping[str, Any]) -> list[str]:
    """The fields of which somebody must choose."""
    return [name for name in CHOSEN if kept[name] != folded[name] and folded[name]]


def suggested(kept: Mapping[str, Any], name: str) -> str:
    """Which one is chosen unless somebody says otherwise: the one that stays, when it says anything."""
    return KEPT if kept[name] else FOLDED


def blended(
    kept: Mapping[str, Any], folded: Mapping[str, Any], choices: Mapping[str, str], *, folded_is_newer: bool
) -> dict[str, Any]:
    """The answers of the two as one."""
    told = dict(kept)
    for name in differing(kept, folded):
        if choices.get(name, suggested(kept, name)) == FOLDED:
            told[name] = folded[name]
    for name in ADDED:
        told[name] = [*kept[name], *(code for code in folded[name] if code not in kept[name])]
    if folded_is_newer:
        told |= {name: folded[name] for name in NEWEST}
    told["wants_closed_part"] = kept["wants_closed_part"] or folded["wants_closed_part"]  # nobody is put out
    if "yes" in (kept["urgent"], folded["urgent"]):
        told["urgent"] = "yes"
    told["safe_to_call"] = strictest(str(kept["safe_to_call"]), str(folded["safe_to_call"]))
    return told


def strictest(one: str, other: str) -> str:
    """How safe calling is, when two answers were given: the most careful one counts."""
    for answer in _STRICT:
        if answer in (one, other):
            return answer
    return one or other


@dataclass(frozen=True)
class Answer:
    """Which of two answers about sharing counts, and why."""

    receiver: str
    counts: Consent | None
    why: str | Promise

    @property
    def label(self) -> str:
        """The receiver in words."""
        return str(Receiver(self.receiver).label)

    @property
    def is_given(self) -> bool:
        """Whether this receiver may have the data."""
        return self.counts is not None and self.counts.is_given


def consents_of_both(kept: Mapping[str, Consent], folded: Mapping[str, Consent]) -> list[Answer]:
    """For each receiver the newest answer, for one person answered both; of two at once the no counts.

    An answer without the text that was shown was never given: then only the other counts. Nobody chooses.
    """
    return [_answer(each, kept.get(each), folded.get(each)) for each in Receiver.values]


def _answer(receiver: str, kept: Consent | None, folded: Consent | None) -> Answer:
    told = [each for each in (kept, folded) if each is not None and each.text_version]
    if not told:
        return Answer(receiver, None, _("er is niets gevraagd, dus niet"))
    if len(told) == 1 or told[0].is_given == told[1].is_given:
        why = _("alleen hier is het gevraagd") if len(told) == 1 else _("beide keren hetzelfde antwoord")
        return Answer(receiver, told[0], why)
    first, second = told
    if first.at == second.at:
        return Answer(receiver, second if first.is_given else first, _("tegelijk ja en nee, dus nee"))
    return Answer(receiver, max(told, key=lambda each: each.at), _("het laatste antwoord telt"))
