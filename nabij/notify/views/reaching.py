"""By which numbers I am called."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.notify import actions
from nabij.notify.forms import CodeForm, PointForm, WaitForm
from nabij.notify.models import Channel, ContactPoint
from nabij.notify.policies import has_own_points
from nabij.notify.queries import own_lines, own_points


@never_cache
@require_safe
def reach(request: Request) -> HttpResponse:
    """My numbers and addresses, in the order in which they are tried."""
    _may_have(request)
    return render(request, "notify/reach.html", {"lines": own_lines(request.actor, request.at)})


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a number; a code is sent to it at once."""
    _may_have(request)
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            point = actions.add_own_point(
                Channel(clean["channel"]), clean["number"], wait=timedelta(minutes=int(clean["wait"])),
                by=request.actor, at=request.at,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("number", error)
        else:
            return redirect("notify:confirm", point.pk)
    return render(request, "notify/reach_add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def confirm(request: Request, point_id: UUID) -> HttpResponse:
    """Type the code that came to the new number."""
    point = _own(request, point_id)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.confirm_own_point(point, form.cleaned_data["code"], by=request.actor, at=request.at):
            messages.success(request, _("Dit nummer wordt vanaf nu gebruikt."))
            return redirect("notify:reach")
        form.add_error("code", _("Deze code klopt niet of geldt niet meer."))
    context = {"form": form, "point": point}
    return render(request, "notify/reach_confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: Request, point_id: UUID) -> HttpResponse:
    """Choose how long this number waits its turn."""
    point = _own(request, point_id)
    form = WaitForm(request.POST or None, initial={"wait": int(point.delay.total_seconds() // 60)})
    if request.method == "POST" and form.is_valid():
        wait = timedelta(minutes=int(form.cleaned_data["wait"]))
        try:
            actions.change_own_wait(point, wait, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("wait", error)
        else:
            messages.success(request, _("Uw volgorde is bewaard."))
            return redirect("notify:reach")
    context = {"form": form, "point": point}
    return render(request, "notify/reach_change.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: Request, point_id: UUID) -> HttpResponse:
    """Stop using this number."""
    try:
        actions.drop_own_point(_own(request, point_id), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Dit nummer wordt niet meer gebruikt."))
    return redirect("notify:reach")


def _may_have(request: Request) -> None:
    if not has_own_points(request.actor, request.at):
        raise PermissionDenied


def _own(request: Request, point_id: UUID) -> ContactPoint:
    return get_object_or_404(own_points(request.actor, request.at), pk=point_id)
