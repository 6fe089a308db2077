"""Messages, opened for who may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.models import Case, CaseHelper, CaseState, Part
from nabij.cases.presence import has
from nabij.cases.queries.lists import readers_of
from nabij.conversations.models import CaseMessage, Side
from nabij.conversations.policies import can_withdraw, messages_visible_to, side_of, writes_for
from nabij.keys.sealing import Opener
from nabij.own_space.queries import first_name


@dataclass(frozen=True)
class ShownMessage:
    """A message as one reader sees it; a helper goes by the first name."""

    message: CaseMessage
    text: str
    who: str
    is_mine: bool
    is_new: bool
    may_withdraw: bool


def messages_for(actor: Actor, case: Case, at: datetime) -> list[ShownMessage]:
    """The messages of one case that this actor may read, the oldest first."""
    rows = CaseMessage.objects.filter(messages_visible_to(actor, at), case=case).order_by("sent_at", "id")
    found, whose, side = list(rows), case.person_id, side_of(actor)
    opener, names = Opener([whose] if found else []), _names_of(found)
    for row in found:
        row.case = case
    return [
        ShownMessage(
            row,
            opener.open(whose, row.text_sealed),
            names.get(row.written_by, ""),
            is_mine=row.side == side and row.written_by == actor.id,
            is_new=row.side != side and row.read_at is None and row.withdrawn_at is None,
            may_withdraw=can_withdraw(actor, row, at),
        )
        for row in found
    ]


def _names_of(rows: list[CaseMessage]) -> dict[UUID, str]:
    helpers = {row.written_by for row in rows if row.side == Side.HELPER}
    members = Membership.objects.filter(pk__in=helpers).select_related("user") if helpers else []
    return {each.pk: first_name(each.user.name) for each in members}


def message_for(actor: Actor, pk: UUID, at: datetime) -> CaseMessage | None:
    """One message that this actor may read."""
    rows = CaseMessage.objects.select_related("case__team")
    return rows.filter(messages_visible_to(actor, at), pk=pk).first()


def draft_of(actor: Actor, case: Case) -> tuple[UUID, str] | None:
    """What this writer did not send yet, opened; nobody else reads it."""
    row = CaseMessage.objects.filter(Q(written_by=actor.id), case=case, sent_at__isnull=True).first()
    return (row.pk, Opener([case.person_id]).open(case.person_id, row.text_sealed)) if row else None


def own_cases(actor: Actor) -> list[Case]:
    """The cases of the person who is in, or for whom: where help goes on first, then the newest."""
    if actor.kind == ActorKind.ACTING:
        whose = actor.for_id if writes_for(actor) else None
    else:
        whose = actor.id if actor.kind == ActorKind.HELPED_PERSON else None
    found = Case.objects.filter(Q(person_id=whose)).select_related("incident", "team").order_by("-opened_at")
    return sorted(found, key=lambda case: case.state == CaseState.CLOSED)


def unread_by(side: Side, case: Case) -> int:
    """How many messages this side did not see yet."""
    if not has(case, "messages"):
        return 0
    return CaseMessage.objects.unread().filter(~Q(side=side), case=case).count()


def unread_by_person(person_id: UUID) -> int:
    """How many messages wait for this person, in all their cases."""
    return CaseMessage.objects.unread().filter(side=Side.HELPER, case__person_id=person_id).count()


def who_hears_of_danger(case: Case, at: datetime) -> set[UUID]:
    """Who helps in the case now; as long as nobody does, the leaders who may open it."""
    helping = CaseHelper.objects.filter(case=case, part__in=(Part.MAIN, Part.DEPUTY), ends_at__isnull=True)
    found = set(helping.values_list("membership_id", flat=True))
    if found:
        return found
    grants = list(readers_of(case, at))
    opens = Q(pk__in=[each.grantee_id for each in grants if each.grantee_id])
    opens |= Q(team_id__in=[each.team_id for each in grants if each.team_id])
    leaders = Membership.objects.current(at).filter(opens, role=Role.TEAM_LEADER)
    return set(leaders.values_list("pk", flat=True))


def is_unread(case: Case) -> str:
    """Why the case cannot close: the person wrote something that nobody read."""
    waits = CaseMessage.objects.unread().filter(case=case, side=Side.PERSON).exists()
    return "Er is nog een bericht van de persoon niet gelezen." if waits else ""


def messages_of(person_id: UUID) -> list[dict[str, Any]]:
    """All messages and one's own drafts as data to take along; helpers by first name."""
    return _as_data(
        Q(sent_at__isnull=False) | Q(side=Side.PERSON, written_by=person_id), person_id, person_id
    )


def messages_along(reader: Actor) -> list[dict[str, Any]] | None:
    """What was sent, for who acts for the person and may read it; None for who may not."""
    if not writes_for(reader) or reader.for_id is None or reader.id is None:
        return None
    return _as_data(Q(sent_at__isnull=False), reader.for_id, reader.id)


def _as_data(which: Q, whose: UUID, reader_id: UUID) -> list[dict[str, Any]]:
    found = list(CaseMessage.objects.filter(which, case__person_id=whose).order_by("saved_at", "id"))
    opener, names = Opener([whose] if found else []), _names_of(found)
    others = {whose: _("het kind"), reader_id: "u"}  # the person is the reader of their own file
    return [
        {
            "van": names.get(row.written_by, "")
            if row.side == Side.HELPER
            else others.get(row.written_by, _("iemand die meekijkt")),
            "tekst": opener.open(whose, row.text_sealed),
            "verstuurd": row.sent_at,
            "gelezen": row.read_at,
            "ingetrokken": row.withdrawn_at,
        }
        for row in found
    ]
