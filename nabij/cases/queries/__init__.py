"""Reading cases: lists by due moment, one case as a story, and finding one by what somebody says."""

from nabij.cases.queries.files import CaseFile, file_of
from nabij.cases.queries.lists import (
    Row,
    Shown,
    case_for,
    cases_for,
    leader_tasks,
    my_cases,
    rows_of,
    shown_of,
    team_cases,
    wishes_waiting,
)
from nabij.cases.queries.searching import Found, search_cases
from nabij.cases.queries.staffing import Candidate, candidates_for

__all__ = [
    "Candidate", "CaseFile", "Found", "Row", "Shown", "candidates_for", "case_for", "cases_for", "file_of",
    "leader_tasks", "my_cases", "rows_of", "search_cases", "shown_of", "team_cases", "wishes_waiting",
]  # fmt: skip
