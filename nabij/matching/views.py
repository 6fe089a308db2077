"""Possible doubles: the list, two side by side, what was merged and putting it back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404, mark, posted
from nabij.matching.actions import merging
from nabij.matching.forms import MergeForm
from nabij.matching.models import Merge, PairState
from nabij.matching.policies import can_compare
from nabij.matching.queries.pairs import merges_for, open_pairs, opened_pairs, pairs_for, sides_of
from nabij.privacy.purposes import Purpose

PER_PAGE = 25


@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """The panel in the incident room: how many pairs wait, never who."""
    incident = _incident(request, pk)
    waiting = open_pairs(request.actor, incident.pk, request.at).count()
    return render(request, "matching/_at_incident.html", {"incident": incident, "waiting": waiting})


@never_cache
@require_safe
def pairs(request: Request, pk: UUID) -> HttpResponse:
    """Pairs that may be one person, the most alike first; each look is in the read log."""
    incident = _incident(request, pk)
    found = open_pairs(request.actor, incident.pk, request.at)
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("blad"))
    rows = opened_pairs(part.object_list, request.actor, request.at)
    people = [line.registration.person_id for row in rows for line in (row.first, row.second)]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return render(request, "matching/pairs.html", {"incident": incident, "rows": rows, "part": part})


@never_cache
@require_http_methods(["GET", "POST"])
def pair(request: Request, pk: UUID) -> HttpResponse:
    """Two registrations side by side; merged with the choices that are made here, by a person."""
    row = get_object_or_404(pairs_for(request.actor, request.at), pk=pk)
    mark(request, row.incident)
    if row.state == PairState.MERGED:
        return redirect("matching:merges", row.incident_id)
    [shown] = opened_pairs([row], request.actor, request.at)
    people = [shown.first.registration.person_id, shown.second.registration.person_id]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    said = request.POST.get("blijft") or request.GET.get("blijft", "")
    sides = sides_of(shown, said)
    form = MergeForm(posted(request), sides=sides)
    if request.method == "POST" and form.is_valid():
        kept_id = sides.kept.registration.pk
        try:
            merging.merge_pair(row, kept_id, form.cleaned_data, by=request.actor, at=request.at)
        except merging.TooLate:
            messages.warning(request, _("Een collega was u voor. Er is nu niets veranderd."))
            return redirect("matching:pairs", row.incident_id)
        except merging.HeldBack as held:
            form.add_error(None, str(held))
        else:
            messages.success(request, _("Samengevoegd. U kunt dit terugzetten."))
            return redirect("matching:merges", row.incident_id)
    context = {"row": row, "shown": shown, "sides": sides, "form": form, "incident": row.incident}
    return render(request, "matching/pair.html", context, status=422 if form.errors else 200)


@require_POST
def different(request: Request, pk: UUID) -> HttpResponse:
    """These are two people: remembered, so that nobody has to look again."""
    row = get_object_or_404(pairs_for(request.actor, request.at), pk=pk)
    try:
        merging.say_different(row, by=request.actor, at=request.at)
        messages.success(request, _("Onthouden: dit zijn twee mensen."))
    except merging.TooLate:
        messages.warning(request, _("Een collega was u voor. Er is nu niets veranderd."))
    return redirect("matching:pairs", row.incident_id)


@never_cache
@require_safe
def merges(request: Request, pk: UUID) -> HttpResponse:
    """What was merged at this incident, by reference; nobody is opened here."""
    incident = _incident(request, pk)
    found = merges_for(request.actor, request.at).filter(incident=incident)
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("blad"))
    return render(request, "matching/merges.html", {"incident": incident, "part": part})


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    """Put two registrations back as they were."""
    row = get_object_or_404(merges_for(request.actor, request.at), pk=pk)
    try:
        merging.undo_merge(row, by=request.actor, at=request.at)
        messages.success(request, _put_back(row))
    except merging.UndoneAlready:
        messages.info(request, _("Deze twee waren al teruggezet."))
    except merging.LaterFirst:
        messages.warning(request, _("Dit kan niet meer. Zet eerst de laatste samenvoeging terug."))
    return redirect("matching:merges", row.incident_id)


def _put_back(merge: Merge) -> str:
    if merge.kept is not None and merge.kept.withdrawn_at is not None:
        return _(
            "Teruggezet. De aanmelding die was weggevouwen, doet weer mee. De andere blijft ingetrokken."
        )
    return _("Teruggezet. Er zijn weer twee aanmeldingen.")


def _incident(request: Request, pk: UUID) -> Incident:
    incident = incident_or_404(request, pk)
    if not can_compare(request.actor, incident, request.at):
        raise PermissionDenied("Aanmeldingen vergelijken hoort niet bij uw rol.")
    return incident
