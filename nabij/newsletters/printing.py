"""The page of a centre on one sheet of A4, in each of its languages: made with the release."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from nabij.centres.models import AdviceCentre, Readership
from nabij.centres.pages import address, page_context, stand_in, states_of
from nabij.centres.queries import published_centres
from nabij.centres.queries.shown import ShownMessage, read_by, shown_languages
from nabij.centres.queries.states import TextState
from nabij.newsletters.content import print_limits, print_sections, print_words
from nabij.newsletters.queries.places import place_on_page
from nabij.publish.pages import PublicPage, render_public
from nabij.wording.markup import to_html


def print_pages(**only: UUID) -> Iterable[PublicPage]:
    """A sheet for every live centre in each language of its page; `only` of the one with `pk`."""
    return (page for centre in published_centres(**only) for page in _prints(centre))


def _prints(centre: AdviceCentre) -> Iterable[PublicPage]:
    for language in shown_languages(states_of(centre)):
        path = f"{address(centre, language)}print/"
        yield PublicPage(path, language, partial(print_page, centre, language), centre.pk, stand_in(centre))


def print_page(centre: AdviceCentre, language: str) -> str:
    """The sheet: the same published texts as the page, with the moment and version on it."""
    with translation.override(language):
        return render_public("newsletters/print.html", sheet_of(centre, language))


def sheet_of(centre: AdviceCentre, language: str) -> dict[str, Any]:
    """What stands on the sheet: what is told of now, where to go and whom to call, the latest messages."""
    context = page_context(centre, language)
    limits, url = print_limits(), f"{settings.ENV.base_url}{address(centre, language)}"
    sections: Any = context["sections"]
    messages: Any = context["messages_shown"]
    blocks: Any = context["blocks"]
    shown = [message for message in messages if message.html is not None][: limits["messages"]]
    number, changed_at = version_of(centre, states_of(centre))
    return {
        **context,
        "blocks": [block for block in blocks if not block.url],  # paper leads nowhere
        "printed": print_words(language),
        "sheet_sections": [
            (section, *fitting(section.body, print_sections()[section.code], section.language))
            for section in sections
            if section.code in print_sections()
        ],
        "sheet_messages": [(each, *_message(each, limits["message"])) for each in shown],
        "url": url,
        "qr": qr_code(url),
        "number": number,
        "as_of_at": changed_at,
    }


def _message(message: ShownMessage, most: int) -> tuple[SafeString, bool]:
    return fitting(message.body, most, message.language)


def version_of(centre: AdviceCentre, states: list[TextState]) -> tuple[int, datetime | None]:
    """How often the open page changed (each text, withdrawal and decision about the place), and when last."""
    shown = [version for state in states for version in read_by(state, Readership.OPEN)]
    moments = [each.told_at for each in shown] + [each.withdrawn_at for each in shown]
    place = place_on_page(centre)
    if place is not None:
        moments += [place.decided_at] * place.number
    known = [moment for moment in moments if moment is not None]
    return len(known), max(known, default=None)


def fitting(body: str, most: int, language: str) -> tuple[SafeString, bool]:
    """The paragraphs that fit in so many characters, and whether something is left out."""
    kept: list[str] = []
    parts = re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip())
    for part in parts:
        if kept and sum(map(_room, kept)) + _room(part) > most:
            break
        kept.append(part)
    text, is_cut = _shortened("\n\n".join(kept), most)
    return to_html(text, language), is_cut or len(kept) < len(parts)


def _shortened(text: str, most: int) -> tuple[str, bool]:
    """A first paragraph that is too long by itself: line by line, and then in the middle of one."""
    lines = text.split("\n")
    while len(lines) > 1 and _room("\n".join(lines)) > most:
        lines.pop()
    short = "\n".join(lines)
    if len(short) > most:
        short = short[:most].rsplit(" ", 1)[0] + " …"
    return short, short != text


def _room(part: str) -> int:
    """How much room a paragraph takes, in characters: a short line of a list takes a whole line."""
    return sum(max(len(line), print_limits()["line"]) for line in part.split("\n"))


@cache
def qr_code(url: str) -> SafeString:
    """The QR code of an address as SVG, dark on white; the address stands beside it in words."""
    drawn = segno.make(url, micro=False, error="m").svg_inline(
        border=2, light="#ffffff", dark="#000000", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308  (drawn by us from our own address)
