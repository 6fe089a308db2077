"""What readers get: sections, messages, questions and answers, as they stand at one moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString

from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, CentreText, Language, Readership, TextVersion
from nabij.centres.queries.states import TextState, state_of, text_states
from nabij.centres.sections import Section, needed_sections, sections
from nabij.wording.markup import to_html


@dataclass(frozen=True)
class ShownSection:
    """A section as a reader gets it; `language` differs from the page's when it is not translated."""

    code: str
    title: str
    language: str
    html: SafeString
    body: str
    title_language: str = ""


@dataclass(frozen=True)
class ShownMessage:
    """A news message as a reader gets it, its version counted for readers; withdrawn has no html."""

    text_id: UUID
    key: UUID | None
    stated_at: datetime
    source: str
    language: str
    html: SafeString | None
    body: str
    number: int
    corrected_at: datetime | None
    withdrawn_at: datetime | None
    is_closed: bool = False
    public_at: datetime | None = None


def messages_for(
    centre: AdviceCentre, audience: str, at: datetime, language: str = "nl"
) -> list[ShownMessage]:
    """The messages that this readership may read at this moment, newest first.

    The closed part reads its own messages too, and what is for everybody as soon as it is approved.
    """
    return shown_messages(text_states(centre), language, audience, at)


def shown_messages(
    states: list[TextState], language: str, audience: str = Readership.OPEN, at: datetime | None = None
) -> list[ShownMessage]:
    """The approved messages, newest first; a withdrawn one says so; an untranslated one comes in Dutch.

    `at` leaves out what came after that moment.
    """
    found: dict[UUID | None, ShownMessage] = {}
    for tongue in dict.fromkeys((Language.DUTCH.value, language)):
        for state in states:
            if state.text.is_message and state.text.language == tongue:
                seen = read_by(state, audience, at)
                if seen:
                    found[state.text.message_key] = _message(state, seen)
    return sorted(found.values(), key=lambda each: each.stated_at, reverse=True)


def read_by(state: TextState, audience: str, at: datetime | None = None) -> list[TextVersion]:
    """The versions that this readership got, the last at the end: the closed part first, then the public."""
    is_closed = audience == Readership.CLOSED
    seen = state.chain if is_closed else state.public
    moments = [(each.approved_at if is_closed else each.told_at, each) for each in seen]
    return [each for moment, each in moments if moment and (at is None or moment <= at)]


def _message(state: TextState, seen: list[TextVersion]) -> ShownMessage:
    last = seen[-1]
    is_withdrawn = last.withdrawn_at is not None
    return ShownMessage(
        text_id=state.text.pk,
        key=state.text.message_key,
        stated_at=state.text.stated_at or last.created_at,
        source=state.text.source,
        language=state.text.language,
        html=None if is_withdrawn else to_html(last.body, state.text.language),
        body="" if is_withdrawn else last.body,
        number=len(seen),
        corrected_at=last.approved_at if len(seen) > 1 and not is_withdrawn else None,
        withdrawn_at=last.withdrawn_at,
        is_closed=state.text.audience == Readership.CLOSED,
        public_at=last.public_at,
    )


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
            html = to_html(version.body, tongue)
            heading = language if language in section.titles else Language.DUTCH.value
            return ShownSection(section.code, section.title(language), tongue, html, version.body, heading)
    return None


def shown_questions(states: list[TextState], language: str) -> list[ShownSection]:
    """The published questions with their answers, the oldest first; an untranslated one comes in Dutch."""
    live = {
        (state.text.section, state.text.language): state.live for state in states if state.text.is_question
    }
    found = (
        _section(Section(code, {"nl": ""}), live, language)
        for code in dict.fromkeys(state.text.section for state in _oldest_first(states))
    )
    return [_parted(each) for each in found if each is not None]


def _oldest_first(states: list[TextState]) -> list[TextState]:
    questions = [state for state in states if state.text.is_question]
    return sorted(questions, key=lambda each: each.versions[0].created_at)


def _parted(shown: ShownSection) -> ShownSection:
    """The first line is the question, the rest is the answer."""
    question, _line, answer = shown.body.partition("\n")
    html = to_html(answer, shown.language)
    return replace(
        shown, title=question.strip(), html=html, body=answer.strip(), title_language=shown.language
    )


def shown_languages(states: list[TextState]) -> list[str]:
    """Dutch and English, and any other language once its first needed texts are approved."""
    live = {(state.text.section, state.text.language) for state in states if state.live}
    return [
        code
        for code in Language.values
        if code in BASE_LANGUAGES or all((section, code) in live for section in needed_sections(code))
    ]


def begun_languages(centre: AdviceCentre) -> list[str]:
    """The languages in which this centre has texts, approved or not, in the usual order."""
    found = set(CentreText.objects.filter(centre=centre).values_list("language", flat=True))
    return [code for code in Language.values if code in found]


def standing(
    version: TextVersion, state: TextState | None = None, around: list[TextState] | None = None
) -> TextVersion | None:
    """What readers have by now and the writer of this version had not seen; None when nothing came between.

    Of a section: an approved version that this one does not build on. Of a message: another message that
    was approved while this one was being written or waited.
    """
    text = version.text
    state = state or state_of(text)
    head = state.approved
    if head is not None:
        return None if head.number in {*state.knew(version), version.number} else head
    if not text.is_message:
        return None
    states = text_states(text.centre) if around is None else around
    news = [each for each in states if each.text.is_message and each.text.language == text.language]
    others = [each for other in news for each in other.versions if other.text.message_key != text.message_key]
    found = {each.approved_at: each for each in others if each.approved_at and not each.withdrawn_at}
    newest = max(found, default=version.created_at)
    return found[newest] if newest > version.created_at else None
