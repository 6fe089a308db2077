"""One case: its page, who helps, the contact rule, the kind of event, and what opens only with a reason."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.cases import actions
from nabij.cases.forms import AssignForm, KindForm, ManagerForm, ReachForm, ReasonForm, RuleForm
from nabij.cases.models import Part
from nabij.cases.policies import can_help, can_lead, can_open_address, gets_case_manager, is_helper
from nabij.cases.queries import candidates_for, file_of
from nabij.cases.queries.files import history_of
from nabij.cases.views.finding import case_or_404
from nabij.guide.topics import topic
from nabij.incidents.views.finding import posted
from nabij.kit import panels
from nabij.notify.contact_rules import SEALED, agreed_of, rule_of
from nabij.vulnerability.queries import levels_of


@never_cache
@require_safe
def case(request: Request, pk: UUID) -> HttpResponse:
    """A case as a story: the contact rule and warnings on top, then what is to be done."""
    found = case_or_404(request, pk)
    actor, at = request.actor, request.at
    file = file_of(found, actor, at)
    context = {
        "case": found,
        "file": file,
        "topic": topic(found.topic).label(get_language() or "nl"),
        "may_help": found.is_open and (is_helper(actor, found, at) or can_lead(actor, found, at)),
        "may_lead": can_lead(actor, found, at),
        "panels": panels.shown("case", request, found),
        "aside": panels.shown("case_aside", request, found),
        "doors": panels.doors("case", request, found),
    }
    return render(request, "cases/case.html", context)


@never_cache
@require_safe
def history(request: Request, pk: UUID) -> HttpResponse:
    """Who helped, who may open this, and what was opened with a reason."""
    found = case_or_404(request, pk)
    context = {
        "case": found,
        "history": history_of(found, request.at),
        "may_lead": can_lead(request.actor, found, request.at),
    }
    return render(request, "cases/history.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def rule(request: Request, pk: UUID) -> HttpResponse:
    """What was agreed about contact."""
    found = case_or_404(request, pk)
    if not can_help(request.actor, found, request.at):
        raise PermissionDenied
    agreed = rule_of(found.person_id)
    known = vars(agreed_of(agreed)) if agreed else {}
    form = RuleForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        actions.agree_rule(found, form.agreed(), by=request.actor, at=request.at)
        messages.success(request, _("De contactregel geldt nu voor elk contact."))
        return redirect("cases:case", pk)
    context = {"case": found, "form": form, "sealed": SEALED}
    return render(request, "cases/rule.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def reach(request: Request, pk: UUID) -> HttpResponse:
    """Another phone, e-mail or address; what is known stays hidden here."""
    found = case_or_404(request, pk)
    if not can_help(request.actor, found, request.at):
        raise PermissionDenied
    form = ReachForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_minor = form.cleaned_data["is_minor"]
        actions.change_reach(found, form.told(), is_minor=is_minor, by=request.actor, at=request.at)
        messages.success(request, _("Veranderd. Het oude wordt niet meer gebruikt."))
        return redirect("cases:case", pk)
    context = {"case": found, "form": form, "title": _("Telefoon, e-mail of adres veranderen")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: UUID) -> HttpResponse:
    """Who helps in this case."""
    found = case_or_404(request, pk)
    if not can_lead(request.actor, found, request.at):
        raise PermissionDenied
    told = request.POST.get("part") or request.GET.get("als", "")
    part = Part(told) if told in Part.values else Part.MAIN
    candidates = candidates_for(found, part, request.at)
    form = AssignForm(posted(request), candidates=candidates, initial={"part": part})
    if request.method == "POST" and form.is_valid():
        member = next(
            each.membership for each in candidates if str(each.membership.pk) == form.cleaned_data["who"]
        )
        try:
            actions.assign(found, member, part, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Toegewezen. Deze collega ziet het dossier nu."))
            return redirect("cases:case", pk)
    context = {
        "case": found,
        "form": form,
        "part": part,
        "parts": Part.choices,
        "refused": [each for each in candidates if each.objection],
    }
    return render(request, "cases/assign.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def kind(request: Request, pk: UUID) -> HttpResponse:
    """What kind of event it turned out to be."""
    found = case_or_404(request, pk)
    if not can_help(request.actor, found, request.at):
        raise PermissionDenied
    form = KindForm(posted(request), initial={"topic": found.topic, "is_severe": found.is_severe})
    if request.method == "POST" and form.is_valid():
        actions.reclassify(found, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Veranderd. De regel voor een casemanager is opnieuw bekeken."))
        return redirect("cases:case", pk)
    context = {"case": found, "form": form, "title": _("Soort gebeurtenis")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def manager(request: Request, pk: UUID) -> HttpResponse:
    """Against the rule: a case manager, or none."""
    found = case_or_404(request, pk)
    if not can_lead(request.actor, found, request.at):
        raise PermissionDenied
    form = ManagerForm(posted(request), initial={"gets_one": "nee" if gets_case_manager(found) else "ja"})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        actions.override_case_manager(
            found, clean["reason"], gets_one=clean["gets_one"], by=request.actor, at=request.at
        )
        messages.success(request, _("Besluit bewaard."))
        return redirect("cases:case", pk)
    context = {"case": found, "form": form, "title": _("Casemanager, anders dan de regel")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def address(request: Request, pk: UUID) -> HttpResponse:
    """The real address, after a reason; it is shown once and stands nowhere else."""
    found = case_or_404(request, pk)
    level = levels_of([found.person_id]).get(found.person_id)
    if not can_open_address(request.actor, found, level, request.at):
        raise Http404
    form = ReasonForm(posted(request))
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = actions.open_address(found, form.cleaned_data["reason"], by=request.actor, at=request.at)
    context = {"case": found, "form": form, "address": shown, "is_open": shown is not None}
    return render(request, "cases/address.html", context, status=422 if form.errors else 200)


@require_POST
def tie(request: Request, pk: UUID) -> HttpResponse:
    """I know somebody in this case."""
    actions.tell_tie(case_or_404(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("Dank u. U helpt hier niet meer; de teamleider zoekt een collega."))
    return redirect("cases:mine")


@require_POST
def finish(request: Request, pk: UUID, task_pk: UUID) -> HttpResponse:
    """Tick off a task."""
    found = case_or_404(request, pk)
    actions.finish_task(found, task_pk, by=request.actor, at=request.at)
    return redirect("cases:case", pk)
