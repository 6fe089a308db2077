"""Certificates come in from elsewhere, line by line."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.academy.csv_lines import Line
from nabij.academy.models import Certificate
from nabij.academy.policies import can_keep_certificates
from nabij.academy.queries.importing import preview
from nabij.academy.queries.staff import staff_for
from nabij.audit import trail
from nabij.audit.actor import Actor


@transaction.atomic
def import_certificates(text: str, *, by: Actor, at: datetime) -> list[Line]:
    """Take in the good lines and leave the others out; gives all lines, each with what became of it.

    Sending the same file twice takes nothing in the second time. Raises UnreadableFile.
    """
    if not can_keep_certificates(by, at):
        raise PermissionDenied("U kunt geen certificaten invoeren.")
    lines = preview(text, by, at)
    good = [line for line in lines if line.is_good]
    people = {user.email: user for user in staff_for(by, at).filter(email__in={line.email for line in good})}
    for line in good:
        assert line.issued_on is not None and line.last_valid_on is not None  # noqa: S101, PT018  (a good line)
        certificate = Certificate.objects.create(
            user=people[line.email],
            module=line.module,
            issued_on=line.issued_on,
            last_valid_on=line.last_valid_on,
            issued_by_id=by.user_id,
        )
        trail.record("certificate.given", by=by, at=at, subject=certificate, facts={"module": line.module})
    return lines
