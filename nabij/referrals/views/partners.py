"""The list of partners of a team, and where each is reached."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.referrals import actions
from nabij.referrals.forms import PartnerForm
from nabij.referrals.policies import can_keep_partners
from nabij.referrals.queries import partners_known_to


@never_cache
@require_safe
def partners(request: Request) -> HttpResponse:
    """Every partner, with the address that my team knows."""
    if not can_keep_partners(request.actor):
        raise PermissionDenied
    found = partners_known_to(request.actor.team_id, request.at)
    return render(request, "referrals/partners.html", {"partners": found})


@never_cache
@require_http_methods(["GET", "POST"])
def partner(request: Request, key: str) -> HttpResponse:
    """Write down or check where one partner is reached."""
    if not can_keep_partners(request.actor):
        raise PermissionDenied
    known = {each.key: each for each in partners_known_to(request.actor.team_id, request.at)}
    if key not in known:
        raise Http404
    address = known[key].address
    form = PartnerForm(posted(request), initial=vars(address) if address else {})
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_partner(key, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bewaard. Uw team gebruikt dit adres vanaf nu."))
            return redirect("referrals:partners")
    context = {"partner": known[key], "form": form}
    return render(request, "referrals/partner_address.html", context, status=422 if form.errors else 200)
