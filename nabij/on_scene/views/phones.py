"""Testing the phones of who is on duty: start one, and read who was reached."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.on_scene import actions
from nabij.on_scene.policies import can_test_phones
from nabij.on_scene.queries import phone_tests_for, results_of, team_of_actor


@never_cache
@require_http_methods(["GET", "POST"])
def phone_tests(request: Request) -> HttpResponse:
    """The last tests of my team with a line per person, and a button to test now."""
    team = team_of_actor(request.actor)
    if team is None or not can_test_phones(request.actor, request.at):
        raise PermissionDenied
    if request.method == "POST":
        actions.try_phones(team, by=request.actor, at=request.at)
        messages.success(request, _("De proefoproep is verstuurd. Vernieuw de pagina na een paar minuten."))
        return redirect("on_scene:phone_tests")
    tests = [(test, results_of(test)) for test in phone_tests_for(request.actor, request.at)[:4]]
    return render(request, "on_scene/phone_tests.html", {"tests": tests})
