"""Reading what was not delivered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from nabij.accounts.queries import names_of
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener
from nabij.notify.errors import in_words
from nabij.notify.models import Channel, ContactPoint, Delivery, KeptInside, State
from nabij.notify.policies import own_points_of, visible_to
from nabij.notify.templates import all_templates
from nabij.notify.terms import delivery_terms


def failed_deliveries_for(actor: Actor, at: datetime) -> QuerySet[Delivery]:
    """What failed, and what the gateway took but never reported on in time; the newest first."""
    late = Q(state=State.SENT, channel__in=[Channel.SMS, Channel.VOICE])
    silent = late & Q(sent_at__lte=at - delivery_terms().report_within)
    return (
        Delivery.objects.filter(Q(state=State.FAILED) | silent, not_of_a_drill())
        .filter(visible_to(actor, at))
        .select_related("message")
        .order_by(Coalesce(F("failed_at"), F("sent_at")).desc(), "id")
    )


def not_of_a_drill() -> Q:
    """Deliveries that were to leave the house: that a drill found nobody to reach asks nobody to act."""
    return Q(~Exists(KeptInside.objects.filter(thread_id=OuterRef("message__about_id"))))


@dataclass(frozen=True)
class FailedLine:
    """One line of the page of failed messages."""

    delivery: Delivery
    title: str
    recipient: str
    can_be_sent: bool

    @property
    def reason(self) -> Promise | str:
        """Why it did not arrive, in words."""
        return in_words(self.delivery.error_code)


def failed_lines(actor: Actor, at: datetime, most: int = 100) -> list[FailedLine]:
    """The failed deliveries as a page shows them; names of staff only for who may see those."""
    rows = list(failed_deliveries_for(actor, at)[:most])
    may_see_names = actor.may(Permission.SEE_STAFF_NAMES)
    names = names_of({row.message.recipient_id for row in rows}) if may_see_names else {}
    titles = all_templates()
    return [
        FailedLine(
            delivery=row,
            title=titles[row.message.template].title
            if row.message.template in titles
            else row.message.template,
            recipient=names.get(row.message.recipient_id, ""),
            can_be_sent=row.contact_point_id is not None,
        )
        for row in rows
    ]


def states_of(message_ids: set[UUID]) -> dict[UUID, list[Delivery]]:
    """The deliveries of these messages, in the order in which they are due."""
    found: dict[UUID, list[Delivery]] = {}
    for delivery in Delivery.objects.filter(message_id__in=message_ids).order_by("due_at", "id"):
        found.setdefault(delivery.message_id, []).append(delivery)
    return found


def next_due(at: datetime) -> datetime | None:
    """When the next delivery is due or falls out of the hands of an engine; None when nothing waits."""
    queued = (
        Delivery.objects.filter(state=State.QUEUED).order_by("due_at").values_list("due_at", flat=True)[:1]
    )
    held = (
        Delivery.objects.filter(state=State.SENDING)
        .order_by("lease_until")
        .values_list("lease_until", flat=True)[:1]
    )
    return min((moment for moment in (*queued, *held) if moment), default=None)


def failed_count() -> int:
    """How many deliveries failed for good and wait for somebody to act."""
    return Delivery.objects.filter(not_of_a_drill(), state=State.FAILED).count()


def own_points(actor: Actor, at: datetime) -> QuerySet[ContactPoint]:
    """The actor's own contact points in the order in which they are tried, unconfirmed ones last."""
    return ContactPoint.objects.filter(own_points_of(actor, at)).order_by(
        "-is_active", "delay", "position", "pk"
    )


@dataclass(frozen=True)
class OwnLine:
    """One of my numbers or addresses, opened for its owner."""

    point: ContactPoint
    value: str

    @property
    def wait_minutes(self) -> int:
        """How many minutes after the call it is tried."""
        return int(self.point.delay.total_seconds() // 60)

    @property
    def is_phone(self) -> bool:
        """Whether it is tried by text or by call."""
        return self.point.channel in (Channel.SMS, Channel.VOICE)


def own_lines(actor: Actor, at: datetime) -> list[OwnLine]:
    """The actor's own numbers and addresses as their page shows them."""
    points = list(own_points(actor, at))
    opener = Opener(each.subject_id for each in points)
    return [OwnLine(each, opener.open(each.subject_id, each.value_sealed)) for each in points]
