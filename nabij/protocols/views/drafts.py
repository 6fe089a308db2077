"""A draft begins, changes step by step, follows its example, or is dropped."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.kit.uploads import is_too_large, takes_file
from nabij.protocols import actions
from nabij.protocols.examples import examples
from nabij.protocols.forms import ImportForm, StepForm
from nabij.protocols.lists import in_dutch
from nabij.protocols.models import Version
from nabij.protocols.policies import can_change
from nabij.protocols.problems import PlanError, Problem
from nabij.protocols.queries.differences import example_changes
from nabij.protocols.queries.steps import step_line
from nabij.protocols.reading import LARGEST
from nabij.protocols.views.finding import step_or_404, version_or_404, writable_or_404

LARGEST_FORM = LARGEST + 10_000


@require_POST
def adopt(request: Request, pk: UUID) -> HttpResponse:
    """The example becomes a draft here."""
    organisation = writable_or_404(request, pk)
    code = request.POST.get("code", "")
    if code not in examples():
        raise Http404
    try:
        made = actions.adopt_example(organisation, code, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("protocols:municipality", pk)
    messages.success(request, _("Dit is nu uw concept. Pas het aan en verstuur het daarna voor akkoord."))
    return redirect("protocols:version", made.pk)


@takes_file(LARGEST_FORM)
@require_http_methods(["GET", "POST"])
def import_file(request: Request, pk: UUID) -> HttpResponse:
    """A file becomes a draft; everything that is wrong in it is shown at once."""
    organisation = writable_or_404(request, pk)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and is_too_large(request):
        form.add_error("file", _("Dit bestand is te groot. Een protocol is hoogstens 200 kB."))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            made = actions.import_plan(organisation, form.text, name, by=request.actor, at=request.at)
            return redirect("protocols:version", made.pk)
        except PlanError as error:
            problems = error.problems
            form.add_error("file", _("Dit bestand klopt nog niet. Hieronder staat wat er anders moet."))
        except actions.PartiesMissing as error:
            names = ", ".join(in_dutch("org", each) for each in error.parties)
            form.add_error(
                "file",
                _("Dit protocol vraagt geen akkoord aan: %(names)s. Zet hen erbij.") % {"names": names},
            )
        except ValidationError as error:
            form.add_error("file", error.message)
    context = {"form": form, "organisation": organisation, "problems": problems}
    return render(request, "protocols/import_file.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def step(request: Request, pk: UUID, step_id: str) -> HttpResponse:
    """Another moment, hours or owner of a step, or the step off; with the reason."""
    version = _draft_or_404(request, pk)
    plan = version.whole_plan
    found = step_or_404(plan, step_id)
    form = StepForm(request.POST or None, step=found, is_on=step_id not in version.off)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_step(version, step_id, form.change(), by=request.actor, at=request.at)
            messages.success(request, _("Stap %(step)s is gewijzigd.") % {"step": step_id})
            return redirect("protocols:version", pk)
        except PlanError as error:
            problems = error.problems
            form.add_error(None, _("Zo kan het plan niet worden uitgevoerd. Hieronder staat waarom."))
        except ValidationError as error:
            form.add_error(None, error.message)
    context = {
        "form": form, "back": reverse("protocols:version", args=[pk]),
        "line": step_line(found, plan, version.off), "problems": problems,
    }  # fmt: skip
    return render(request, "protocols/step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def renewed_example(request: Request, pk: UUID) -> HttpResponse:
    """What changed in the example; taken over per step, or whole."""
    version = version_or_404(request, pk)
    problems: tuple[Problem, ...] = ()
    may_change = can_change(request.actor, version, request.at)
    if request.method == "POST":
        if not may_change:
            raise Http404
        chosen = None if "alles" in request.POST else request.POST.getlist("stap")
        try:
            actions.take_over(version, chosen, by=request.actor, at=request.at)
            messages.success(request, _("Overgenomen in uw concept."))
            return redirect("protocols:version", pk)
        except PlanError as error:
            problems = error.problems
        except ValidationError:
            messages.warning(request, _("Kies minstens één stap."))
    context = {
        "version": version, "changes": example_changes(version), "may_change": may_change,
        "problems": problems,
    }  # fmt: skip
    return render(request, "protocols/renewed_example.html", context, status=422 if problems else 200)


@require_POST
def renew(request: Request, pk: UUID) -> HttpResponse:
    """A new draft that begins as this version is."""
    version = version_or_404(request, pk)
    try:
        made = actions.renew_version(version, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
        return redirect("protocols:version", pk)
    return redirect("protocols:version", made.pk)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """The draft is given up."""
    version = version_or_404(request, pk)
    actions.drop_draft(version, by=request.actor, at=request.at)
    messages.success(request, _("Het concept is vervallen."))
    return redirect("protocols:municipality", version.protocol.organisation_id)


def _draft_or_404(request: Request, pk: UUID) -> Version:
    version = version_or_404(request, pk)
    if not can_change(request.actor, version, request.at):
        raise Http404
    return version
