"""What the council reads, what it said, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre, Readership, TextVersion
from nabij.centres.queries import in_page_order, text_states, title_of
from nabij.centres.queries.states import TextState
from nabij.councils.content import number
from nabij.councils.models import CommentState, CouncilComment
from nabij.councils.policies import SEAT, council_visible_to
from nabij.keys.sealing import Opener
from nabij.kit.notation import amsterdam_moment
from nabij.openings.models import BoardSeat
from nabij.openings.policies import seated
from nabij.wording.markup import to_html


def council_centres(actor: Actor, at: datetime) -> QuerySet[AdviceCentre]:
    """The centres on whose council one sits, the newest first."""
    found = AdviceCentre.objects.filter(council_visible_to(actor, at))
    return found.select_related("incident", "commission__organisation").order_by("-live_at", "pk")


@dataclass(frozen=True)
class CommentLine:
    """A comment, opened, with what it is about."""

    comment: CouncilComment
    body: str
    answer: str
    title: str
    is_own: bool


@dataclass(frozen=True)
class TextLine:
    """A text as readers have it now, with what the council said of it."""

    version: TextVersion
    title: str
    html: SafeString
    comments: list[CommentLine]


def comments_at(centre: AdviceCentre) -> QuerySet[CouncilComment]:
    """Everything that the council of a centre said that one sees, the oldest first."""
    rows = CouncilComment.objects.filter(centre=centre).select_related("version__text", "centre__incident")
    return rows.order_by("written_at", "pk")


def comment_lines(centre: AdviceCentre, actor: Actor) -> list[CommentLine]:
    """All comments at a centre, opened."""
    rows = list(comments_at(centre))
    opener = Opener(row.pk for row in rows)
    titles = {state.text.pk: text_title(state) for state in text_states(centre)}
    return [
        CommentLine(
            row,
            opener.open(row.pk, row.body_sealed),
            opener.open(row.pk, row.answer_sealed),
            titles.get(row.version.text_id, ""),
            row.written_by_id == actor.id,
        )
        for row in rows
    ]


def text_title(state: TextState) -> str:
    """What a text is called: its section, its question, or the moment of the message."""
    stated = state.text.stated_at
    return _("Bericht van %(moment)s") % {"moment": amsterdam_moment(stated)} if stated else title_of(state)


def council_texts(centre: AdviceCentre, language: str, actor: Actor) -> list[TextLine]:
    """The texts that everybody reads now, messages first, each with its comments."""
    states = [state for state in text_states(centre) if state.text.language == language and _is_open(state)]
    news = sorted((each for each in states if each.text.is_message), key=_stated, reverse=True)
    told: dict[UUID, list[CommentLine]] = {}
    for line in comment_lines(centre, actor):
        told.setdefault(line.comment.version.text_id, []).append(line)
    ordered = [*news, *(state for _title, state in in_page_order(states))]
    return [
        TextLine(
            state.public[-1],
            text_title(state),
            to_html(state.public[-1].body, language),
            told.get(state.text.pk, []),
        )
        for state in ordered
    ]


def _is_open(state: TextState) -> bool:
    public = state.public
    return state.text.audience == Readership.OPEN and bool(public) and public[-1].withdrawn_at is None


def _stated(state: TextState) -> datetime:
    return state.text.stated_at or state.newest.created_at


def open_number(centre: AdviceCentre) -> int:
    """How many comments wait for an answer."""
    return CouncilComment.objects.filter(centre=centre, state=CommentState.OPEN).count()


def members_now(centre: AdviceCentre, at: datetime) -> int:
    """How many sit on the council now."""
    return BoardSeat.objects.filter(seated(at), centre=centre, seat=SEAT).count()


def has_right_size(members: int) -> bool:
    """Whether the council is as large as it should be."""
    return number("fewest") <= members <= number("most")
