"""Asking for a swap, taking a duty, agreeing, and taking over now."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.rosters import actions
from nabij.rosters.forms import TakeForm, TakeOverForm
from nabij.rosters.models import Duty, Swap
from nabij.rosters.policies import can_ask_swap, can_decide, can_take, can_undo
from nabij.rosters.queries import duties_for, own_duties
from nabij.rosters.queries.swaps import can_do_without_planner, colleagues_for, everybody_for, swaps_for


def _duty(request: Request, duty_id: UUID) -> Duty:
    return get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)


def _swap(request: Request, swap_id: UUID) -> Swap:
    return get_object_or_404(swaps_for(request.actor, request.at), pk=swap_id)


@require_http_methods(["GET", "POST"])
def ask(request: Request, duty_id: UUID) -> HttpResponse:
    """Who could take this duty, and asking them all."""
    duty = _duty(request, duty_id)
    if request.method == "POST":
        swap = actions.ask_swap(duty, by=request.actor, at=request.at)
        messages.success(request, _("Uw collega's krijgen de vraag."))
        return redirect("rosters:swap", swap.pk)
    colleagues = colleagues_for(duty, request.at)
    runs = duty.starts_at < request.at < duty.ends_at
    context = {
        "duty": duty,
        "colleagues": colleagues,
        "may_ask": can_ask_swap(request.actor, duty, request.at),
        "take_over": TakeOverForm(people=[each.membership for each in colleagues]) if runs else None,
    }
    return render(request, "rosters/ask_swap.html", context)


@require_POST
def take_over(request: Request, duty_id: UUID) -> HttpResponse:
    """A colleague takes the rest of a duty that runs, now."""
    duty = _duty(request, duty_id)
    people = [each.membership for each in everybody_for(duty, request.at)]
    form = TakeOverForm(request.POST, people=people)
    if form.is_valid():
        taker = next(each for each in people if str(each.pk) == form.cleaned_data["taker"])
        try:
            actions.take_over_now(duty, taker, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("taker", error)
        else:
            messages.success(request, _("De dienst is nu van uw collega. Vertel wat er loopt."))
            return redirect("rosters:week")
    context = {"duty": duty, "colleagues": [], "may_ask": False, "take_over": form}
    return render(request, "rosters/ask_swap.html", context, status=422)


@require_safe
def swap(request: Request, swap_id: UUID) -> HttpResponse:
    """One swap: what is asked, and what this reader can do."""
    return _page(request, _swap(request, swap_id), None)


def _page(request: Request, found: Swap, form: TakeForm | None) -> HttpResponse:
    actor, at = request.actor, request.at
    may_take = can_take(actor, found, at)
    own = [duty for duty in own_duties(actor, at) if duty.starts_at > at and duty.pk != found.duty_id]
    context = {
        "swap": found,
        "form": (form or TakeForm(duties=own)) if may_take else None,
        "may_decide": can_decide(actor, found, at),
        "may_withdraw": can_ask_swap(actor, found.duty, at) and found.state in ("asked", "taken"),
        "may_undo": can_undo(actor, found, at),
        "waits": not can_do_without_planner(found.duty.team_id),
    }
    return render(request, "rosters/swap.html", context, status=422 if form and form.errors else 200)


@require_POST
def take(request: Request, swap_id: UUID) -> HttpResponse:
    """I take this duty, perhaps for one of mine."""
    found = _swap(request, swap_id)
    own = {str(duty.pk): duty for duty in own_duties(request.actor, request.at)}
    form = TakeForm(request.POST, duties=list(own.values()))
    if form.is_valid():
        in_return = own.get(form.cleaned_data["in_return"])
        try:
            done = actions.take_swap(found, in_return=in_return, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            is_done = done.state == "done"
            text = (
                _("De dienst is van u.") if is_done else _("Genoteerd. De teamleider keurt de ruil nog goed.")
            )
            messages.success(request, text)
            return redirect("rosters:swap", found.pk)
    return _page(request, found, form)


@require_POST
def decide(request: Request, swap_id: UUID) -> HttpResponse:
    """The planner agrees, or not."""
    found = _swap(request, swap_id)
    try:
        actions.decide_swap(found, request.POST.get("besluit") == "ja", by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Uw besluit is bewaard. Beiden krijgen bericht."))
    return redirect("rosters:swap", found.pk)


@require_POST
def withdraw(request: Request, swap_id: UUID) -> HttpResponse:
    """The question is withdrawn."""
    found = _swap(request, swap_id)
    actions.withdraw_swap(found, by=request.actor, at=request.at)
    messages.success(request, _("De vraag is ingetrokken."))
    return redirect("rosters:swap", found.pk)


@require_POST
def undo(request: Request, swap_id: UUID) -> HttpResponse:
    """The swap is turned back."""
    found = _swap(request, swap_id)
    try:
        actions.undo_swap(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("De ruil is teruggedraaid."))
    return redirect("rosters:swap", found.pk)
