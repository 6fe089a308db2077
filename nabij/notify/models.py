"""Contact points, messages and deliveries."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record


class Channel(models.TextChoices):
    """The ways in which a message reaches somebody."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("sms")
    VOICE = "voice", _("telefoon")
    APPRISE = "apprise", _("app")


class Rule(models.TextChoices):
    """By which rule somebody may be reached; `send()` has no default for it."""

    STAFF_DUTY = "staff_duty", _("medewerker in dienst")
    ORGANISATION = "organisation", _("organisatie")
    SAFE_CONTACT = "safe_contact", _("veilig contact")


class ContactPoint(Record):
    """A number or address of a membership or a person (contactpunt), with how long it waits its turn."""

    subject_id = models.UUIDField("van wie", db_index=True)
    channel = models.CharField("kanaal", max_length=10, choices=Channel.choices)
    value_sealed = models.BinaryField("nummer of adres")
    position = models.SmallIntegerField("volgorde", default=0)
    delay = models.DurationField("wacht", default=timedelta)
    is_safe = models.BooleanField("veilig", default=False)
    is_active = models.BooleanField("in gebruik", default=True)
    dropped_at = models.DateTimeField("weggehaald op", null=True)

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="a_known_channel"),
            models.CheckConstraint(
                condition=Q(delay__gte=timedelta()), name="a_contact_point_never_comes_early"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(is_active=False),
                name="a_dropped_contact_point_is_not_used",
            ),
        ]

    class Privacy:
        personal = ("value_sealed",)
        harmless = ("id", "subject_id", "channel", "position", "delay", "is_safe", "is_active", "dropped_at")


class Way(models.TextChoices):
    """The ways in which a helper makes contact with a person; a message takes one of them too."""

    CALL = "call", _("bellen")
    SMS = "sms", _("sms")
    EMAIL = "email", _("e-mail")
    APP = "app", _("bericht in een app")
    LETTER = "letter", _("brief")
    VISIT = "visit", _("bezoek")


class ContactRule(Record):
    """How one person may be reached (contactregel): these ways, these hours, and what to say or not to say.

    Hours are on the clock of Amsterdam; no weekdays means every day, no hours means the whole day.
    """

    subject_id = models.UUIDField("van wie", unique=True)
    ways = ArrayField(
        models.CharField(max_length=10, choices=Way.choices), verbose_name="mag via", default=list, blank=True
    )
    weekdays = ArrayField(models.SmallIntegerField(), verbose_name="op dagen", default=list, blank=True)
    from_time = models.TimeField("vanaf", null=True, blank=True)
    until_time = models.TimeField("tot", null=True, blank=True)
    is_voicemail_allowed = models.BooleanField("voicemail mag", default=False)
    has_secret_address = models.BooleanField("geheim adres", default=False)
    interpreter = models.CharField("tolk in taal", max_length=8, blank=True)
    code_word_sealed = models.BinaryField("codewoord", blank=True)
    wording_sealed = models.BinaryField("wat u zegt", blank=True)
    household_sealed = models.BinaryField("wie daar nog wonen", blank=True)
    guardian_sealed = models.BinaryField("ouder of voogd", blank=True)
    set_at = models.DateTimeField("vastgelegd op")
    set_by = models.UUIDField("vastgelegd door", null=True)

    class Meta:
        verbose_name = "contactregel"
        verbose_name_plural = "contactregels"
        constraints = [
            models.CheckConstraint(
                condition=Q(ways__contained_by=Way.values), name="a_contact_rule_names_known_ways"
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, until_time__isnull=True)
                | Q(from_time__isnull=False, until_time__gt=F("from_time")),
                name="agreed_hours_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="a_contact_rule_names_known_days",
            ),
        ]

    class Privacy:
        personal = (
            "ways", "weekdays", "from_time", "until_time", "is_voicemail_allowed", "has_secret_address",
            "interpreter", "code_word_sealed", "wording_sealed", "household_sealed", "guardian_sealed",
        )  # fmt: skip
        harmless = ("id", "subject_id", "set_at", "set_by")


class ContactProof(Record):
    """A code sent to a new number, to prove that it is its owner's (bevestigingscode); kept as a mark."""

    contact_point = models.OneToOneField(
        ContactPoint, verbose_name="contactpunt", related_name="proof", on_delete=models.CASCADE
    )
    code_index = models.BinaryField("afdruk van de code")
    expires_at = models.DateTimeField("geldig tot")
    tries = models.SmallIntegerField("pogingen", default=0)

    class Meta:
        verbose_name = "bevestigingscode"
        verbose_name_plural = "bevestigingscodes"

    class Privacy:
        harmless = ("id", "contact_point", "code_index", "expires_at", "tries")


