"""That somebody acts for a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.audit.actor import Scope
from nabij.kit.models import Record
from nabij.people.models import Person


class MandateKind(models.TextChoices):
    """As what somebody acts."""

    GUARDIAN = "guardian", _("ouder of voogd")
    HELPING_HAND = "helping_hand", _("iemand die meehelpt")


class Mandate(Record):
    """Somebody may look or act for a person (machtiging); without an end it does not exist."""

    person = models.ForeignKey(Person, verbose_name="persoon", related_name="+", on_delete=models.CASCADE)
    acting = models.ForeignKey(
        Person, verbose_name="wie", null=True, related_name="+", on_delete=models.CASCADE
    )
    kind = models.CharField("als", max_length=12, choices=MandateKind.choices)
    scope = ArrayField(models.CharField(max_length=20), verbose_name="wat")
    has_say = models.BooleanField("kind beslist mee", null=True)
    token_index = models.BinaryField("kenmerk van de link", unique=True)
    code_index = models.BinaryField("kenmerk van de code")
    tries = models.PositiveSmallIntegerField("verkeerde codes", default=0)
    given_at = models.DateTimeField("gegeven op")
    given_by = models.UUIDField("gegeven door", null=True)
    expires_at = models.DateTimeField("uitnodiging geldig tot")
    last_valid_on = models.DateField("tot en met")
    accepted_at = models.DateTimeField("aangenomen op", null=True)
    ended_at = models.DateTimeField("gestopt op", null=True)
    ended_by = models.UUIDField("gestopt door", null=True)
    decided_at = models.DateTimeField("besloten op", null=True)
    decided_by = models.UUIDField("besloten door", null=True)
    decided_level = models.CharField("besloten bij niveau", max_length=1, blank=True)
    reason_sealed = models.BinaryField("reden van het besluit", blank=True)

    class Meta:
        verbose_name = "machtiging"
        verbose_name_plural = "machtigingen"
        indexes = [models.Index(fields=["acting"], name="mandates_of_who_acts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MandateKind.values), name="a_mandate_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=MandateKind.GUARDIAN, has_say__isnull=False)
                | Q(kind=MandateKind.HELPING_HAND, has_say__isnull=True),
                name="only_a_guardian_acts_for_a_child",
            ),
            models.CheckConstraint(
                condition=Q(has_say__isnull=False, has_say=False)
                | Q(scope__contained_by=[Scope.SEE.value, Scope.MESSAGES.value]),
                name="only_for_a_young_child_more_than_looking",
            ),
            models.CheckConstraint(
                condition=Q(acting__isnull=True) | ~Q(acting=F("person")), name="nobody_acts_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, acting__isnull=True)
                | Q(accepted_at__isnull=False, acting__isnull=False),
                name="who_accepted_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, reason_sealed=b"")
                | (Q(decided_at__isnull=False) & ~Q(reason_sealed=b"")),
                name="a_decision_on_a_mandate_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "acting"],
                condition=Q(ended_at__isnull=True, acting__isnull=False),
                name="one_running_mandate_for_each_pair",
            ),
        ]

    class Privacy:
        personal = ("person", "acting", "kind", "has_say", "last_valid_on", "reason_sealed")
        harmless = (
            "id", "scope", "token_index", "code_index", "tries", "given_at", "given_by", "expires_at",
            "accepted_at", "ended_at", "ended_by", "decided_at", "decided_by", "decided_level",
        )  # fmt: skip
