"""Where a form comes from: whether from a page of this house, without any token, and from which network.

The public form is rendered to a file, the same for everybody: it cannot carry a token, and its visitor has
no cookie that a foreign page could abuse. What remains to be refused is a foreign page that makes visitors
post in its name, and the browser itself tells where a form came from.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on our own page; no word at all is a no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(told)
    if not parts.netloc:
        return False
    ours = urlsplit(settings.ENV.base_url)
    return parts.netloc in (request.get_host(), ours.netloc)


def network_of(request: HttpRequest) -> str:
    """The network a visitor comes from: /24 or /48, told by the proxy when that stands on this machine."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    if address in ("127.0.0.1", "::1", "") and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    if ":" in address:
        return ":".join(address.split(":")[:3])
    return address.rpartition(".")[0]
