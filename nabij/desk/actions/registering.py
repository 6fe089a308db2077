"""A registrar writes down somebody who phones, or a paper form with its own moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk.actions.needs_made import make_needs
from nabij.desk.policies import can_register
from nabij.incidents.models import Incident
from nabij.people import content
from nabij.people.actions.registering import store
from nabij.people.models import Registration
from nabij.people.submissions import Submission


@transaction.atomic
def register_by_phone(
    incident: Incident, answers: dict[str, Any], *, form_key: UUID, language: str, by: Actor, at: datetime
) -> Registration:
    """Write down somebody who phones; the same form sent twice stays one registration."""
    row, is_new = _store(incident, answers, form_key, language, at, by, at)
    if is_new:
        trail.record("registration.by_phone", by=by, at=at, subject=row, thread_id=incident.pk)
    return row


@transaction.atomic
def enter_paper(
    incident: Incident, answers: dict[str, Any], received_at: datetime, *, form_key: UUID, language: str,
    by: Actor, at: datetime,
) -> Registration:  # fmt: skip
    """Enter a form that was filled in on paper, with the moment at which it was handed in (S05 a).

    ValidationError when that moment lies ahead, or before the event.
    """
    if received_at > at:
        raise ValidationError({"received_at": _("Dit moment moet nog komen. Kijk op het formulier.")})
    if received_at < incident.happened_at:
        raise ValidationError({"received_at": _("Dit was voor de gebeurtenis. Kijk op het formulier.")})
    row, is_new = _store(incident, answers, form_key, language, received_at, by, at)
    if is_new:
        Registration.objects.filter(pk=row.pk).update(is_paper=True)
        trail.record("registration.from_paper", by=by, at=at, subject=row, thread_id=incident.pk)
    return row


def _store(
    incident: Incident, answers: dict[str, Any], form_key: UUID, language: str, received_at: datetime,
    by: Actor, at: datetime,
) -> tuple[Registration, bool]:  # fmt: skip
    if not can_register(by, incident, at):
        raise PermissionDenied("Aanmeldingen opschrijven hoort niet bij uw rol.")
    submission = Submission(form_key, incident.pk, language, content.version(), received_at, answers)
    stored = store([submission], by=by, at=at, machine_at=at)
    if stored:
        make_needs(incident, stored, by=by, at=at)  # the job finds them made
        return stored[0], True
    return Registration.objects.get(Q(form_key=form_key)), False
