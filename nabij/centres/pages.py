"""The public pages of centres: made from approved texts only, the same for everybody."""

from collections.abc import Iterable
from functools import partial

from django.utils import translation
from django.utils.translation import get_language_info

from nabij.centres import blocks
from nabij.centres.models import AdviceCentre, Language, Readership
from nabij.centres.queries import published_centres, text_states
from nabij.centres.queries.shown import (
    read_by,
    shown_languages,
    shown_messages,
    shown_questions,
    shown_sections,
)
from nabij.centres.sections import words
from nabij.people.pages import registration_page
from nabij.publish.pages import PublicPage, render_public
from nabij.wording.markup import RIGHT_TO_LEFT

REGISTER = "register"


def address(centre: AdviceCentre, language: str) -> str:
    """Where the centre stands in this language."""
    return centre.path if language == Language.DUTCH else f"/{language}{centre.path}"


def public_pages() -> Iterable[PublicPage]:
    """Every live centre in each language that is ready, and its form where there is one, until archived."""
    for centre in published_centres():
        for language in shown_languages(text_states(centre)):
            path = address(centre, language)
            yield PublicPage(path, language, partial(centre_page, centre, language))
            if centre.archived_at is None:
                yield PublicPage(f"{path}aanmelden/", language, partial(_registration, centre, language))


def centre_page(centre: AdviceCentre, language: str, audience: str = Readership.OPEN) -> str:
    """The page of the centre: what would go live now is what is live now, byte for byte."""
    with translation.override(language):
        return render_public("centres/public.html", page_context(centre, language, audience))


def page_context(centre: AdviceCentre, language: str, audience: str = Readership.OPEN) -> dict[str, object]:
    """What stands on the page in this language, for this readership."""
    states = text_states(centre)
    shown = [version for state in states for version in read_by(state, audience)]
    moments = [each.approved_at for each in shown] + [each.withdrawn_at for each in shown]
    return {
        "centre": centre,
        "words": words(language),
        "language": language,
        "languages_rtl": RIGHT_TO_LEFT,
        "sections": shown_sections(states, language),
        "questions": shown_questions(states, language),
        "messages_shown": shown_messages(states, language, audience),
        "blocks": blocks.of(centre, language),
        "changed_at": max(filter(None, moments), default=None),
        "print_path": f"{address(centre, language)}print/",
        "register_path": f"{address(centre, language)}aanmelden/",
        "is_exercise": centre.incident.is_exercise,
        "is_closed": audience == Readership.CLOSED,
        "languages": _switch(centre, language, [*shown_languages(states), language]),
    }


def _switch(
    centre: AdviceCentre, language: str, codes: list[str], below: str = ""
) -> list[dict[str, object]]:
    """The same page in each language."""
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"],
            "url": f"{address(centre, code)}{below}",
            "is_current": code == language,
        }
        for code in dict.fromkeys(codes)
    ]


def _registration(centre: AdviceCentre, language: str) -> str:
    languages = _switch(centre, language, shown_languages(text_states(centre)), "aanmelden/")
    practised = centre.incident.is_exercise
    return registration_page(centre.incident_id, centre.name, language, languages, is_exercise=practised)
