"""What is opened only with a reason, each time: the real address, and notes of a colleague."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.models import Case, SpecialReading, Unsealed
from nabij.cases.policies import can_open_address
from nabij.keys.sealing import Opener, seal
from nabij.vulnerability.queries import levels_of


@transaction.atomic
def open_address(case: Case, reason: str, *, by: Actor, at: datetime) -> str:
    """The real address, with a reason each time; source: vulnerability.md §6."""
    level = levels_of([case.person_id]).get(case.person_id)
    if by.id is None or not can_open_address(by, case, level, at):
        raise PermissionDenied("Dit adres is niet voor u.")
    note_reading(case, Unsealed.ADDRESS, case.pk, reason, by=by, at=at)
    return Opener([case.person_id]).open(case.person_id, case.person.address_sealed)


def note_reading(case: Case, what: Unsealed, about_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Write down what was opened and why; the person can read it. ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom u dit nodig hebt. De persoon kan dat lezen."})
    member = Membership.objects.get(Q(pk=by.id))
    row = SpecialReading.objects.create(
        case=case, membership=member, what=what, about_id=about_id,
        reason_sealed=seal(case.person_id, reason), at=at,
    )  # fmt: skip
    trail.record(
        "case.unsealed", by=by, at=at, subject=row, thread_id=case.person_id, facts={"what": what.value}
    )
