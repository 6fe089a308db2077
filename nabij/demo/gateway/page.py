"""The page with the phones of the fictional staff, in Dutch; everything on it is escaped."""

import json
import re
from datetime import datetime
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from nabij.demo.gateway.faults import KINDS, Faults
from nabij.demo.gateway.gateway import Gateway
from nabij.demo.gateway.messages import Message, plain

ON_THE_PAGE = 300
ON_A_PHONE = 10
EVERY_SECONDS = 3
HERE = ZoneInfo("Europe/Amsterdam")
LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]")
KIND = {"sms": "Sms", "voice": "Gesproken bericht", "mail": "E-mail"}
KEYS = {"1": "ik kom", "2": "ik kan niet"}
FAULT = {
    "hang": "geen antwoord",
    "error": "fout 500",
    "drop": "zoekgeraakt",
    "duplicate": "dubbel",
    "late": "melding laat",
    "fail": "mislukt",
    "mail": "e-mail uitgesteld",
}
Delivery = tuple[str, Message]


def phones_page(gateway: Gateway, wanted: str, refreshes: bool) -> str:
    """Show one card for each phone, the phone with the newest message first."""
    with gateway.store.lock:
        deliveries = [
            delivery for delivery in gateway.store.on_the_phones() if plain(wanted) in plain(delivery[1].to)
        ]
        faults = gateway.store.faults
    phones: dict[str, list[Delivery]] = {}
    for delivery in deliveries[:ON_THE_PAGE]:
        phones.setdefault(plain(delivery[1].to), []).append(delivery)
    names = names_in(gateway)
    cards = "".join(_phone(phone, names, wanted, refreshes) for phone in phones.values())
    left_out = len(deliveries) - ON_THE_PAGE
    more = f'<p class="note">Nog {left_out} oudere berichten staan hier niet.</p>' if left_out > 0 else ""
    refresh = f'<meta http-equiv="refresh" content="{EVERY_SECONDS}">' if refreshes else ""
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Gesimuleerde telefoons</title>{refresh}
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/phones.css"></head><body>
<header><h1>Gesimuleerde telefoons</h1><p>Niets hiervan gaat het netwerk op.</p></header>
<main>{_controls(wanted, refreshes)}{_faults(faults)}
<div class="phones">{cards or _empty(wanted)}</div>{more}</main></body></html>"""


def names_in(gateway: Gateway) -> dict[str, str]:
    """Read whose phone is whose from names.json in the gateway's folder, when it is there."""
    try:
        names = json.loads((gateway.folder / "names.json").read_text(encoding="utf-8"))
        return {plain(str(to)): str(name) for to, name in names.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def linked(text: str) -> str:
    """Escape a text and make its web addresses clickable."""
    parts, end = [], 0
    for match in LINK.finditer(text):
        address = escape(match.group())
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>')
        end = match.end()
    return "".join(parts) + escape(text[end:])


def _controls(wanted: str, refreshes: bool) -> str:
    address = "/?" + _view(wanted, not refreshes)
    switch = f"Ververst elke {EVERY_SECONDS} seconden. " if refreshes else "Ververst niet vanzelf. "
    word = "Zet stil" if refreshes else "Zet aan"
    keep = "" if refreshes else '<input type="hidden" name="ververs" value="uit">'
    return f"""<form class="search" method="get" action="/" role="search">
<label for="to">Nummer of e-mailadres</label>
<div><input id="to" name="to" value="{escape(wanted)}" autocomplete="off">{keep}<button>Zoek</button></div>
</form>
<p class="note">{switch}<a href="{escape(address)}">{word}</a></p>"""


def _view(wanted: str, refreshes: bool) -> str:
    view = {"to": wanted, "ververs": "" if refreshes else "uit"}
    return urlencode({name: value for name, value in view.items() if value})


def _faults(faults: Faults) -> str:
    shares = [(FAULT[kind], getattr(faults, kind)) for kind in (*KINDS, "mail")]
    on = ", ".join(f"{word} {share * 100:.0f}%" for word, share in shares if share)
    return f'<p class="faults">Storingen aan: {on} (reeks {faults.seed}).</p>' if on else ""


def _empty(wanted: str) -> str:
    if wanted:
        nothing = f"Geen berichten voor <bdi>{escape(wanted)}</bdi>."
        return f'<p class="empty">{nothing} <a href="/">Toon alle telefoons</a></p>'
    return '<p class="empty">Nog geen berichten. Vraag in Nabij om hulp, dan komen ze hier binnen.</p>'


def _phone(deliveries: list[Delivery], names: dict[str, str], wanted: str, refreshes: bool) -> str:
    to = deliveries[0][1].to
    name = names.get(plain(to), "")
    title = f"{escape(name)} <bdi>{escape(to)}</bdi>" if name else f"<bdi>{escape(to)}</bdi>"
    shown = deliveries if wanted else deliveries[:ON_A_PHONE]
    items = "".join(_message(at, message, wanted, refreshes) for at, message in shown)
    rest = f'<a href="/?{escape(_view(to, refreshes))}">Toon alle {len(deliveries)} berichten</a>'
    return f"""<section class="phone"><h2>{title}</h2><ol>{items}</ol>
{rest if len(shown) < len(deliveries) else ""}</section>"""


def _message(at: str, message: Message, wanted: str, refreshes: bool) -> str:
    moment = datetime.fromisoformat(at).astimezone(HERE)
    exercise = '<strong class="exercise">OEFENING</strong> ' if message.exercise else ""
    twice = " · dubbel bezorgd" if len(message.deliveries) > 1 else ""
    subject = f"<h3>{escape(message.subject)}</h3>" if message.subject else ""
    when = f'<time datetime="{at}">{moment:%d-%m %H:%M:%S}</time>'
    return f"""<li><p class="when">{exercise}{KIND[message.kind]} · {when}{twice}</p>
{subject}<p class="text" dir="auto">{linked(message.body)}</p>{_keys(message, wanted, refreshes)}</li>"""


def _keys(message: Message, wanted: str, refreshes: bool) -> str:
    if message.answer:
        return f'<p class="pressed">Gedrukt: {message.answer} = {KEYS[message.answer]}</p>'
    if not message.awaits_key:
        return ""
    keys = "".join(f'<button name="answer" value="{key}">{key} = {KEYS[key]}</button>' for key in KEYS)
    stay = "" if refreshes else '<input type="hidden" name="ververs" value="uit">'
    return f"""<form class="keys" method="post" action="/messages/{message.id}/answer">
<input type="hidden" name="to" value="{escape(wanted)}">{stay}{keys}</form>"""
