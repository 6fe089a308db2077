"""What was agreed with a person about contact becomes the rule that every contact obeys."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener, seal_all
from nabij.notify.models import ContactRule

SEALED = ("code_word", "wording", "household", "guardian")


@dataclass(frozen=True)
class Agreed:
    """Everything that was agreed about contact with one person, opened; see ContactRule."""

    ways: tuple[str, ...]
    weekdays: tuple[int, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    is_voicemail_allowed: bool = False
    has_secret_address: bool = False
    interpreter: str = ""
    code_word: str = ""
    wording: str = ""
    household: str = ""
    guardian: str = ""


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


def agreed_of(rule: ContactRule) -> Agreed:
    """The rule opened, for who was let in to this person."""
    opener = Opener([rule.subject_id])
    opened = {name: opener.open(rule.subject_id, getattr(rule, f"{name}_sealed")) for name in SEALED}
    return Agreed(
        tuple(rule.ways), tuple(rule.weekdays), rule.from_time, rule.until_time, rule.is_voicemail_allowed,
        rule.has_secret_address, rule.interpreter, **opened,
    )  # fmt: skip
