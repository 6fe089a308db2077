"""My duties, my days, my languages."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission
from nabij.kit import panels
from nabij.rosters import actions
from nabij.rosters.forms import DaysForm, ProfileForm
from nabij.rosters.models import Wish
from nabij.rosters.policies import can_write_profile
from nabij.rosters.queries import duties_for, own_duties, plannable_people
from nabij.rosters.queries.calling import own_profile
from nabij.rosters.queries.fairness import burdens_of
from nabij.rosters.queries.people import days_for, duties_in_the_way, membership_of, own_days
from nabij.rosters.queries.swaps import asked_of_me, open_swaps


def _me(request: Request) -> Membership:
    if request.actor.id is None or not request.actor.may(Permission.BE_PAGED):
        raise PermissionDenied
    return membership_of(request.actor.id)


@require_safe
def mine(request: Request) -> HttpResponse:
    """My duties with the next one first, my days, and what I carried this year."""
    me = _me(request)
    asked = {each.duty_id: each for each in open_swaps(request.actor, request.at)}
    context = {
        "lines": [(duty, asked.get(duty.pk)) for duty in own_duties(request.actor, request.at)],
        "days": own_days(request.actor, request.at),
        "asked": asked_of_me(request.actor, request.at),
        "panels": panels.shown("my_duties", request, None),
        "burden": burdens_of([me.pk], request.at)[me.pk],
    }
    return render(request, "rosters/mine.html", context)


@require_POST
def confirm(request: Request, duty_id: UUID) -> HttpResponse:
    """I know of this duty and will be there."""
    duty = get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)
    actions.confirm_duty(duty, by=request.actor, at=request.at)
    messages.success(request, _("Uw dienst is bevestigd."))
    return redirect("rosters:mine")


def _whose_days(request: Request) -> list[Membership]:
    """Oneself first; for a planner everybody of the roster, so that somebody absent is helped."""
    planned = list(plannable_people(request.actor, request.at))
    if planned:
        return sorted(planned, key=lambda each: (each.pk != request.actor.id, each.user.name))
    return [_me(request)]


@require_http_methods(["GET", "POST"])
def enter_days(request: Request) -> HttpResponse:
    """Days on which I cannot, would rather not, or would like to; a planner tells them for others."""
    people = _whose_days(request)
    form = DaysForm(request.POST or None, at=request.at, people=people)
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.stretch()
        wish, chosen = Wish(form.cleaned_data["wish"]), form.cleaned_data.get("membership")
        whose = next((each for each in people if str(each.pk) == chosen), people[0])
        actions.enter_days(whose, wish, starts_at, ends_at, by=request.actor, at=request.at)
        messages.success(request, _("De dagen zijn bewaard."))
        blocked = len(duties_in_the_way(whose, starts_at, ends_at)) if wish == Wish.AWAY else 0
        if blocked:
            text = ngettext(
                "Er staat dan al %(number)d dienst. Vraag of iemand die overneemt.",
                "Er staan dan al %(number)d diensten. Vraag of iemand die overneemt.",
                blocked,
            )
            messages.warning(request, text % {"number": blocked})
        return redirect("rosters:mine" if request.actor.may(Permission.BE_PAGED) else "rosters:month")
    return render(request, "rosters/days.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def remove_days(request: Request, days_id: UUID) -> HttpResponse:
    """Take my days back."""
    days = get_object_or_404(days_for(request.actor, request.at), pk=days_id)
    actions.remove_days(days, by=request.actor, at=request.at)
    messages.success(request, _("Die dagen zijn weg."))
    return redirect("rosters:mine")


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """The languages that I speak and the town where I live, for who looks for somebody near."""
    if request.actor.id is None or not can_write_profile(request.actor, request.actor.id, request.at):
        raise PermissionDenied
    known = own_profile(request.actor, request.at)
    initial = {"languages": known.languages, "home": known.home_id} if known else {}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        languages, home = cast(list[str], form.cleaned_data["languages"]), form.cleaned_data["home"]
        actions.write_profile(
            request.actor.id, languages=languages, home=home, by=request.actor, at=request.at
        )
        messages.success(request, _("Uw talen en woonplaats zijn bewaard."))
        return redirect("rosters:profile")
    status = 422 if form.errors else 200
    return render(request, "rosters/profile.html", {"form": form}, status=status)
