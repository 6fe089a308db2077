"""Finding a run or a step among what the visitor sees: everything else is the same 404."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from nabij.accounts.http import Request
from nabij.aftercare.clocks import moment_at
from nabij.aftercare.models import Run, RunStep
from nabij.aftercare.queries.runs import runs_for, steps_for


def run_or_404(request: Request, pk: UUID) -> Run:
    """The run, if it exists for this visitor; from here on the page is made for the moment it is there."""
    run = get_object_or_404(runs_for(request.actor, request.at), pk=pk)
    request.at = moment_at(run.incident, request.at)
    run.incident.seen_by = (request.actor, request.at)
    return run


def step_or_404(request: Request, pk: UUID) -> RunStep:
    """The step, if its run exists for this visitor; from here on at the moment it is there."""
    row = get_object_or_404(steps_for(request.actor, request.at), pk=pk)
    request.at = moment_at(row.run.incident, request.at)
    row.run.incident.seen_by = (request.actor, request.at)
    return row


def refuse(form: forms.Form, error: ValidationError) -> None:
    """What an action refused, beside the field it is about, or on top of the form."""
    if hasattr(error, "error_dict"):
        for name, problems in error.error_dict.items():
            form.add_error(name if name in form.fields else None, problems)
    else:
        form.add_error(None, error)
