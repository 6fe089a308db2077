"""By which steps my team is called, and how to change them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.paging import actions
from nabij.paging.forms import LadderForm
from nabij.paging.ladders import own_kinds
from nabij.paging.queries import LadderInUse, ladders_of


@require_safe
def ladders(request: Request) -> HttpResponse:
    """Who is called after how many minutes, for each kind of call."""
    found = ladders_of(request.actor, request.at)
    if not found:
        raise PermissionDenied
    return render(request, "paging/ladders.html", {"ladders": found})


@require_http_methods(["GET", "POST"])
def change_ladder(request: Request, kind: str) -> HttpResponse:
    """Choose other steps or other minutes for my team."""
    used = _in_use(request, kind)
    form = LadderForm(request.POST or None, national=own_kinds()[kind], now=used.ladder)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.write_ladder(
                kind, steps=form.steps, repeat_minutes=clean["repeat_minutes"],
                repeat_until_hours=clean["repeat_until_hours"], by=request.actor, at=request.at,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Het oproepschema geldt vanaf nu. Oproepen die al lopen, veranderen niet.")
            )
            return redirect("paging:ladders")
    context = {"form": form, "used": used}
    return render(request, "paging/change_ladder.html", context, status=422 if form.errors else 200)


@require_POST
def give_up_ladder(request: Request, kind: str) -> HttpResponse:
    """Back to the national steps."""
    _in_use(request, kind)
    actions.give_up_ladder(kind, by=request.actor, at=request.at)
    messages.success(request, _("Het landelijke oproepschema geldt weer."))
    return redirect("paging:ladders")


def _in_use(request: Request, kind: str) -> LadderInUse:
    found = {each.kind: each for each in ladders_of(request.actor, request.at)}
    if kind not in found:
        raise Http404
    return found[kind]
