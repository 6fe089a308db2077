"""What each address of the gateway answers."""

import hmac
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from nabij.demo.gateway.answers import Answer, Refused, Request, as_json, as_page
from nabij.demo.gateway.faults import faults_from
from nabij.demo.gateway.gateway import Gateway, KeyTaken, new_id
from nabij.demo.gateway.messages import Message, message_from, moment_from, now, same_recipient
from nabij.demo.gateway.page import phones_page

Route = Callable[[Gateway, Request, str], Answer]


def answer_to(gateway: Gateway, request: Request) -> Answer:
    """Find who answers this address and let it answer; HEAD is answered as GET."""
    method = "GET" if request.method == "HEAD" else request.method
    allowed = []
    for verb, pattern, route in ROUTES:
        if match := re.fullmatch(pattern, request.path):
            if verb == method:
                return route(gateway, request, match.group(1) if match.groups() else "")
            allowed.append(verb)
    raise Refused(405, f"only {', '.join(allowed)} here") if allowed else Refused(404, "nothing here")


def send_message(gateway: Gateway, request: Request, _: str) -> Answer:
    """Take a text or a call, with the fault that the seed has for this request."""
    check_token(gateway, request)
    try:
        message = message_from(request.json(), new_id(), now())
    except ValueError as error:
        raise Refused(422, str(error)) from None
    draw = gateway.store.draw("http", message.idempotency_key)
    spoilt = draw.fault in ("hang", "error")
    try:
        id = gateway.accept(message, "" if spoilt else draw.fault) if draw.kept or not spoilt else ""
    except KeyTaken:
        raise Refused(409, "idempotency_key was used for another recipient") from None
    if draw.fault == "hang":
        gateway.stopping.wait(gateway.store.faults.hang_seconds)
        raise Refused(503, "simulated: no answer in time")
    if draw.fault == "error":
        raise Refused(500, "simulated: internal error")
    return as_json({"id": id}, 202)


def show_message(gateway: Gateway, request: Request, id: str) -> Answer:
    """Say how one message stands."""
    check_token(gateway, request)
    message = found(gateway, id)
    return as_json({**asdict(message), "delivered_times": len(message.deliveries)})


def press_key(gateway: Gateway, request: Request, id: str) -> Answer:
    """Press 1 or 2 on the phones page, and go back to it."""
    message = found(gateway, id)
    form = dict(parse_qsl(request.body))
    if form.get("answer") not in ("1", "2"):
        raise Refused(422, "answer must be 1 or 2")
    if not message.answers:
        raise Refused(409, "this message asks for no key")
    gateway.press(message, form["answer"])
    view = urlencode({name: form[name] for name in ("to", "ververs") if form.get(name)})
    return Answer(303, headers={"Location": f"/?{view}" if view else "/"})


def list_messages(gateway: Gateway, request: Request, _: str) -> Answer:
    """List what is on the phones, newest first; a message delivered twice is listed twice."""
    to = request.query.get("to", "")
    try:
        since = moment_from(request.query["since"]) if request.query.get("since") else ""
    except ValueError:
        raise Refused(422, "since is not a moment") from None
    rows = [
        {**asdict(message), "delivered_at": at}
        for at, message in gateway.store.on_the_phones()
        if at >= since and (not to or same_recipient(message.to, to))
    ]
    return as_json({"messages": rows})


def clear_messages(gateway: Gateway, request: Request, _: str) -> Answer:
    """Empty the phones; the journal keeps what was on them."""
    gateway.store.record({"event": "cleared"})
    return Answer(204)


def set_faults(gateway: Gateway, request: Request, _: str) -> Answer:
    """Take other faults from now on; what is not named is off."""
    try:
        gateway.store.set_faults(faults_from(request.json()))
    except ValueError as error:
        raise Refused(422, str(error)) from None
    return show_faults(gateway, request, "")


def show_faults(gateway: Gateway, request: Request, _: str) -> Answer:
    """Say which faults are on."""
    return as_json(asdict(gateway.store.faults))


def show_phones(gateway: Gateway, request: Request, _: str) -> Answer:
    """Show the phones of the fictional staff."""
    return as_page(phones_page(gateway, request.query.get("to", ""), request.query.get("ververs") != "uit"))


def show_style(gateway: Gateway, request: Request, _: str) -> Answer:
    """Give the style sheet of the phones page."""
    return Answer(200, Path(__file__).with_name("phones.css").read_bytes(), "text/css; charset=utf-8")


def show_health(gateway: Gateway, request: Request, _: str) -> Answer:
    """Say that the gateway is there."""
    return as_json({"ok": True})


def check_token(gateway: Gateway, request: Request) -> None:
    """Refuse a sender without the right bearer token."""
    if not hmac.compare_digest(request.token.encode(), gateway.token.encode()):
        raise Refused(401, "bearer token is missing or wrong")


def found(gateway: Gateway, id: str) -> Message:
    """Give the message with this id, or refuse."""
    if message := gateway.store.messages.get(id):
        return message
    raise Refused(404, "no such message")


ROUTES: tuple[tuple[str, str, Route], ...] = (
    ("GET", "/", show_phones),
    ("GET", "/phones.css", show_style),
    ("GET", "/health", show_health),
    ("POST", "/messages", send_message),
    ("GET", "/messages/([0-9a-f]+)", show_message),
    ("POST", "/messages/([0-9a-f]+)/answer", press_key),
    ("GET", "/api/messages", list_messages),
    ("DELETE", "/api/messages", clear_messages),
    ("POST", "/faults", set_faults),
    ("GET", "/faults", show_faults),
)
