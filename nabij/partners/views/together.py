"""Contact persons of both sides, agreements, and moments together."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.kit.clock import local
from nabij.partners import actions
from nabij.partners.forms import AgreementForm, LinkForm, LookAgainForm, MeetingForm
from nabij.partners.models import PartnerAgreement, RegionPartner
from nabij.partners.queries import agreements_for, candidates_for, line_of, partners_for
from nabij.partners.views.finding import form_page, partner_or_404, refuse_readers


@require_http_methods(["GET", "POST"])
def know(request: Request, pk: UUID) -> HttpResponse:
    """Who of us, and which role of them."""
    refuse_readers(request)
    found = partner_or_404(request, pk)
    link = line_of(found, request.actor, request.at).link
    names = ("owner", "our_phone", "their_function", "their_phone")
    initial = {name: getattr(link, name) for name in names} if link else {}
    form = LinkForm(request.POST or None, people=candidates_for(request.actor, request.at), initial=initial)

    def act() -> RegionPartner:
        actions.know_partner(found, form.to_known(), by=request.actor, at=request.at)
        return found

    return form_page(request, form, act, title=_("Contactpersonen"), submit=_("Bewaren"), partner=found)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """I am their contact person from now on."""
    try:
        actions.take_partner(partner_or_404(request, pk), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("U bent nu hun contactpersoon."))
    return redirect("partners:partner", pk)


@require_http_methods(["GET", "POST"])
def agree(request: Request, pk: UUID) -> HttpResponse:
    """Write down what was agreed."""
    refuse_readers(request)
    found = partner_or_404(request, pk)
    form = AgreementForm(request.POST or None, initial={"agreed_on": local(request.at).date()})

    def act() -> RegionPartner:
        actions.agree(found, form.to_agreed(), by=request.actor, at=request.at)
        return found

    return form_page(request, form, act, title=_("Afspraak opschrijven"), submit=_("Bewaren"), partner=found)


@require_http_methods(["GET", "POST"])
def look_again(request: Request, pk: UUID) -> HttpResponse:
    """Both looked: it still holds until the next day to look."""
    refuse_readers(request)
    found = _agreement_or_404(request, pk)
    form = LookAgainForm(request.POST or None)

    def act() -> RegionPartner:
        actions.look_again(found, form.cleaned_data["look_again_on"], by=request.actor, at=request.at)
        return found.partner

    return form_page(
        request, form, act, title=_("Afspraak weer bekeken"), submit=_("Deze afspraak geldt nog"),
        partner=found.partner, agreement=found,
    )  # fmt: skip


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    """The agreement holds no longer."""
    found = _agreement_or_404(request, pk)
    actions.end_agreement(found, by=request.actor, at=request.at)
    messages.success(request, _("Deze afspraak geldt niet meer."))
    return redirect("partners:partner", found.partner_id)


@require_http_methods(["GET", "POST"])
def meet(request: Request, pk: UUID | None = None) -> HttpResponse:
    """Write down a moment together, or plan one; from the page of a partner that one is ticked."""
    refuse_readers(request)
    found = partner_or_404(request, pk) if pk else None
    form = MeetingForm(
        request.POST or None, known=partners_for(request.actor), today=local(request.at).date(),
        initial={"partners": [pk] if pk else [], "held_on": local(request.at).date()},
    )  # fmt: skip

    def act() -> RegionPartner | None:
        chosen = [each.pk for each in form.cleaned_data["partners"]]
        actions.meet_partners(chosen, form.to_met(), by=request.actor, at=request.at)
        return found

    return form_page(request, form, act, title=_("Moment met partners"), submit=_("Bewaren"), partner=found)


def _agreement_or_404(request: Request, pk: UUID) -> PartnerAgreement:
    found: PartnerAgreement = get_object_or_404(agreements_for(request.actor), pk=pk)
    return found
