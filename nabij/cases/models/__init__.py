"""Cases, who helps, what is to be done, and what was opened with a reason."""

from nabij.cases.models.access import BreakGlass, CaseTie, SearchKey, SpecialReading, Unsealed
from nabij.cases.models.case import (
    ALLOWED,
    OPEN_STATES,
    Capacity,
    Case,
    CaseHelper,
    CaseState,
    DeclinedHelp,
    Part,
    WayIn,
)
from nabij.cases.models.task import LEADERS, Task, TaskKind

__all__ = [
    "ALLOWED", "BreakGlass", "Capacity", "Case",
    "CaseHelper", "CaseState", "CaseTie",
    "DeclinedHelp", "LEADERS", "OPEN_STATES", "Part", "SearchKey",
    "SpecialReading", "Task", "TaskKind", "Unsealed", "WayIn",
]  # fmt: skip
