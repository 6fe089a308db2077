"""How django-allauth behaves in Nabij: staff accounts are given, never taken."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

LOOPBACK = ("127.0.0.1", "::1", "")


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No sign-up: an organisation's administrator makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who asks, told by the proxy on this machine: else one guesser would lock everybody out."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        try:
            return str(ip_address(told)) if address in LOOPBACK else str(ip_address(address))
        except ValueError:
            return address or "127.0.0.1"
