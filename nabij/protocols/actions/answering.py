"""A party says yes or no; with the last yes the version is in force and the one before it is replaced."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit.actor import Actor
from nabij.protocols.actions.holding import NOT_YOURS, hold, notify, tell
from nabij.protocols.models import Approval, State, Version
from nabij.protocols.policies import can_approve, can_withdraw, party_of
from nabij.protocols.queries.parties import approvers

SAID_ALREADY = _("Uw organisatie heeft hierop al geantwoord.")


@transaction.atomic
def answer_version(
    version: Version, is_approved: bool, reason: str = "", *, by: Actor, at: datetime
) -> Version:
    """Yes, or no with a reason: then it is a draft again. ValidationError for a party that answered."""
    held = hold(version, by=by, at=at)
    if not can_approve(by, held, at) or by.id is None:
        raise PermissionDenied("Op deze versie kunt u geen akkoord geven.")
    party = str(party_of(by, held.protocol.organisation))
    if _has_said(held, party):
        raise ValidationError(SAID_ALREADY)
    Approval.objects.create(
        version=held, turn=held.turn, kind=party, organisation_id=by.organisation_id, is_approved=is_approved,
        reason=reason, given_at=at, given_by=by.id,
    )  # fmt: skip
    tell("protocol.approved" if is_approved else "protocol.refused", held, by=by, at=at, party=party)
    if is_approved:
        _put_in_force_when_all_agree(held, by, at)
    else:
        _give_back(held, by, at)
    return held


@transaction.atomic
def record_written(
    version: Version, party: str, job_title: str, agreed_on: date, *, by: Actor, at: datetime
) -> Version:
    """A party without anybody in Nabij agreed in writing: which function there, and on which day.

    ValidationError for a party that is not asked, has people in Nabij, or has agreed already.
    """
    held = hold(version, by=by, at=at)
    if not can_withdraw(by, held, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    organisation = held.protocol.organisation
    if party not in held.whole_plan.approved_by or approvers(party, organisation, at).exists():
        raise ValidationError(_("Deze partij geeft zelf akkoord in Nabij."))
    if _has_said(held, party):
        raise ValidationError(_("Van deze partij is er al een akkoord."))
    Approval.objects.create(
        version=held, turn=held.turn, kind=party, is_approved=True, job_title=job_title, agreed_on=agreed_on,
        given_at=at, given_by=by.id,
    )  # fmt: skip
    tell("protocol.approved_in_writing", held, by=by, at=at, party=party)
    _put_in_force_when_all_agree(held, by, at)
    return held


def _has_said(version: Version, party: str) -> bool:
    return version.approvals.filter(turn=version.turn, kind=party).exists()


def _put_in_force_when_all_agree(version: Version, by: Actor, at: datetime) -> None:
    said = set(version.approvals.filter(turn=version.turn, is_approved=True).values_list("kind", flat=True))
    if not set(version.whole_plan.approved_by) <= said:
        return
    for old in version.protocol.versions.filter(state=State.IN_FORCE):
        old.state, old.ended_at = State.REPLACED, at
        old.save(update_fields=["state", "ended_at"])
        tell("protocol.replaced", old, by=by, at=at)
    version.state, version.in_force_at = State.IN_FORCE, at
    version.save(update_fields=["state", "in_force_at"])
    tell("protocol.in_force", version, by=by, at=at)
    _tell_sender("protocol_in_force", version, by, at)


def _give_back(version: Version, by: Actor, at: datetime) -> None:
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    _tell_sender("protocol_refused", version, by, at)


def _tell_sender(template: str, version: Version, by: Actor, at: datetime) -> None:
    """Whoever sent it hears it; not who just did it themselves."""
    if version.sent_by and version.sent_by != by.id:
        notify(template, version, version.sent_by, by=by, at=at)
