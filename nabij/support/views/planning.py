"""The plan of a case: what was agreed, in three strands."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.cases.policies import can_help
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.support import actions
from nabij.support.forms import ChangeForm, ItemForm, change_of
from nabij.support.models import Strand
from nabij.support.queries import plan_item_for, plan_of, shown_item


@never_cache
@require_safe
def plan(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: the plan, per strand."""
    case = case_or_404(request, pk)
    strands = [(strand.label, items) for strand, items in plan_of(case).items()]
    context = {
        "case": case,
        "strands": strands if any(items for label, items in strands) else [],
        "may_help": can_help(request.actor, case, request.at),
    }
    return render(request, "support/_plan.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: Request, pk: UUID) -> HttpResponse:
    """Something new that was agreed."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    form = ItemForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.add_item(
            case, Strand(told["strand"]), told["text"], due_on=told["due_on"], by=request.actor, at=request.at
        )
        messages.success(request, _("Het plan is aangevuld."))
        return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Plan aanvullen")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: UUID) -> HttpResponse:
    """Change one part; when a colleague was first, both texts are shown and nothing is lost."""
    item = plan_item_for(request.actor, pk, request.at)
    if item is None:
        raise Http404
    case = case_or_404(request, item.case_id)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    shown, theirs = shown_item(item), ""
    form = ChangeForm(posted(request), initial=change_of(item, shown.text, shown.reason))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(item, form.change(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        except actions.ChangedMeanwhile:
            theirs = shown.text
            form = ChangeForm({**request.POST.dict(), "version": item.version})
            form.is_valid()
        else:
            messages.success(request, _("Het plan is veranderd."))
            return redirect("cases:case", case.pk)
    context = {"case": case, "form": form, "theirs": theirs, "item": item}
    return render(request, "support/change.html", context, status=422 if form.errors or theirs else 200)
