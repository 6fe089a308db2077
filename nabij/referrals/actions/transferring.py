"""A case is offered to another team; ownership moves when that team's leader accepts, and not before."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.access import settle_access
from nabij.cases.actions.opening import write_search_keys
from nabij.cases.actions.tasks import add_task
from nabij.cases.models import Case, TaskKind
from nabij.cases.policies import can_help
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import seal
from nabij.referrals import content
from nabij.referrals.models import Transfer, TransferState
from nabij.referrals.policies import can_take_over
from nabij.referrals.queries import other_teams, running_transfer


@transaction.atomic
def ask_transfer(case: Case, to_team: Team, summary: str, *, by: Actor, at: datetime) -> Transfer:
    """Offer the case to another team of the organisation, with a few sentences and no name."""
    if by.id is None or not can_help(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    if not other_teams(case).filter(pk=to_team.pk).exists():
        raise ValidationError("Kies een ander team van onze organisatie.")
    if not summary.strip():
        raise ValidationError("Schrijf in een paar zinnen waarom dit team beter past. Noem geen naam.")
    if running_transfer(case) is not None:
        raise ValidationError("Dit dossier is al aangeboden. Wacht op het antwoord, of trek het aanbod in.")
    row = Transfer.objects.create(
        case=case, from_team=case.team, to_team=to_team, summary_sealed=seal(case.person_id, summary),
        asked_at=at, asked_by=by.id, due_at=working_days_after(at, content.term("answer_working_days")),
    )  # fmt: skip
    trail.record("transfer.asked", by=by, at=at, subject=row, thread_id=case.person_id)
    return row


@transaction.atomic
def answer_transfer(
    transfer: Transfer, reason: str, *, is_accepted: bool, by: Actor, at: datetime
) -> Transfer:
    """The other leader accepts: the case moves and who helped is out; or refuses with a reason."""
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("case__person", "to_team")
    held = rows.get(pk=transfer.pk)
    if not can_take_over(by, held):
        raise PermissionDenied("Dit dossier is niet aan uw team aangeboden.")
    if not is_accepted and not reason.strip():
        raise ValidationError("Schrijf op waarom niet, zodat het andere team verder kan.")
    held.state = TransferState.ACCEPTED if is_accepted else TransferState.REFUSED
    held.answer_sealed = seal(held.case.person_id, reason)
    held.answered_at, held.answered_by = at, by.id
    held.save()
    if is_accepted:
        _move(held.case, held.to_team, at)
    trail.record(
        "transfer.answered", by=by, at=at, subject=held, thread_id=held.case.person_id,
        facts={"accepted": is_accepted},
    )  # fmt: skip
    return held


def _move(case: Case, team: Team, at: datetime) -> None:
    case.helpers.filter(ends_at__isnull=True).update(ends_at=at)
    case.team, case.helper = team, None
    case.save(update_fields=["team", "helper"])
    write_search_keys(case)
    settle_access(case, at=at)
    add_task(case, TaskKind.ASSIGN, working_days_after(at, 1), at=at)


@transaction.atomic
def revoke_transfer(transfer: Transfer, *, by: Actor, at: datetime) -> Transfer:
    """Take the offer back, while nobody answered."""
    held = Transfer.objects.select_for_update(of=("self",)).select_related("case__team").get(pk=transfer.pk)
    if held.state != TransferState.ASKED or not can_help(by, held.case, at):
        raise PermissionDenied("Dit aanbod kunt u niet intrekken.")
    held.state, held.answered_at, held.answered_by = TransferState.REVOKED, at, by.id
    held.save(update_fields=["state", "answered_at", "answered_by"])
    trail.record("transfer.revoked", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held