class Message(Record):
    """One message to one recipient (bericht); its texts are sealed with a key of its own."""

    template = models.CharField("tekst", max_length=60)
    language = models.CharField("taal", max_length=5)
    recipient_id = models.UUIDField("aan", db_index=True)
    about_id = models.UUIDField("hoort bij", null=True, db_index=True)
    rule = models.CharField("regel", max_length=20, choices=Rule.choices)
    subject = models.CharField("onderwerp", max_length=120)
    body_sealed = models.BinaryField("inhoud")
    asks_answer = models.BooleanField("vraagt antwoord", default=False)
    is_exercise = models.BooleanField("oefening")
    created_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [models.CheckConstraint(condition=Q(rule__in=Rule.values), name="a_known_rule")]

    class Privacy:
        personal = ("body_sealed",)
        harmless = (
            "id", "template", "language", "recipient_id", "about_id", "rule", "subject", "asks_answer",
            "is_exercise", "created_at",
        )  # fmt: skip


class KeptInside(models.Model):
    """A thread of which no message leaves the house, such as a drill (blijft binnen)."""

    thread_id = models.UUIDField("hoort bij", primary_key=True)

    class Meta:
        verbose_name = "blijft binnen"
        verbose_name_plural = "blijft binnen"

    class Privacy:
        harmless = ("thread_id",)


class State(models.TextChoices):
    """How far a delivery is."""

    QUEUED = "queued", _("wacht")
    SENDING = "sending", _("wordt verstuurd")
    SENT = "sent", _("verstuurd")
    DELIVERED = "delivered", _("bezorgd")
    ANSWERED = "answered", _("beantwoord")
    FAILED = "failed", _("mislukt")
    WITHDRAWN = "withdrawn", _("niet meer nodig")
    KEPT = "kept", _("niet verstuurd: oefening")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, chainable."""

    def due(self, at: datetime, lease: timedelta) -> "DeliveryQuerySet":
        """What must be sent now: due, or in hands that let go; a lease far too long is none (clock set back).

        Far, because another engine's moment may be a little later than ours.
        """
        let_go = Q(lease_until__lte=at) | Q(lease_until__gt=at + 3 * lease)
        return self.filter(Q(state=State.QUEUED, due_at__lte=at) | Q(let_go, state=State.SENDING))


class Delivery(Record):
    """One message on its way to one contact point (bezorging); due work of the engine."""

    message = models.ForeignKey(
        Message, verbose_name="bericht", related_name="deliveries", on_delete=models.CASCADE
    )
    contact_point = models.ForeignKey(
        ContactPoint, verbose_name="contactpunt", null=True, related_name="+", on_delete=models.PROTECT
    )
    channel = models.CharField("kanaal", max_length=10, blank=True)
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.SmallIntegerField("pogingen", default=0)
    round = models.SmallIntegerField("ronde", default=0)
    due_at = models.DateTimeField("uiterlijk")
    lease_until = models.DateTimeField("in handen tot", null=True)
    taken_by = models.CharField("in handen van", max_length=60, blank=True)
    provider_id = models.CharField("nummer bij de bezorger", max_length=100, blank=True)
    error_code = models.CharField("foutcode", max_length=40, blank=True)
    answer = models.CharField("antwoord", max_length=10, blank=True)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    delivered_at = models.DateTimeField("bezorgd op", null=True)
    failed_at = models.DateTimeField("mislukt op", null=True)
    answered_at = models.DateTimeField("beantwoord op", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "bezorging"
        verbose_name_plural = "bezorgingen"
        indexes = [
            models.Index(fields=["due_at"], name="delivery_queued", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="delivery_in_hands", condition=Q(state="sending")),
            models.Index(fields=["failed_at"], name="delivery_failed", condition=Q(state="failed")),
            models.Index(fields=["sent_at"], name="delivery_unconfirmed", condition=Q(state="sent")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_known_delivery_state"),
            models.CheckConstraint(
                condition=Q(contact_point__isnull=False) | Q(state="failed"),
                name="without_a_point_it_has_failed",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="what_is_sending_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="what_was_sent_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
                name="delivered_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | Q(failed_at__isnull=False), name="failed_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="answered_has_its_moment"
            ),
        ]

    class Privacy:
        harmless = (
            "id", "message", "contact_point", "channel", "state", "attempts", "round", "due_at",
            "lease_until", "taken_by", "provider_id", "error_code", "answer", "sent_at", "delivered_at",
            "failed_at", "answered_at",
        )  # fmt: skip

    @property
    def key(self) -> str:
        """The idempotency key: the same for each try of a round, so that no phone rings twice."""
        return f"{self.pk}.{self.round}" if self.round else str(self.pk)


def split_key(key: str) -> tuple[UUID, int]:
    """The delivery and the round of an idempotency key; raises ValueError when it is none of ours."""
    identity, _, number = key.partition(".")
    return UUID(identity), int(number or 0)
