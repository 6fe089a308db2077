"""A run as a board by phase, as a list by owner, on paper, and on the officer's phone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.aftercare.models import Run
from nabij.aftercare.policies import can_lead, can_work
from nabij.aftercare.queries.asking import open_questions
from nabij.aftercare.queries.changing import done_before, other_protocol
from nabij.aftercare.queries.households import missing_homes
from nabij.aftercare.queries.runs import by_owner, by_phase, counts_of, lines_of, next_steps
from nabij.aftercare.views.finding import run_or_404


def _about(request: Request, run: Run) -> dict[str, Any]:
    """What stands on top of every page of a run."""
    lines = lines_of(run, request.actor, request.at)
    return {
        "run": run, "plan": run.steps_of_plan, "incident": run.incident,
        "is_exercise": run.incident.is_exercise, "lines": lines,
        "counts": counts_of(lines), "may_work": can_work(request.actor, run, request.at),
    }  # fmt: skip


@never_cache
@require_safe
def board(request: Request, pk: UUID) -> HttpResponse:
    """All steps by phase, with how far each is."""
    run = run_or_404(request, pk)
    context = _about(request, run)
    is_lead = can_lead(request.actor, run, request.at)
    context |= {
        "phases": by_phase(context["lines"]),
        "questions": len(open_questions(run)) if context["may_work"] else 0,
        "other": other_protocol(run) if is_lead else None,
        "missing": missing_homes(run),
        "is_lead": is_lead,
        "before": done_before(run),
        "is_repeat": run.households.filter(is_from_earlier=True).exists(),
    }
    return render(request, "aftercare/board.html", context)


@never_cache
@require_safe
def listed(request: Request, pk: UUID) -> HttpResponse:
    """What is still to be done, by whose it is."""
    run = run_or_404(request, pk)
    context = _about(request, run)
    own, partners = by_owner(context["lines"], request.actor)
    return render(request, "aftercare/listed.html", context | {"own": own, "partners": partners})


@never_cache
@require_safe
def now(request: Request, pk: UUID) -> HttpResponse:
    """What do I do now: one step, and the two after it."""
    run = run_or_404(request, pk)
    context = _about(request, run)
    steps = next_steps(context["lines"])
    context |= {"first": steps[0] if steps else None, "then": steps[1:], "missing": missing_homes(run)}
    return render(request, "aftercare/now.html", context)


@never_cache
@require_safe
def printed(request: Request, pk: UUID) -> HttpResponse:
    """The whole plan on paper."""
    run = run_or_404(request, pk)
    return render(request, "aftercare/printed.html", _about(request, run))
