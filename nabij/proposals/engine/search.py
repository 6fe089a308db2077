"""The search itself: as good as time allows, with a proof of how much better it could be at most."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from nabij.proposals.engine.model import Key, RosterModel
from nabij.proposals.engine.problem import Problem

WORKERS = 8  # also on two cores: the kinds of search complement each other


@dataclass(frozen=True)
class Progress:
    """How far a search is: the cost of the best roster so far, and what no roster can beat."""

    seconds: float
    cost: int | None
    bound: int


@dataclass(frozen=True)
class Solution:
    """The best roster found: who has which shift when, its cost (None when there is no roster), the bound."""

    gives: frozenset[Key]
    cost: int | None
    bound: int
    seconds: float
    is_best: bool
    history: tuple[Progress, ...] = field(default=(), repr=False)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hears of every better roster."""

    def __init__(self) -> None:
        super().__init__()
        self.began = time.monotonic()
        self.history: list[Progress] = []

    def on_solution_callback(self) -> None:
        """A better roster was found."""
        seconds = time.monotonic() - self.began
        self.history.append(Progress(seconds, round(self.objective_value), round(self.best_objective_bound)))


def search(
    problem: Problem,
    seconds: float,
    *,
    hear: Callable[[Progress], bool] | None = None,
    start_from: frozenset[Key] = frozenset(),
    workers: int = WORKERS,
) -> Solution:
    """Search for at most so many seconds; `hear` is told each second, and ends it by answering False."""
    made = RosterModel(problem)
    for key, var in made.gives.items():
        if start_from:
            made.model.add_hint(var, key in start_from)
    solver, watch = cp_model.CpSolver(), _Watch()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    ended = threading.Event()
    listener = threading.Thread(target=_listen, args=(solver, watch, hear, ended), daemon=True)
    if hear:
        listener.start()
    try:
        status = solver.solve(made.model, watch)
    finally:
        ended.set()
        if hear:
            listener.join()
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Solution(
        gives=frozenset(key for key, var in made.gives.items() if found and solver.boolean_value(var)),
        cost=round(solver.objective_value) if found else None,
        bound=round(solver.best_objective_bound) if found else 0,
        seconds=time.monotonic() - watch.began,
        is_best=status == cp_model.OPTIMAL,
        history=tuple(watch.history),
    )


def _listen(
    solver: cp_model.CpSolver, watch: _Watch, hear: Callable[[Progress], bool], ended: threading.Event
) -> None:
    """Each second: tell how far it is, and stop when that is asked."""
    while not ended.wait(1):
        last = watch.history[-1] if watch.history else None
        seconds = time.monotonic() - watch.began
        if not hear(Progress(seconds, last.cost if last else None, last.bound if last else 0)):
            solver.stop_search()
            return
