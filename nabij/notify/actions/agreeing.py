"""What was agreed with a person about contact becomes the rule that every contact obeys."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal_all
from nabij.notify.contact_rules import SEALED, Agreed
from nabij.notify.models import ContactRule


@transaction.atomic
def agree_contact(subject_id: UUID, agreed: Agreed, *, by: Actor, at: datetime) -> ContactRule:
    """Put this in the place of what was agreed before; from now on every contact obeys it.

    Who may do so is the rule of the app that speaks with the person.
    """
    texts = {f"{name}_sealed": getattr(agreed, name) for name in SEALED}
    told = {
        "ways": list(agreed.ways), "weekdays": list(agreed.weekdays), "from_time": agreed.from_time,
        "until_time": agreed.until_time, "is_voicemail_allowed": agreed.is_voicemail_allowed,
        "has_secret_address": agreed.has_secret_address, "interpreter": agreed.interpreter,
        "set_at": at, "set_by": by.id, **seal_all(subject_id, texts),
    }  # fmt: skip
    rule, _ = ContactRule.objects.update_or_create(subject_id=subject_id, defaults=told)
    trail.record("contact_rule.agreed", by=by, at=at, subject=rule, thread_id=subject_id)
    return rule


@transaction.atomic
def close_ways(subject_id: UUID, *, by: Actor, at: datetime) -> None:
    """From now on no way of contact is open; all else that was agreed stays as it was."""
    rule = ContactRule.objects.select_for_update().get(subject_id=subject_id)
    rule.ways, rule.set_at, rule.set_by = [], at, by.id
    rule.save(update_fields=["ways", "set_at", "set_by"])
    trail.record("contact_rule.agreed", by=by, at=at, subject=rule, thread_id=subject_id)
