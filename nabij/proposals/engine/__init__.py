"""The search for a good roster: a problem, a model of it, and a solution; knows no database."""

from nabij.proposals.engine.problem import Cover, Person, Problem, ShiftKind, Wishes
from nabij.proposals.engine.search import Progress, Solution, search

__all__ = ["Cover", "Person", "Problem", "Progress", "ShiftKind", "Solution", "Wishes", "search"]
