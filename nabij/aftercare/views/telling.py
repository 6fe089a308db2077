"""What is so, and who is there for which household."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.aftercare.actions.households import name_contact
from nabij.aftercare.actions.telling import tell_fact
from nabij.aftercare.forms import FactForm, HouseholdForm
from nabij.aftercare.models import Run
from nabij.aftercare.policies import can_lead, can_work
from nabij.aftercare.queries.asking import facts_to_tell
from nabij.aftercare.queries.facts import facts_of
from nabij.aftercare.queries.households import colleagues, households_of, missing_homes
from nabij.aftercare.views.finding import refuse, run_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def facts(request: Request, pk: UUID) -> HttpResponse:
    """What steps depend on and nobody told yet, or what changed."""
    run = run_or_404(request, pk)
    if not can_work(request.actor, run, request.at):
        raise Http404
    names = facts_to_tell(run)
    posted = request.POST if request.method == "POST" else None
    form = FactForm(posted, names=names, initial=_as_typed(run, names))
    if request.method == "POST" and form.is_valid():
        for name in form.changed_data:
            if form.cleaned_data[name] is not None:
                tell_fact(run, name, form.cleaned_data[name], by=request.actor, at=request.at)
        messages.success(request, _("Dank u. De stappen zijn bijgewerkt."))
        return redirect("aftercare:board", pk)
    context = {
        "run": run, "is_exercise": run.incident.is_exercise, "form": form, "title": _("Wat weten we nu?"),
    }  # fmt: skip
    return render(request, "aftercare/write.html", context, status=422 if form.errors else 200)


def _as_typed(run: Run, names: list[str]) -> dict[str, Any]:
    """What is known, as the form shows it."""
    words = {True: "yes", False: "no"}
    known = facts_of(run)
    return {
        name: words[known[name]] if isinstance(known[name], bool) else known[name]  # type: ignore[index]
        for name in names
        if name in known
    }


@never_cache
@require_http_methods(["GET", "POST"])
def households(request: Request, pk: UUID) -> HttpResponse:
    """Each household that cannot go home, with its one contact person."""
    run = run_or_404(request, pk)
    is_lead = can_lead(request.actor, run, request.at)
    if request.method == "POST" and not is_lead:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = HouseholdForm(posted, people=colleagues(run, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            name_contact(run, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("De contactpersoon is aangewezen."))
            return redirect("aftercare:households", pk)
    context = {
        "run": run, "form": form if is_lead else None, "households": households_of(run),
        "missing": missing_homes(run), "is_exercise": run.incident.is_exercise,
    }  # fmt: skip
    return render(request, "aftercare/households.html", context, status=422 if form.errors else 200)
