"""Pages without a domain: is it alive, is it ready, how to report a leak, a form that came from elsewhere."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from nabij.kit import readiness as readiness_checks


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The web process answers; says nothing of the database, so that a database pause restarts nothing."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readiness(request: HttpRequest) -> JsonResponse:
    """Whether this process can do its whole work now: 200, or 503 with what is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = {"database": "ok", **readiness_checks.state()}
    except DatabaseError:
        found = {"database": "away"}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics of this process, for the machine itself and its neighbours on loopback only."""
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1") or "HTTP_X_FORWARDED_FOR" in request.META:
        return HttpResponse(status=404)
    own = CollectorRegistry()
    own.register(readiness_checks.Figures())
    figures = generate_latest() + generate_latest(own)
    return HttpResponse(figures, content_type=CONTENT_TYPE_LATEST)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak (RFC 9116)."""
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.ENV.security_contact}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.ENV.base_url}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its proof of origin: say in words what to do, keep nothing."""
    return render(request, "403.html", {"reason": "csrf"}, status=403)
