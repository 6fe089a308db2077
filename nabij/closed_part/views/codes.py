"""Lists of codes: made, given out once, and stopped."""

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.closed_part import paper
from nabij.closed_part.actions import codes as actions
from nabij.closed_part.forms import CodesForm
from nabij.closed_part.models import CodeList
from nabij.closed_part.policies import can_lead
from nabij.closed_part.queries import door as queries
from nabij.incidents.views.finding import incident_or_404, posted


def led_centre(request: Request, pk: UUID) -> AdviceCentre:
    """The centre of this incident, for the leader of its registrars; 404 for everybody else."""
    incident = incident_or_404(request, pk)
    centre = queries.centre_at(incident)
    if centre is None or not can_lead(request.actor, incident, request.at):
        raise Http404
    return centre


@never_cache
@require_http_methods(["GET", "POST"])
def code_lists(request: Request, pk: UUID) -> HttpResponse:
    """The lists of codes, and a new one."""
    centre = led_centre(request, pk)
    form = CodesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.make_codes(
                centre, told["source"], told["relation"], told["number"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De codes zijn gemaakt. U kunt ze één keer uitgeven."))
            return redirect("closed_part:code_lists", pk)
    context = {"incident": centre.incident, "form": form, "lists": queries.code_lists_of(centre)}
    return render(request, "closed_part/codes.html", context, status=422 if form.errors else 200)


def _list(request: Request, pk: UUID, list_pk: UUID) -> CodeList:
    found = queries.code_list_at(led_centre(request, pk), list_pk)
    if found is None:
        raise Http404
    return found


@never_cache
@require_POST
def give_out(request: Request, pk: UUID, list_pk: UUID) -> HttpResponse:
    """The list as a file, once, without a name in it or on it."""
    found = _list(request, pk, list_pk)
    try:
        codes = actions.give_out_codes(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("closed_part:code_lists", pk)
    if request.POST.get("vorm") == "csv":
        written = io.StringIO()
        csv.writer(written).writerows([["code"], *([each] for each in codes)])
        answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="codes.csv"'
    else:
        answer = HttpResponse(paper.codes_on_paper(codes), content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="codes.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@never_cache
@require_POST
def stop(request: Request, pk: UUID, list_pk: UUID) -> HttpResponse:
    """A list was lost: what nobody used yet opens nothing."""
    actions.stop_codes(_list(request, pk, list_pk), by=request.actor, at=request.at)
    messages.success(request, _("De codes die nog niet gebruikt zijn, werken niet meer."))
    return redirect("closed_part:code_lists", pk)
