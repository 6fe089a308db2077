"""The public pages of centres: made from approved texts only, the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from nabij.centres.markup import to_html
from nabij.centres.models import AdviceCentre, Language, TextVersion
from nabij.centres.queries import TextState, published_centres, text_states
from nabij.centres.sections import NEWS, Section, sections, words
from nabij.people.pages import registration_page
from nabij.publish.pages import PublicPage, render_public

REGISTER = "register"


@dataclass(frozen=True)
class ShownSection:
    """A section as a reader gets it; `language` differs from the page's when it is not translated."""

    code: str
    title: str
    language: str
    html: SafeString


@dataclass(frozen=True)
class ShownMessage:
    """A news message as a reader gets it; without html when it was withdrawn."""

    stated_at: datetime
    source: str
    language: str
    html: SafeString | None
    corrected_at: datetime | None
    withdrawn_at: datetime | None


def address(centre: AdviceCentre, language: str) -> str:
    """Where the centre stands in this language."""
    return centre.path if language == Language.DUTCH else f"/{language}{centre.path}"


def public_pages() -> Iterable[PublicPage]:
    """Every live centre and, until it is archived, its registration form, in each language."""
    for centre in published_centres():
        for language in Language.values:
            path = address(centre, language)
            yield PublicPage(path, language, partial(centre_page, centre, language))
            if centre.archived_at is None:
                yield PublicPage(f"{path}aanmelden/", language, partial(_registration, centre, language))


def centre_page(centre: AdviceCentre, language: str) -> str:
    """The page of the centre: what would go live now is what is live now, byte for byte."""
    states = text_states(centre)
    with translation.override(language):
        return render_public("centres/public.html", _context(centre, language, states))


def _context(centre: AdviceCentre, language: str, states: list[TextState]) -> dict[str, object]:
    moments = [version.approved_at for state in states for version in state.versions if version.approved_at]
    moments += [
        state.withdrawn.withdrawn_at for state in states if state.withdrawn and state.withdrawn.withdrawn_at
    ]
    return {
        "centre": centre,
        "words": words(language),
        "language": language,
        "sections": shown_sections(states, language),
        "messages_shown": shown_messages(states, language),
        "changed_at": max(moments, default=None),
        "register_path": f"{address(centre, language)}aanmelden/",
        "is_exercise": centre.incident.is_exercise,
        "languages": [
            {
                "code": code,
                "label": get_language_info(code)["name_local"],
                "url": address(centre, code),
                "is_current": code == language,
            }
            for code in Language.values
        ],
    }


def shown_sections(states: list[TextState], language: str) -> list[ShownSection]:
    """The approved sections in the order of the template; what is not translated comes in Dutch."""
    live = {
        (state.text.section, state.text.language): state.live for state in states if not state.text.is_message
    }
    shown = (_section(section, live, language) for section in sections())
    return [section for section in shown if section is not None]


def _section(
    section: Section, live: dict[tuple[str, str], TextVersion | None], language: str
) -> ShownSection | None:
    for tongue in dict.fromkeys((language, Language.DUTCH.value)):
        version = live.get((section.code, tongue))
        if version is not None:
            return ShownSection(section.code, section.title(language), tongue, to_html(version.body))
    return None


def shown_messages(states: list[TextState], language: str) -> list[ShownMessage]:
    """The approved messages, newest first; a withdrawn one says so; an untranslated one comes in Dutch."""
    found: dict[tuple[datetime | None, str], TextState] = {}
    for tongue in dict.fromkeys((Language.DUTCH.value, language)):
        for state in states:
            if state.text.section == NEWS and state.text.language == tongue and state.approved:
                found[(state.text.stated_at, state.text.source)] = state
    messages = [_message(state) for state in found.values()]
    return sorted(messages, key=lambda each: each.stated_at, reverse=True)


def _message(state: TextState) -> ShownMessage:
    live, withdrawn = state.live, state.withdrawn
    earlier = [each for each in state.versions if each.approved_at and each is not live]
    return ShownMessage(
        stated_at=state.text.stated_at or state.versions[0].created_at,
        source=state.text.source,
        language=state.text.language,
        html=to_html(live.body) if live else None,
        corrected_at=live.approved_at if live and earlier else None,
        withdrawn_at=withdrawn.withdrawn_at if withdrawn else None,
    )


def _registration(centre: AdviceCentre, language: str) -> str:
    return registration_page(centre.incident_id, centre.name, language)
