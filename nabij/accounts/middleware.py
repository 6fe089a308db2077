"""Login by default, second factor required, and who asks when."""

from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from nabij.accounts.http import Request
from nabij.accounts.models import User
from nabij.accounts.queries import actor_for, current_memberships
from nabij.audit.actor import ANONYMOUS
from nabij.kit import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP_KEY = "membership"
WITHOUT_SECOND_FACTOR = ("mfa_", "account_")


class LoginByDefault(LoginRequiredMiddleware):
    """Every page asks for a login unless its view is marked `login_not_required`."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask for a login; static and unknown addresses never come here."""
        return super().process_view(request, view_func, view_args, view_kwargs)


class WhoAndWhen:
    """Gives each request its moment and, behind the login, the membership that acts."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages keep the anonymous actor and touch no database here."""
        cast(Request, request).actor = ANONYMOUS
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Set actor and moment; send who has no second factor to where it is made."""
        if not getattr(view_func, "login_required", True):
            return None
        url_name = (request.resolver_match.url_name or "") if request.resolver_match else ""
        user = cast(User, request.user)
        if (
            settings.TOTP_REQUIRED
            and not url_name.startswith(WITHOUT_SECOND_FACTOR)
            and not is_mfa_enabled(user)
        ):
            return redirect("mfa_activate_totp")
        asking = cast(Request, request)
        asking.at = clock.now()
        memberships = list(current_memberships(user, asking.at))
        chosen = request.session.get(MEMBERSHIP_KEY)
        membership = next((each for each in memberships if str(each.pk) == chosen), None)
        membership = membership or (memberships[0] if memberships else None)
        if membership is None and not url_name.startswith(WITHOUT_SECOND_FACTOR):
            raise PermissionDenied("Dit account hoort niet (meer) bij een organisatie.")
        if membership is not None:
            asking.actor = actor_for(membership)
        return None
