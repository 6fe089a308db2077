"""Search before create: who may already have a case, showing no more than the searcher may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.audit.queries import entry_of
from nabij.cases.models import Case, CaseState, SearchKey
from nabij.cases.policies import visible_to
from nabij.cases.queries.lists import Row, cases_for, rows_of
from nabij.cases.searching import keys_of, marks
from nabij.people.models import Registration
from nabij.vulnerability.models import Level, LevelChange

MOST_FOUND = 10


@dataclass(frozen=True)
class Found:
    """Cases that sound alike and are open to the searcher, and others of the team: only that they exist."""

    rows: list[Row]
    has_hidden: bool


def hidden_cases(name: str, phone: str, email: str, *, by: Actor, at: datetime) -> QuerySet[Case]:
    """Open cases of the asker's organisation that share a name's sound, phone or e-mail, not open to them.

    For actions only: that one of these exists may not be shown.
    """
    marked = _with_marks(name, phone, email, by)
    return Case.objects.select_related("team").filter(
        ~Q(visible_to(by, at)), ~Q(state=CaseState.CLOSED), pk__in=marked
    )


def _with_marks(name: str, phone: str, email: str, by: Actor) -> QuerySet[SearchKey, UUID]:
    digests = [mark for _, mark in marks(by.organisation_id or UUID(int=0), keys_of(name, phone, email))]
    return SearchKey.objects.filter(digest__in=digests).values_list("case_id", flat=True)


def search_cases(name: str, phone: str, email: str, *, by: Actor, at: datetime) -> Found:
    """Cases in the searcher's own organisation that share a name's sound, phone or e-mail.

    Of what is not open to the searcher only this is said: the team may have one, ask the leader. A case at
    level 3 is not even counted: for who was not named it does not exist.
    """
    if by.organisation_id is None:
        return Found([], has_hidden=False)
    with_mark = _with_marks(name, phone, email, by)
    found = cases_for(by, at).filter(pk__in=with_mark)[:MOST_FOUND]
    raised = LevelChange.objects.filter(person_id=OuterRef("person_id"), level=Level.HIGH)
    others = Case.objects.filter(~Exists(raised), ~Q(visible_to(by, at)), pk__in=with_mark)
    return Found(rows_of(found, at), has_hidden=others.exists())


def person_of_registration(entry_id: int) -> UUID | None:
    """Whose registration a line of the trail is about; None when it was erased since."""
    entry = entry_of(entry_id)
    rows = Registration.objects.filter(pk=entry.subject_id) if entry else Registration.objects.none()
    return rows.values_list("person_id", flat=True).first()
