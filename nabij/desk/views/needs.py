"""One registration at the desk, and what happens with its needs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.desk import actions
from nabij.desk.forms import EndForm, GiveForm, PassForm, TogetherForm
from nabij.desk.models import Need
from nabij.desk.policies import can_take, can_work_on, works_at_desk
from nabij.desk.queries.needs import Sheet, member_of, owner_names, people_for
from nabij.desk.views.finding import need_or_404, sheet_or_404
from nabij.incidents.views.finding import posted


def _sheet_page(request: Request, sheet: Sheet, form: TogetherForm) -> HttpResponse:
    names = owner_names(sheet.needs)
    rows = [
        {
            "need": each,
            "told": sheet.told[each.pk],
            "owner": names.get(each.owner_id, "") if each.owner_id else "",
            "is_late": each.is_late(request.at),
            "may_take": each.waits_for_the_desk and can_take(request.actor, each, request.at),
            "may_work": each.is_live and can_work_on(request.actor, each, request.at),
        }
        for each in sheet.needs
    ]
    page = {"sheet": sheet, "rows": rows, "form": form, "is_at_desk": works_at_desk(request.actor)}
    return render(request, "desk/registration.html", page, status=422 if form.errors else 200)


@never_cache
@require_safe
def registration(request: Request, pk: UUID) -> HttpResponse:
    """Who it is, how to reach them, what they need and who does what."""
    return _sheet_page(request, sheet_or_404(request, pk), TogetherForm())


@never_cache
@require_POST
def together(request: Request, pk: UUID) -> HttpResponse:
    """Link this registration with another one, or let it go from its group."""
    sheet = sheet_or_404(request, pk)
    if "los" in request.POST:
        actions.take_apart(sheet.line.registration, by=request.actor, at=request.at)
        return redirect("desk:registration", pk)
    form = TogetherForm(request.POST)
    if form.is_valid():
        try:
            actions.put_together(
                sheet.line.registration, form.cleaned_data["reference"], by=request.actor, at=request.at
            )
            return redirect("desk:registration", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _sheet_page(request, sheet, form)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """I take this."""
    return _do(request, need_or_404(request, pk), actions.take_need)


@require_POST
def step_back(request: Request, pk: UUID, step: str) -> HttpResponse:
    """I give it back, or the partner does."""
    acts = {"teruggeven": actions.give_back, "terughalen": actions.take_again}
    if step not in acts:
        raise Http404
    return _do(request, need_or_404(request, pk), acts[step])


def _do(request: Request, need: Need, act: Callable[..., Need]) -> HttpResponse:
    try:
        act(need, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return _back(request, need)


def _back(request: Request, need: Need) -> HttpResponse:
    """To the person, or to the own list when this person is no longer the visitor's to see."""
    if works_at_desk(request.actor):
        return redirect("desk:registration", need.registration_id)
    return redirect("desk:mine")


def _form_page(
    request: Request, need: Need, form: forms.Form, title: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """One question about a need; what is wrong stands beside its field and what was typed stays."""
    if not can_work_on(request.actor, need, request.at):
        raise PermissionDenied("Deze hulpvraag is niet van u.")
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, _("Bewaard."))
            return _back(request, need)
        except ValidationError as error:
            form.add_error(None, error)
    page = {"need": need, "form": form, "title": title}
    return render(request, "desk/need.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: Request, pk: UUID) -> HttpResponse:
    """Give it to a colleague."""
    need = need_or_404(request, pk)
    form = GiveForm(posted(request), people=people_for(need.incident, request.at))

    def act(told: dict[str, Any]) -> object:
        to = member_of(UUID(told["owner"]))
        return actions.give_need(need, to, by=request.actor, at=request.at)

    return _form_page(request, need, form, _("Aan een collega geven"), act)


@never_cache
@require_http_methods(["GET", "POST"])
def pass_on(request: Request, pk: UUID) -> HttpResponse:
    """Pass it to a partner, with what was told."""
    need = need_or_404(request, pk)
    form = PassForm(posted(request), initial={"partner": need.partner})

    def act(told: dict[str, Any]) -> object:
        return actions.pass_need(need, told["partner"], told["told"], by=request.actor, at=request.at)

    return _form_page(request, need, form, _("Doorgeven aan een partner"), act)


@never_cache
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: UUID) -> HttpResponse:
    """It is done."""
    need = need_or_404(request, pk)

    def act(told: dict[str, Any]) -> object:
        return actions.end_need(need, told["outcome"], by=request.actor, at=request.at)

    return _form_page(request, need, EndForm(posted(request)), _("Klaar melden"), act)
