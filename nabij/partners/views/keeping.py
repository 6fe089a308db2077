"""Adding and changing a partner, and saying that its numbers still work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.partners import actions
from nabij.partners.forms import PartnerForm
from nabij.partners.models import RegionPartner
from nabij.partners.queries import places_in, regions_for
from nabij.partners.views.finding import form_page, partner_or_404, refuse_readers


@require_http_methods(["GET", "POST"])
def keep(request: Request) -> HttpResponse:
    """A new partner of a region; who adds it is its contact person until another is named."""
    refuse_readers(request)
    regions = regions_for(request.actor)
    form = PartnerForm(request.POST or None, regions=regions, places=places_in(regions, request.at))

    def act() -> RegionPartner:
        region = form.cleaned_data["safety_region"]
        return actions.keep_partner(region.pk, form.to_reached(), by=request.actor, at=request.at)

    return form_page(request, form, act, title=_("Partner toevoegen"), submit=_("Voeg toe"))


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: UUID) -> HttpResponse:
    """Other numbers, other roles; then they count as looked at."""
    refuse_readers(request)
    found = partner_or_404(request, pk)
    regions = regions_for(request.actor)
    initial = {name: getattr(found, name) for name in PartnerForm.base_fields}
    form = PartnerForm(
        request.POST or None, regions=regions, places=places_in(regions, request.at), partner=found,
        initial=initial,
    )  # fmt: skip

    def act() -> RegionPartner:
        return actions.change_partner(found, form.to_reached(), by=request.actor, at=request.at)

    return form_page(request, form, act, title=found.name, submit=_("Bewaren"), partner=found)


@require_POST
def check(request: Request, pk: UUID) -> HttpResponse:
    """Somebody called: the numbers work."""
    actions.check_numbers(partner_or_404(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("Opgeschreven: de nummers zijn vandaag nagekeken."))
    return redirect("partners:partner", pk)
