"""Texts and calls by the HTTP gateway: no proxy, no redirect, a short time-out."""

import http.client
import json
from urllib.parse import urlsplit

from django.conf import settings

from nabij.notify.channels.parcel import Handed, Parcel
from nabij.notify.terms import delivery_terms

LARGEST_ANSWER = 64 * 1024
TRY_AGAIN = (408, 425, 429)


def hand_to_gateway(parcel: Parcel) -> Handed:
    """Give one text or call to the gateway, with the idempotency key that makes a second try harmless."""
    try:
        status, answer = _post(parcel)
    except TimeoutError:
        return Handed(False, code="timeout")
    except (OSError, http.client.HTTPException):
        return Handed(False, code="no_connection")
    if 200 <= status < 300:
        return Handed(True, provider_id=_number_in(answer))
    return Handed(False, code=f"http_{status}", is_final=400 <= status < 500 and status not in TRY_AGAIN)


def _post(parcel: Parcel) -> tuple[int, bytes]:
    parts = urlsplit(settings.ENV.gateway_url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=delivery_terms().gateway_timeout)
    message = {
        "to": parcel.address,
        "body": parcel.body,
        "kind": parcel.channel,
        "idempotency_key": parcel.key,
        "callback_url": parcel.callback_url,
        "exercise": parcel.is_exercise,
        "answers": parcel.asks_answer,
    }
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {settings.ENV.gateway_token.get_secret_value()}",
        "Connection": "close",
    }
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/messages", json.dumps(message), headers)
        response = connection.getresponse()
        return response.status, response.read(LARGEST_ANSWER)
    finally:
        connection.close()


def _number_in(answer: bytes) -> str:
    """The gateway's own number for the message; an unreadable answer still means that it was taken."""
    try:
        return str(json.loads(answer)["id"])[:100]
    except (ValueError, KeyError, TypeError):
        return ""
