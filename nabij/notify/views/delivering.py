"""The page of failed messages, and the address at which the gateway reports."""

import hmac
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.notify import actions
from nabij.notify.models import Delivery, split_key
from nabij.notify.queries import failed_deliveries_for, failed_lines

LARGEST_REPORT = 64 * 1024


@require_safe
def failed(request: Request) -> HttpResponse:
    """What did not arrive, and a button to send it again."""
    if not request.actor.may(Permission.SEE_MESSAGES):
        raise PermissionDenied
    return render(request, "notify/failed.html", {"lines": failed_lines(request.actor, request.at)})


@require_POST
def resend(request: Request, delivery_id: UUID) -> HttpResponse:
    """Send one failed delivery again."""
    delivery = get_object_or_404(failed_deliveries_for(request.actor, request.at), pk=delivery_id)
    actions.resend(delivery, by=request.actor, at=request.at)
    messages.success(request, gettext("Het bericht wordt opnieuw verstuurd."))
    return redirect("notify:failed")


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """The gateway says that a message arrived, failed or was answered; only with its bearer token."""
    token = settings.ENV.gateway_token.get_secret_value()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401)
    try:
        news = _news(request)
        delivery_id, round_number = split_key(str(news["idempotency_key"]))
        _tell(delivery_id, round_number, news)
    except (ValueError, KeyError, RecursionError):
        return HttpResponse(status=422)
    except Delivery.DoesNotExist:
        return HttpResponse(status=404)
    return HttpResponse(status=204)


def _news(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REPORT:
        raise ValueError("too large")
    news = json.loads(request.body)
    if not isinstance(news, dict):
        raise ValueError("not an object")
    return news


def _tell(delivery_id: UUID, round_number: int, news: dict[str, Any]) -> None:
    at = clock.now()
    if "answer" in news:
        actions.report_answer(delivery_id, str(news["answer"]), by=SYSTEM, at=at)
    elif news["state"] == "delivered":
        actions.report_delivered(delivery_id, by=SYSTEM, at=at)
    elif news["state"] == "failed":
        actions.report_failed(delivery_id, round_number, by=SYSTEM, at=at)
    else:
        raise ValueError("unknown state")
