"""The page that an officer opens at night, one partner, and what asks for attention."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.kit.clock import local
from nabij.partners.content import is_day, most
from nabij.partners.policies import can_keep
from nabij.partners.queries import (
    agreements_of,
    attention_for,
    board_of,
    line_of,
    meetings_of,
    number_now,
    reasons_of,
    region_of,
    regions_for,
    told_now,
)
from nabij.partners.views.finding import partner_or_404


@never_cache
@require_safe
def overview(request: Request) -> HttpResponse:
    """Whom to call now in one region; below each how we stand with them."""
    regions = list(regions_for(request.actor))
    if not regions:
        raise PermissionDenied
    region = region_of(regions, request.GET.get("regio", ""))
    context = {
        "region": region,
        "regions": regions if len(regions) > 1 else [],
        "lines": board_of(region, request.actor, request.at),
        "is_day": is_day(request.at),
        "open_events": told_now(request.actor, request.at),
        "may_keep": can_keep(request.actor),
        "now": request.at,
    }
    return render(request, "partners/overview.html", context)


@never_cache
@require_safe
def partner(request: Request, pk: UUID) -> HttpResponse:
    """One partner: its numbers, both contact persons, agreements and moments together."""
    found = partner_or_404(request, pk)
    line = line_of(found, request.actor, request.at)
    context = {
        "line": line,
        "number": number_now(found, request.at),
        "reasons": reasons_of(line, request.at),
        "agreements": agreements_of(found, request.actor),
        "meetings": meetings_of(found, request.actor),
        "today": local(request.at).date(),
        "is_day": is_day(request.at),
        "may_keep": can_keep(request.actor),
    }
    return render(request, "partners/partner.html", context)


@never_cache
@require_safe
def attention(request: Request) -> HttpResponse:
    """Panel of the desk: partners that ask for attention, each with its owner."""
    found = attention_for(request.actor, request.at) if can_keep(request.actor) else []
    context = {"found": found[: most("lines")], "more": max(0, len(found) - most("lines"))}
    return render(request, "partners/_attention.html", context)
