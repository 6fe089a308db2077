"""The public page on which one asks for the news of a centre, the same for everybody, and the way to it."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info

from nabij.centres.blocks import Block
from nabij.centres.models import AdviceCentre
from nabij.centres.pages import address, states_of
from nabij.centres.queries import published_centres
from nabij.centres.queries.shown import shown_languages
from nabij.news_readers.content import words
from nabij.news_readers.forms import AskForm
from nabij.publish.pages import PublicPage, render_public

BELOW = "nieuws/"


def news_block(centre: AdviceCentre, language: str) -> list[Block]:
    """The way to the page, with what is happening now; not in an archive."""
    if centre.archived_at is not None:
        return []
    text, url = words(language), f"{address(centre, language)}{BELOW}"
    return [Block("now", text["title"], text["block"], url=url, link=text["block_link"])]


def ask_pages(**only: UUID) -> Iterable[PublicPage]:
    """The page of every centre that is open, in each language of the centre; `only` of the one with `pk`."""
    for centre in published_centres(**only):
        if centre.archived_at is None:
            languages = shown_languages(states_of(centre))
            for language in languages:
                path = f"{address(centre, language)}{BELOW}"
                render = partial(_ask_page, centre, language, languages)
                yield PublicPage(path, language, render, centre.pk)


def _ask_page(centre: AdviceCentre, language: str, languages: list[str]) -> str:
    switch = [
        {
            "code": code,
            "label": get_language_info(code)["name_local"],
            "url": f"{address(centre, code)}{BELOW}",
            "is_current": code == language,
        }
        for code in languages
    ]
    page = {
        **page_of(AskForm(language=language), str(centre.pk), language),
        "centre_name": centre.name,
        "languages": switch,
        "back": address(centre, language),
        "register": f"{address(centre, language)}aanmelden/",
        "is_exercise": centre.incident.is_exercise,
    }
    with translation.override(language):
        return render_public("news_readers/ask.html", page)


def page_of(form: AskForm, centre_id: str, language: str) -> dict[str, Any]:
    """What the form needs, on the page for everybody and again with what was typed."""
    action = reverse("news_readers:ask", args=[centre_id, language])
    return {"form": form, "words": words(language), "action": action}
