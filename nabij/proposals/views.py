"""Having a roster made, following it, changing places, and putting it into the roster."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.kit.clock import local
from nabij.proposals import actions
from nabij.proposals.forms import PlaceForm, ProposalForm
from nabij.proposals.models import BUSY, Place, Proposal, ProposalState
from nabij.proposals.queries import proposals_for, reasons_of, summary_of
from nabij.proposals.queries.places import options_of, places_of
from nabij.rosters.views.planning import NATIONAL, chosen_team

SHOWN = 10


@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for a roster, and those that were asked before."""
    team = chosen_team(request)
    form = ProposalForm(request.POST or None, initial={"weeks": 4, "seconds": 60})
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "weeks"}
        proposal = actions.ask_proposal(team, by=request.actor, at=request.at, **facts)
        return redirect("proposals:proposal", proposal.pk)
    found = proposals_for(request.actor, request.at)
    own = [each for each in found[: 5 * SHOWN] if each.team_id == (team.pk if team else None)]
    context = {"form": form, "proposals": own[:SHOWN], "team": team, "key": team.pk if team else NATIONAL}
    return render(request, "proposals/ask.html", context, status=422 if form.errors else 200)


@require_safe
def recent(request: Request) -> HttpResponse:
    """Panel of the month: the newest proposal, and where to ask for one."""
    if not request.actor.may(Permission.PLAN_ROSTER):
        raise PermissionDenied
    newest = proposals_for(request.actor, request.at).first()
    return render(request, "proposals/_recent.html", {"newest": newest})


def _proposal(request: Request, proposal_id: UUID) -> Proposal:
    return get_object_or_404(proposals_for(request.actor, request.at), pk=proposal_id)


@require_safe
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """One proposal: how far the search is, or what it found with a reason for each empty place."""
    found = _proposal(request, proposal_id)
    if found.state in BUSY:
        return render(request, "proposals/running.html", _progress(request, found))
    places = places_of(found)
    days = [(day, list(own)) for day, own in groupby(places, key=lambda each: local(each.starts_at).date())]
    context = {
        "proposal": found,
        "summary": summary_of(places),
        "reasons": reasons_of(found, places, request.at) if found.state == ProposalState.READY else [],
        "refused": [each for each in places if each.is_refused],
        "days": days,
        "is_best": found.cost is not None and found.cost == found.bound,
        "is_ready": found.state == ProposalState.READY,
        "back": f"{reverse('proposals:ask')}?team={found.team_id or NATIONAL}",
    }
    return render(request, "proposals/proposal.html", context)


def _progress(request: Request, found: Proposal) -> dict[str, object]:
    begun = found.begun_at
    seconds = int((request.at - begun).total_seconds()) if begun else 0
    return {"proposal": found, "seconds": min(max(0, seconds), found.seconds)}


@require_safe
def progress(request: Request, proposal_id: UUID) -> HttpResponse:
    """How far the search is; when it is over the page is fetched anew."""
    found = _proposal(request, proposal_id)
    answer = render(request, "proposals/_progress.html", _progress(request, found))
    if found.state not in BUSY:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: Request, proposal_id: UUID) -> HttpResponse:
    """Stop the search."""
    found = _proposal(request, proposal_id)
    actions.cancel_proposal(found, by=request.actor, at=request.at)
    messages.success(request, _("De computer stopt. Wat er al gevonden is, blijft."))
    return redirect("proposals:proposal", found.pk)


@require_POST
def again(request: Request, proposal_id: UUID) -> HttpResponse:
    """Search once more with what is pinned."""
    found = _proposal(request, proposal_id)
    actions.ask_again(found, by=request.actor, at=request.at)
    return redirect("proposals:proposal", found.pk)


@require_POST
def publish(request: Request, proposal_id: UUID) -> HttpResponse:
    """Put it into the roster."""
    found = _proposal(request, proposal_id)
    refused = actions.publish(found, by=request.actor, at=request.at)
    messages.success(request, _("Het rooster staat klaar. Iedereen met nieuwe diensten krijgt bericht."))
    if refused:
        text = ngettext(
            "%(number)d plek mocht niet meer. Die staat hieronder.",
            "%(number)d plekken mochten niet meer. Die staan hieronder.",
            refused,
        )
        messages.warning(request, text % {"number": refused})
    return redirect("proposals:proposal", found.pk)


@require_http_methods(["GET", "POST"])
def place(request: Request, proposal_id: UUID, place_id: UUID) -> HttpResponse:
    """One place: who could have it, and why others cannot; pin somebody."""
    found = _proposal(request, proposal_id)
    places = places_of(found)
    own: Place | None = next((each for each in places if each.pk == place_id), None)
    if own is None:
        return redirect("proposals:proposal", found.pk)
    options = options_of(found, own, places, request.at)
    form = PlaceForm(
        request.POST or None, options_of_place=options, initial={"membership": own.membership_id}
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(
            each.membership for each in options if str(each.membership.pk) == form.cleaned_data["membership"]
        )
        actions.pin_place(own, chosen, by=request.actor, at=request.at)
        messages.success(request, _("Deze plek staat vast."))
        return redirect("proposals:proposal", found.pk)
    context = {
        "proposal": found,
        "place": own,
        "form": form,
        "refused": [each for each in options if each.objections],
    }
    return render(request, "proposals/place.html", context, status=422 if form.errors else 200)


@require_POST
def empty(request: Request, proposal_id: UUID, place_id: UUID) -> HttpResponse:
    """Nobody stands on this place any more."""
    found = _proposal(request, proposal_id)
    own = get_object_or_404(found.places.all(), pk=place_id)
    actions.empty_place(own, by=request.actor, at=request.at)
    messages.success(request, _("Deze plek is leeg."))
    return redirect("proposals:proposal", found.pk)
