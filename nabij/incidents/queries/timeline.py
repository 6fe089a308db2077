"""The timeline: what the trail says and what people wrote, together, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from nabij.accounts.models import Membership, Organisation
from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.audit.queries import entries_of
from nabij.incidents.models import Incident, TimelineNote
from nabij.incidents.policies import may_erase_seen
from nabij.incidents.queries.incidents import notes_for
from nabij.incidents.words import FACTS
from nabij.keys.sealing import Opener
from nabij.kit.notation import dutch_number

MOST_LINES = 300
RUN = timedelta(minutes=5)
_labels: dict[str, StrOrPromise] = {**FACTS, "grip": "GRIP"}


@dataclass(frozen=True)
class Line:
    """One line: when, what, some numbers, who; `text` is hand-written, in `note`."""

    at: datetime
    what: str
    who: str
    detail: str = ""
    actor_id: UUID | None = None
    text: str = ""
    note: TimelineNote | None = None
    may_erase: bool = False
    again_at: tuple[datetime, ...] = ()

    @property
    def moments(self) -> tuple[datetime, ...]:
        """All moments at which this happened, the first one first."""
        return (self.at, *self.again_at)

    def repeats(self, earlier: "Line") -> bool:
        """Whether the same actor did the same again; two people of one role read alike and stay apart."""
        alike = (self.what, self.who, self.detail) == (earlier.what, earlier.who, earlier.detail)
        alike = alike and self.actor_id == earlier.actor_id
        return alike and self.note is None and earlier.note is None


def register_facts(labels: dict[str, StrOrPromise]) -> None:
    """Let numbers of an app's own verbs be shown: name of the fact → Dutch label (called from its hooks)."""
    _labels.update(labels)


def timeline(incident: Incident, actor: Actor, at: datetime) -> list[Line]:
    """The last 300 lines; names of staff only for who may see them, otherwise role and organisation.

    Five queries, however long the timeline.
    """
    entries = list(entries_of(incident.pk).exclude(verb__startswith="note.").order_by("-id")[:MOST_LINES])
    notes = list(notes_for(actor, at).filter(incident=incident).order_by("-written_at")[:MOST_LINES])
    who = _Names(entries, notes, shows_names=actor.may(Permission.SEE_STAFF_NAMES))
    opener = Opener(note.pk for note in notes)
    lines = [_told(entry, who) for entry in reversed(entries)] + [
        _written(note, who, opener, actor) for note in notes
    ]
    return _runs(sorted(lines, key=lambda line: line.at)[-MOST_LINES:])


def _runs(lines: list[Line]) -> list[Line]:
    """Equal lines that follow each other within minutes become one, with all their moments."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and line.repeats(last) and line.at - last.moments[-1] <= RUN:
            found[-1] = replace(last, again_at=(*last.again_at, line.at))
        else:
            found.append(line)
    return found


def _told(entry: TrailEntry, who: "_Names") -> Line:
    known = [(str(_labels[name]), fact) for name, fact in entry.facts.items() if name in _labels]
    detail = ", ".join(_fact(label, fact) for label, fact in known if fact is True or type(fact) is int)
    return Line(entry.at, trail.sentence(entry.verb), who.of(entry), detail, entry.actor_id)


def _fact(label: str, fact: trail.Fact) -> str:
    """A number with its label; of a yes the label alone."""
    return f"{label} {dutch_number(fact)}" if type(fact) is int else label


def _written(note: TimelineNote, who: "_Names", opener: Opener, actor: Actor) -> Line:
    if note.erased_at is not None:
        return Line(note.written_at, gettext("Notitie (gewist)"), who.writer(note))
    return Line(
        note.written_at,
        gettext("Notitie"),
        who.writer(note),
        text=opener.open(note.pk, note.text_sealed),
        note=note,
        may_erase=may_erase_seen(actor, note),
    )


class _Names:
    """Who did it, as the reader may know it: found with two queries for the whole timeline."""

    def __init__(
        self, entries: Iterable[TrailEntry], notes: Iterable[TimelineNote], *, shows_names: bool
    ) -> None:
        member_ids = {note.written_by_id for note in notes}
        member_ids |= {entry.actor_id for entry in entries if entry.actor_id}
        rows = Membership.objects.filter(pk__in=member_ids).select_related("user", "organisation")
        self._members = {row.pk: row for row in rows}
        unknown = {entry.organisation_id for entry in entries if entry.actor_id not in self._members}
        self._organisations = Organisation.objects.in_bulk([each for each in unknown if each])
        self._shows_names = shows_names

    def of(self, entry: TrailEntry) -> str:
        """Who did what the trail tells."""
        if entry.actor_id in self._members:
            return self._member(entry.actor_id)
        if entry.actor_kind == ActorKind.SYSTEM:
            return "Nabij"
        if entry.organisation_id in self._organisations:
            return self._organisations[entry.organisation_id].name
        return gettext("zonder inlog")

    def writer(self, note: TimelineNote) -> str:
        """Who wrote the note."""
        return self._member(note.written_by_id)

    def _member(self, pk: UUID) -> str:
        member = self._members[pk]
        role = f"{member.get_role_display()}, {member.organisation.name}"
        return f"{member.user.name} ({role})" if self._shows_names else role
