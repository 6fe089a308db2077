"""Conditions of steps and starts: a closed list of facts and comparisons, read here and never run as code.

clause ("and" clause)*, where a clause is one of: `fact` · `not fact` · `people >= 4` (also <=, =, >, <) ·
`topic in EVT-07|EVT-09` · `severity in serious|fatal` · `decision:SCH-04 in text_approved|not_reached`.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nabij.guide.topics import topics
from nabij.protocols.lists import facts

MOST = 300  # characters
Value = str | int | bool

_COMPARED: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, "<=": operator.le, "=": operator.eq, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_SAID = {
    ">=": "{label}: {number} of meer", "<=": "{label}: hoogstens {number}", "=": "{label}: {number}",
    ">": "{label}: meer dan {number}", "<": "{label}: minder dan {number}",
}  # fmt: skip
_NAME = r"[a-z][a-z0-9_]{0,39}"
_CODE = r"[A-Za-z][A-Za-z0-9_-]{0,39}"
_PLAIN = re.compile(rf"(?P<no>not )?(?P<name>{_NAME})")
_NUMBER = re.compile(rf"(?P<name>{_NAME}) ?(?P<sign>>=|<=|=|>|<) ?(?P<number>[0-9]{{1,9}})")
_ONE_OF = re.compile(
    rf"(?P<name>decision:[A-Z]{{3}}-[0-9]{{2}}|{_NAME}) in (?P<codes>{_CODE}(?: ?\| ?{_CODE})*)"
)
_RESERVED = {"and", "in", "not", "or"}


class ConditionError(ValueError):
    """A condition that is not one of the closed list; the message says what is wrong, in Dutch."""


@dataclass(frozen=True)
class Clause:
    """One part of a condition: a fact and what it must be; `sign` is "", "not", a comparison or "in"."""

    name: str
    sign: str
    number: int = 0
    codes: tuple[str, ...] = ()

    def holds(self, known: Mapping[str, Value]) -> bool | None:
        """Whether it holds; None when the fact is not known, or is not of the kind that is asked."""
        value = known.get(self.name)
        if self.sign in ("", "not"):
            return (value is (self.sign == "")) if isinstance(value, bool) else None
        if self.sign == "in":
            return value in self.codes if isinstance(value, str) else None
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return _COMPARED[self.sign](value, self.number)

    def in_words(self, labels: Mapping[str, str] | None = None) -> str:
        """The clause as people say it; `labels` names the answers of decisions ("SCH-04 text_approved")."""
        if self.name.startswith("decision:"):
            step = self.name.removeprefix("decision:")
            said = [f"“{(labels or {}).get(f'{step} {code}', code)}”" for code in self.codes]
            return f"besluit {step}: {' of '.join(said)}"
        fact = facts()[self.name]
        if self.sign == "in":
            names = {code: each.nl for code, each in topics().items()} | dict(fact.choices)
            return f"{fact.yes_nl}: {' of '.join(names.get(code, code) for code in self.codes)}"
        if self.sign in _SAID:
            return _SAID[self.sign].format(label=fact.yes_nl, number=self.number)
        return fact.no_nl if self.sign == "not" else fact.yes_nl


@dataclass(frozen=True)
class Condition:
    """Clauses that must all hold; without clauses it always holds."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, known: Mapping[str, Value]) -> bool | None:
        """Whether all hold; one that does not wins over one that is not known yet (None)."""
        found = [clause.holds(known) for clause in self.clauses]
        if False in found:
            return False
        return None if None in found else True

    def in_words(self, labels: Mapping[str, str] | None = None) -> str:
        """The condition as people say it; "altijd" without clauses."""
        return ", en ".join(clause.in_words(labels) for clause in self.clauses) or "altijd"

    def asks(self) -> tuple[str, ...]:
        """The names of the facts it needs, each once, in order."""
        return tuple(dict.fromkeys(clause.name for clause in self.clauses))


def parse(text: str) -> Condition:
    """The condition in this text; empty is "always"; raises ConditionError for anything else."""
    if len(text) > MOST:
        raise ConditionError(_("De voorwaarde is te lang: hoogstens %(most)s tekens.") % {"most": MOST})
    if not text.strip():
        return Condition()
    parts = re.split(r" and ", " ".join(text.split()))
    return Condition(tuple(_clause(part) for part in parts))


def _clause(text: str) -> Clause:
    clause = _read(text)
    if clause is None:
        raise ConditionError(_("“%(text)s” is geen voorwaarde uit de lijst.") % {"text": text})
    if not clause.name.startswith("decision:"):
        _must_fit(clause)
    return clause


def _read(text: str) -> Clause | None:
    if found := _ONE_OF.fullmatch(text):
        codes = tuple(each.strip() for each in found["codes"].split("|"))
        return Clause(found["name"], "in", codes=codes)
    if found := _NUMBER.fullmatch(text):
        return Clause(found["name"], found["sign"], number=int(found["number"]))
    found = _PLAIN.fullmatch(text)
    if found is None or found["name"] in _RESERVED:
        return None
    return Clause(found["name"], "not" if found["no"] else "")


def _must_fit(clause: Clause) -> None:
    """Raises ConditionError when the fact is unknown, or cannot be asked like this."""
    fact = facts().get(clause.name)
    if fact is None:
        raise ConditionError(_("Het feit “%(name)s” staat niet in de lijst.") % {"name": clause.name})
    asked = {"": "yes_no", "not": "yes_no", "in": "choice"}.get(clause.sign, "number")
    if asked != ("choice" if fact.kind == "topic" else fact.kind):
        raise ConditionError(_("Het feit “%(name)s” kun je zo niet vragen.") % {"name": clause.name})
    known = topics() if fact.kind == "topic" else fact.choices
    for code in clause.codes:
        if code not in known:
            raise ConditionError(
                _("“%(code)s” is geen antwoord op “%(name)s”.") % {"code": code, "name": clause.name}
            )
