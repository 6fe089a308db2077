"""The public pages about calling, made without a request: a release and a visitor get the same."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from nabij.contact.doors import CallerKind, DoorKey, Doors, Urgency, doors_for, phone_of
from nabij.contact.hours import hours_in_words, line_state, opening_hours
from nabij.contact.moments import DAYS, clock_in_words, moment_in_words
from nabij.kit.content import load_toml
from nabij.kit.context import surroundings

LANGUAGES = {"nl": "Nederlands", "en": "English"}
_FILE = Path(__file__).parent / "data" / "pages.toml"
Renderer = Callable[[str], str]


def public_pages() -> list[tuple[str, Renderer]]:
    """Every page of this app that stands in a release: its address, and what makes it in a language."""
    pages: list[tuple[str, Renderer]] = [
        (reverse("contact:doors"), door_page),
        (reverse("contact:first_steps"), first_steps_page),
    ]
    for caller in CallerKind:
        address = reverse("contact:caller", args=[_caller(caller)["slug"]])
        pages.append((address, partial(caller_page, caller)))
    return pages


def door_page(language: str) -> str:
    """The door page: who are you, and the hours; the live status comes by itself."""
    language = known_language(language)
    context = {"callers": _choices("caller", language)}
    context |= _languages(reverse("contact:doors"), language) | _hours(language)
    return _render("contact/doors.html", context, language)


def caller_page(caller: CallerKind, language: str) -> str:
    """The page of one kind of caller: how soon is help needed, and what always holds."""
    language = known_language(language)
    path = reverse("contact:caller", args=[_caller(caller)["slug"]])
    context = _caller_context(caller, language) | _languages(path, language) | _hours(language)
    return _render("contact/caller.html", context, language)


def first_steps_page(language: str) -> str:
    """The page for when the line is closed: first steps, 112 and 113, and when the line opens."""
    language = known_language(language)
    content = load_toml(_FILE)
    words = content["help_page"][language]
    context = {
        "help": words,
        "help_lines": [{**line[language], "phone": line["phone"]} for line in content["help_line"]],
        "steps": [step[language] for step in content["step"]],
        "when": words["line"].format(hours=hours_in_words(language), phone=phone_of(DoorKey.PUBLIC_LINE)),
        **_languages(reverse("contact:first_steps"), language),
    }
    return _render("contact/first_steps.html", context, language)


def answer_page(caller: CallerKind | None, urgency: Urgency | None, at: datetime, language: str) -> str:
    """The live answer as a whole page, for who has no JavaScript."""
    language = known_language(language)
    context = _answer(caller, urgency, at, language) | _hours(language)
    return _render("contact/answer.html", context, language)


def answer_fragment(caller: CallerKind | None, urgency: Urgency | None, at: datetime, language: str) -> str:
    """The live answer as a piece of a page: the doors of a known caller, or else whether the line is open."""
    language = known_language(language)
    return _render("contact/_answer.html", _answer(caller, urgency, at, language), language)


def caller_of(slug: str) -> CallerKind | None:
    """The kind of caller with this word in the address; None when there is none."""
    return next((kind for kind in CallerKind if _caller(kind)["slug"] == slug), None)


def urgency_of(slug: str) -> Urgency | None:
    """The urgency with this word in the address; None when there is none."""
    urgencies = load_toml(_FILE)["urgency"]
    return next((urgency for urgency in Urgency if urgencies[urgency]["slug"] == slug), None)


def address(path: str, language: str) -> str:
    """The address of a page in a language: Dutch at the root, others below their code."""
    return path if language == "nl" else f"/{language}{path}"


def known_language(language: str) -> str:
    """The language when these pages have it, otherwise Dutch."""
    short = language.split("-")[0]
    return short if short in LANGUAGES else "nl"


def _caller(caller: CallerKind) -> dict[str, str]:
    facts: dict[str, str] = load_toml(_FILE)["caller"][caller]
    return facts


def _choices(kind: str, language: str) -> list[dict[str, str]]:
    return [{"slug": each["slug"], "label": each[language]} for each in load_toml(_FILE)[kind].values()]


def _caller_context(caller: CallerKind, language: str) -> dict[str, Any]:
    facts = _caller(caller)
    return {
        "caller": {"slug": facts["slug"], "label": facts[language]},
        "urgencies": _choices("urgency", language),
        "rules": load_toml(_FILE)["rule"][facts["rule"]][language],
    }


def _languages(path: str, language: str) -> dict[str, Any]:
    """The same page in the other languages."""
    return {
        "languages": [
            {"code": code, "label": label, "url": address(path, code), "is_current": code == language}
            for code, label in LANGUAGES.items()
        ]
    }


def _hours(language: str) -> dict[str, Any]:
    """The week as rows of a table, and as a piece of a sentence."""
    return {
        "week": list(zip(DAYS[language], opening_hours().week, strict=True)),
        "hours_in_words": hours_in_words(language),
        "closing_days": sorted(opening_hours().closing_days),
    }


def _answer(
    caller: CallerKind | None, urgency: Urgency | None, at: datetime, language: str
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "status": _status(at, language),
        "line_is_open": line_state(at, opening_hours()).is_open,
    }
    if caller is None:
        return context
    doors: Doors = doors_for(caller, urgency or Urgency.URGENT, at, opening_hours(), language)
    return context | {"doors": doors} | _caller_context(caller, language)


def _status(at: datetime, language: str) -> str:
    hours = opening_hours()
    state = line_state(at, hours)
    words: dict[str, str] = load_toml(_FILE)["door_page"][language]
    if state.closes_at:
        return words["open_now"].format(closing=clock_in_words(state.closes_at, hours.zone, language))
    if state.opens_at:
        opening = moment_in_words(state.opens_at, state.today, hours.zone, language)
        return words["closed_now"].format(opening=opening)
    return words["closed_long"]


def _render(template: str, context: dict[str, Any], language: str) -> str:
    words: dict[str, str] = load_toml(_FILE)["door_page"][language]
    house = {
        "words": words,
        "language": language,
        "line": phone_of(DoorKey.PUBLIC_LINE),
        "fallback": words["status_fallback"].format(hours=hours_in_words(language)),
        "prefix": address("", language),
    }
    with translation.override(language):
        return render_to_string(template, surroundings(HttpRequest()) | house | context)
