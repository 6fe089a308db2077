"""The public pages of centres: made from approved texts only, the same for everybody."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

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
from nabij.centres.queries.states import TextState
from nabij.centres.sections import words
from nabij.contact.doors import DoorKey, phone_of
from nabij.people.pages import registration_page
from nabij.publish.pages import PublicPage, StandIn, once, render_public
from nabij.wording.markup import RIGHT_TO_LEFT

REGISTER = "register"


def address(centre: AdviceCentre, language: str) -> str:
    """Where the centre stands in this language."""
    return centre.path if language == Language.DUTCH else f"/{language}{centre.path}"


def public_pages(**only: UUID) -> Iterable[PublicPage]:
    """The pages of every live centre; `only` of the one with `pk`."""
    return (page for centre in published_centres(**only) for page in _pages(centre))


def _pages(centre: AdviceCentre) -> Iterable[PublicPage]:
    """The centre in each language that is ready, and its form where there is one, until archived."""
    for language in shown_languages(states_of(centre)):
        path = address(centre, language)
        render = partial(centre_page, centre, language)
        yield PublicPage(path, language, render, centre.pk, stand_in(centre))
        if centre.archived_at is None:
            form = partial(_registration, centre, language)
            yield PublicPage(f"{path}aanmelden/", language, form, centre.pk)


def stand_in(centre: AdviceCentre) -> StandIn:
    """What readers still get when words were taken away and the page cannot be made."""
    return StandIn(centre.name, phone_of(DoorKey.PUBLIC_LINE))


def states_of(centre: AdviceCentre) -> list[TextState]:
    """The texts of a centre, asked once for all its pages in a release."""
    return once(("texts", centre.pk), partial(text_states, centre))


def centre_page(centre: AdviceCentre, language: str, audience: str = Readership.OPEN) -> str:
    """The page of the centre: what would go live now is what is live now, byte for byte."""
    with translation.override(language):
        return render_public("centres/public.html", page_context(centre, language, audience))


def page_context(centre: AdviceCentre, language: str, audience: str = Readership.OPEN) -> dict[str, object]:
    """What stands on the page in this language, for this readership."""
    states = states_of(centre)
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
    languages = _switch(centre, language, shown_languages(states_of(centre)), "aanmelden/")
    practised = centre.incident.is_exercise
    return registration_page(centre.incident_id, centre.name, language, languages, is_exercise=practised)
