"""The panels on the desk of who publishes: what could not be made, and how the second place stands."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.publish.queries import failing_pages, newest_release, place_of_second


@require_safe
def second_place(request: Request) -> HttpResponse:
    """Which release stands there, since when, and how often it failed."""
    if not request.actor.may(Permission.PUBLISH_CENTRE):
        raise PermissionDenied("De openbare pagina's horen niet bij uw rol.")
    page = {"place": place_of_second(), "newest": newest_release()}
    return render(request, "publish/_second_place.html", page)


@require_safe
def failing(request: Request) -> HttpResponse:
    """Which public pages cannot be made now, and since when."""
    if not request.actor.may(Permission.PUBLISH_CENTRE):
        raise PermissionDenied("De openbare pagina's horen niet bij uw rol.")
    page = {"pages": failing_pages(), "newest": newest_release()}
    return render(request, "publish/_failing.html", page)
