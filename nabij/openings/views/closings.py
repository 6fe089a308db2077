"""Closing a centre: the criteria with their figures, the proposal, the announcement, the last day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.incidents.views.finding import posted
from nabij.kit.clock import local
from nabij.openings import actions, policies
from nabij.openings.forms import AnnounceForm, ProposalForm, VisitsForm
from nabij.openings.models import ClosingPlan
from nabij.openings.queries import closings
from nabij.openings.views.finding import centre_or_404, go_back, happens, plan_or_404

CLOSING = "openings:closing"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: Request, pk: UUID) -> HttpResponse:
    """Whether the centre may close, by figures; and the proposal to do so."""
    centre = centre_or_404(request, pk)
    form = ProposalForm(posted(request))
    if request.method == "POST" and happens(form, "reason", lambda: _propose(request, centre, form)):
        return redirect(CLOSING, pk)
    return _show(request, centre, form=form)


def _show(
    request: Request,
    centre: AdviceCentre,
    *,
    form: ProposalForm | None = None,
    visits_form: VisitsForm | None = None,
    announce_form: AnnounceForm | None = None,
) -> HttpResponse:
    plan = closings.plan_of(centre)
    is_open = plan is None or plan.archived_on is not None
    earliest = closings.earliest_end(local(request.at).date())
    usual = {"ends_on": earliest, "contact_point": plan.contact_point if plan else ""}
    wrong = any(each is not None and each.errors for each in (form, visits_form, announce_form))
    context = {
        "centre": centre,
        "plan": plan,
        "words": closings.plan_words(plan) if plan else None,
        "criteria": closings.criteria_of(centre, plan, request.at),
        "weeks": closings.weeks_of(centre, request.at),
        "may_propose": is_open and closings.can_close(centre),
        "form": form or ProposalForm(),
        "visits_form": visits_form or VisitsForm(prefix="bezoeken"),
        "announce_form": announce_form or AnnounceForm(earliest=earliest, initial=usual),
        "may_announce": plan is not None
        and plan.announced_on is None
        and policies.can_announce(request.actor, plan, request.at),
        "may_decide": policies.can_decide(request.actor, centre, request.at),
        "today": local(request.at).date(),
    }
    return render(request, "openings/closing.html", context, status=422 if wrong else 200)


def _propose(request: Request, centre: AdviceCentre, form: ProposalForm) -> None:
    actions.propose_closing(centre, actions.Proposal(**form.cleaned_data), by=request.actor, at=request.at)


@require_POST
def visits(request: Request, pk: UUID) -> HttpResponse:
    """Type the visits of a week, with who counted."""
    centre = centre_or_404(request, pk)
    form = VisitsForm(request.POST, prefix="bezoeken")
    if happens(form, "day", lambda: _count(request, centre, form)):
        return redirect(CLOSING, pk)
    return _show(request, centre, visits_form=form)


def _count(request: Request, centre: AdviceCentre, form: VisitsForm) -> None:
    clean = form.cleaned_data
    actions.count_visits(
        centre, clean["day"], clean["visits"], clean["source"], by=request.actor, at=request.at
    )


@require_POST
def announce(request: Request, pk: UUID) -> HttpResponse:
    """Announce the last day, three months ahead."""
    plan = plan_or_404(request, pk)
    form = AnnounceForm(request.POST, earliest=closings.earliest_end(local(request.at).date()))
    if happens(form, "ends_on", lambda: _announce(request, plan, form)):
        return redirect(CLOSING, pk)
    return _show(request, plan.centre, announce_form=form)


def _announce(request: Request, plan: ClosingPlan, form: AnnounceForm) -> None:
    clean = form.cleaned_data
    actions.announce_closing(plan, clean["ends_on"], clean["contact_point"], by=request.actor, at=request.at)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """The centre does not close now."""
    plan = plan_or_404(request, pk)
    return go_back(
        request, CLOSING, pk,
        lambda: actions.drop_proposal(plan, by=request.actor, at=request.at), _("Het centrum blijft open."),
    )  # fmt: skip


@require_POST
def archive(request: Request, pk: UUID) -> HttpResponse:
    """The last day was there: the pages become an archive."""
    plan = plan_or_404(request, pk)
    return go_back(
        request, CLOSING, pk,
        lambda: actions.archive(plan, by=request.actor, at=request.at),
        _("Het centrum is gesloten. De pagina's zijn nog te lezen."),
    )  # fmt: skip
