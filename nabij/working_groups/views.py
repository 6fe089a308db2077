"""Working groups: one draft of several municipalities, with remarks and decisions."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.protocols.forms import StepForm
from nabij.protocols.problems import PlanError, Problem
from nabij.protocols.queries.steps import step_line
from nabij.protocols.views.finding import step_or_404, writable_or_404
from nabij.working_groups import actions
from nabij.working_groups.forms import GroupForm, InviteForm, SayForm
from nabij.working_groups.models import WorkingGroup
from nabij.working_groups.policies import can_host
from nabij.working_groups.queries import GroupPage, group_page, groups_for, others_to_invite


@never_cache
@require_safe
def groups(request: Request, pk: UUID) -> HttpResponse:
    """The working groups of a municipality."""
    organisation = writable_or_404(request, pk)
    found = groups_for(request.actor, request.at).filter(members__organisation=organisation)
    return render(request, "working_groups/groups.html", {"organisation": organisation, "groups": found})


@require_http_methods(["GET", "POST"])
def new_group(request: Request, pk: UUID) -> HttpResponse:
    """Begin a group from an example; this municipality hosts it."""
    organisation = writable_or_404(request, pk)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        made = actions.begin_group(
            clean["name"], organisation, clean["code"], by=request.actor, at=request.at
        )
        return redirect("working_groups:group", made.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "working_groups/new_group.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def group(request: Request, pk: UUID) -> HttpResponse:
    """The shared draft by step, with what was said and decided."""
    found = _group_or_404(request, pk)
    page = group_page(found, request.actor, request.at)
    may_host = can_host(request.actor, found, request.at)
    context = {
        "page": page,
        "may_host": may_host,
        "form": SayForm(steps=_steps(page)),
        "invite_form": InviteForm(others=others_to_invite(found)) if may_host else None,
    }
    return render(request, "working_groups/group.html", context)


@require_POST
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Another municipality joins."""
    found = _group_or_404(request, pk)
    if not can_host(request.actor, found, request.at):
        raise Http404
    form = InviteForm(request.POST, others=others_to_invite(found))
    if form.is_valid():
        actions.invite_municipality(found, form.cleaned_data["organisation"], by=request.actor, at=request.at)
    else:
        messages.warning(request, _("Kies een gemeente uit de lijst."))
    return redirect("working_groups:group", pk)


@require_POST
def say(request: Request, pk: UUID) -> HttpResponse:
    """A remark, or a decision of the group."""
    found = _group_or_404(request, pk)
    page = group_page(found, request.actor, request.at)
    form = SayForm(request.POST, steps=_steps(page))
    if form.is_valid():
        clean = form.cleaned_data
        write = actions.decide_in_group if clean["kind"] == "decision" else actions.remark_in_group
        write(found, clean["step_id"], clean["text"], by=request.actor, at=request.at)
        messages.success(request, _("Opgeschreven."))
        return redirect("working_groups:group", pk)
    return render(request, "working_groups/say.html", {"page": page, "form": form}, status=422)


@require_http_methods(["GET", "POST"])
def group_step(request: Request, pk: UUID, step_id: str) -> HttpResponse:
    """Change a step of the shared draft; the reason stands there as a remark."""
    found = _group_or_404(request, pk)
    plan = found.whole_plan
    chosen = step_or_404(plan, step_id)
    form = StepForm(request.POST or None, step=chosen, is_on=step_id not in found.off)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group_step(found, step_id, form.change(), by=request.actor, at=request.at)
            return redirect("working_groups:group", pk)
        except PlanError as error:
            problems = error.problems
            form.add_error(None, _("Zo kan het plan niet worden uitgevoerd. Hieronder staat waarom."))
        except ValidationError as error:
            form.add_error(None, error.message)
    context = {
        "form": form, "back": reverse("working_groups:group", args=[pk]),
        "line": step_line(chosen, plan, found.off), "problems": problems,
    }  # fmt: skip
    return render(request, "protocols/step.html", context, status=422 if form.errors else 200)


@require_POST
def adopt_group(request: Request, pk: UUID) -> HttpResponse:
    """Take what the group made as the draft of one's own municipality."""
    found = _group_or_404(request, pk)
    page = group_page(found, request.actor, request.at)
    organisation = next((each for each in page.own if str(each.pk) == request.POST.get("gemeente")), None)
    if organisation is None:
        raise Http404
    try:
        made = actions.adopt_group_draft(found, organisation, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("working_groups:group", pk)
    return redirect("protocols:version", made.pk)


def _group_or_404(request: Request, pk: UUID) -> WorkingGroup:
    return get_object_or_404(groups_for(request.actor, request.at), pk=pk)


def _steps(page: GroupPage) -> list[tuple[str, str]]:
    return [(step.id, f"{step.id} {step.title_nl}") for step in page.plan.steps]
