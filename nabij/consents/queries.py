"""Reading answers and shares."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nabij.audit.actor import Actor
from nabij.consents import content
from nabij.consents.models import Share, SharingConsent
from nabij.consents.policies import visible_to
from nabij.keys.sealing import Opener
from nabij.kit.clock import local
from nabij.privacy.purposes import Purpose


@dataclass(frozen=True)
class ShownConsent:
    """One answer in words."""

    consent: SharingConsent
    receiver: str
    kinds: list[str]
    purpose: str
    state: str
    state_words: str
    is_on: bool
    is_by_guardian: bool


def consents_for(actor: Actor, at: datetime) -> QuerySet[SharingConsent]:
    """Answers that this actor may see, the last first."""
    return SharingConsent.objects.filter(visible_to(actor, at)).order_by("-answered_at", "-id")


def running_consents(person_id: UUID, at: datetime, *, of_child: bool = False) -> list[ShownConsent]:
    """The answer that stands for each receiver and purpose; an ended one only when nothing came after it.

    `of_child`: in words for a guardian, who reads about somebody else.
    """
    rows = SharingConsent.objects.filter(person_id=person_id).order_by(
        "receiver", "purpose", "-answered_at", "-id"
    )
    latest = rows.distinct("receiver", "purpose")
    return [_shown(row, at, of_child=of_child) for row in latest]


def running_consent(person_id: UUID, receiver: str, purpose: str) -> SharingConsent | None:
    """The answer that holds for this receiver and purpose, if there is one."""
    return SharingConsent.objects.filter(
        person_id=person_id, receiver=receiver, purpose=purpose, withdrawn_at__isnull=True
    ).first()


def _shown(row: SharingConsent, at: datetime, *, of_child: bool) -> ShownConsent:
    state = row.state_on(local(at).date())
    return ShownConsent(
        consent=row,
        receiver=content.receiver_name(row.receiver),
        kinds=content.kind_names(row.kinds, of_child=of_child),
        purpose=str(Purpose(row.purpose).label),
        state=state.value,
        state_words=str(state.label),
        is_on=state == "given",
        is_by_guardian=(row.withdrawn_by_guardian if state == "withdrawn" else row.guardian) is not None,
    )


@dataclass(frozen=True)
class ShownShare:
    """Something that was shared, in words."""

    share: Share
    receiver: str
    kinds: list[str]
    summary: str


def shares_of(person_id: UUID) -> list[ShownShare]:
    """What was shared about this person, the last first."""
    rows = list(Share.objects.filter(person_id=person_id).order_by("-starts_at", "-id"))
    opener = Opener([person_id] if rows else [])
    return [
        ShownShare(
            each,
            content.receiver_name(each.receiver),
            content.kind_names(each.kinds),
            opener.open(person_id, each.summary_sealed),
        )
        for each in rows
    ]


def consent_for(actor: Actor, pk: UUID, at: datetime) -> SharingConsent | None:
    """One answer, if this actor may see it."""
    return consents_for(actor, at).select_related("person").filter(pk=pk).first()
