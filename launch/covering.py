"""``python -m launch coverage``: what the unit tests pass through, and what they must."""

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

# Who may do what, and everything that changes something: every line and every branch.
WHOLLY = ("nabij/*/policies.py", "nabij/*/actions.py", "nabij/*/actions/*.py")
NEARLY = 95  # per cent of all of nabij together


@dataclass(frozen=True)
class Verdict:
    """How much of the house the tests covered, and what they missed of what they must cover."""

    per_cent: float
    gaps: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether both rules hold."""
        return not self.gaps and self.per_cent >= NEARLY

    def __str__(self) -> str:
        lines = [f"Covered: {self.per_cent:.1f}% of nabij, branches included (at least {NEARLY}%)."]
        if self.gaps:
            lines += ["Policies and actions must be covered wholly. Not reached:", *self.gaps]
        return "\n".join(lines)


def judge(report: Path) -> Verdict:
    """The verdict on a report that `coverage json` wrote."""
    measured = json.loads(report.read_text(encoding="utf-8"))
    gaps = [
        f"  {file}: {gap}"
        for file, found in sorted(measured["files"].items())
        if any(fnmatch(file, pattern) for pattern in WHOLLY) and (gap := _gap(found))
    ]
    return Verdict(measured["totals"]["percent_covered"], tuple(gaps))


def _gap(found: dict[str, Any]) -> str:
    lines = found["missing_lines"]
    jumps = [
        (start, end) for start, end in found["missing_branches"] if start not in lines and end not in lines
    ]
    parts = [f"line {line}" for line in lines]
    parts += [f"from {start} to {end if end > 0 else 'the end'}" for start, end in jumps]
    return ", ".join(parts)
