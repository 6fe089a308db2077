"""Whether who registered is let into the closed part, in which way, and by whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import User
from nabij.closed_part.models.codes import EntryCode
from nabij.closed_part.models.relations import AgeClass, Relation
from nabij.kit.models import Record
from nabij.people.models import Registration


class VerificationState(models.TextChoices):
    """Where a verification stands; who wants in and has no row yet waits as well."""

    PENDING = "pending", _("wacht")
    VERIFIED = "verified", _("toegelaten")
    REFUSED = "refused", _("niet toegelaten")
    WITHDRAWN = "withdrawn", _("zelf gestopt")


ALLOWED: dict[str, set[str]] = {
    VerificationState.PENDING: {
        VerificationState.VERIFIED, VerificationState.REFUSED, VerificationState.WITHDRAWN,
    },
    VerificationState.VERIFIED: {
        VerificationState.PENDING, VerificationState.REFUSED, VerificationState.WITHDRAWN,
    },
    VerificationState.REFUSED: {VerificationState.PENDING},
    VerificationState.WITHDRAWN: {VerificationState.PENDING},
}  # fmt: skip


class Way(models.TextChoices):
    """How it became clear who somebody is (iac.md §5)."""

    CODE = "code", _("code van een lijst")
    CALL_BACK = "call_back", _("teruggebeld")
    TWO_PEOPLE = "two_people", _("twee mensen samen")


class Verification(Record):
    """Whether one who registered is let in (verificatie): how, as what, by whom, and under which rules.

    Somebody younger than 16 is in only with the yes of a guardian; in hard cases two people decide together.
    """

    registration = models.OneToOneField(
        Registration, verbose_name="aanmelding", related_name="+", on_delete=models.CASCADE
    )
    state = models.CharField(
        "stand", max_length=10, choices=VerificationState.choices, default=VerificationState.PENDING
    )
    way = models.CharField("manier", max_length=10, choices=Way.choices, blank=True)
    relation = models.CharField("toegelaten als", max_length=10, choices=Relation.choices, blank=True)
    age_class = models.CharField("leeftijd", max_length=6, choices=AgeClass.choices, blank=True)
    guardian_said_yes_at = models.DateTimeField("ja van ouder of verzorger op", null=True)
    guardian_heard_by = models.UUIDField("ja gehoord door", null=True)
    code = models.OneToOneField(
        EntryCode, verbose_name="toegangscode", null=True, related_name="+", on_delete=models.PROTECT
    )
    tries = models.PositiveSmallIntegerField("verkeerde codes", default=0)
    asked = ArrayField(models.CharField(max_length=20), verbose_name="gevraagd", default=list, blank=True)
    proposed_by = models.ForeignKey(
        User, verbose_name="voorgesteld door", null=True, related_name="+", on_delete=models.PROTECT
    )
    proposed_at = models.DateTimeField("voorgesteld op", null=True)
    decided_by = models.ForeignKey(
        User, verbose_name="besloten door", null=True, related_name="+", on_delete=models.PROTECT
    )
    decided_at = models.DateTimeField("besloten op", null=True)
    reason = models.CharField("reden", max_length=20, blank=True)
    note_sealed = models.BinaryField("toelichting", blank=True)
    expelled_at = models.DateTimeField("uitgezet op", null=True)
    withdrawn_at = models.DateTimeField("zelf gestopt op", null=True)
    terms_version = models.CharField("versie van de regels", max_length=20, blank=True)
    terms_accepted_at = models.DateTimeField("regels aangenomen op", null=True)

    class Meta:
        verbose_name = "verificatie"
        verbose_name_plural = "verificaties"
        indexes = [models.Index(fields=["state"], name="verifications_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=VerificationState.values), name="a_verification_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | (Q(decided_at__isnull=False, way__in=Way.values) & Q(relation__in=Relation.values)),
                name="who_is_verified_came_in_some_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(age_class="older")
                | Q(age_class__in=["child", "youth"], guardian_said_yes_at__isnull=False),
                name="a_child_is_in_with_a_guardians_yes",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(way="code", code__isnull=False)
                | Q(way="call_back", decided_by__isnull=False)
                | (
                    Q(way="two_people", proposed_by__isnull=False, decided_by__isnull=False)
                    & ~Q(proposed_by=F("decided_by"))
                ),
                name="a_hard_case_is_decided_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="a_refusal_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(expelled_at__isnull=True) | Q(state="refused"), name="who_is_expelled_is_refused"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="who_stopped_did_so_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(guardian_said_yes_at__isnull=True, guardian_heard_by__isnull=True)
                | Q(guardian_said_yes_at__isnull=False, guardian_heard_by__isnull=False),
                name="somebody_heard_the_guardian",
            ),
        ]

    class Privacy:
        personal = ("registration", "relation", "age_class", "reason", "note_sealed")
        harmless = (
            "id", "state", "way", "guardian_said_yes_at", "guardian_heard_by", "code", "tries", "asked",
            "proposed_by", "proposed_at", "decided_by", "decided_at", "expelled_at", "withdrawn_at",
            "terms_version", "terms_accepted_at",
        )  # fmt: skip

    @property
    def is_young(self) -> bool:
        """Whether a guardian has to say yes."""
        return self.age_class in (AgeClass.CHILD, AgeClass.YOUTH)

    @property
    def is_proposed(self) -> bool:
        """Whether a first person proposed to let somebody in, and a second has to decide."""
        return self.state == VerificationState.PENDING and self.proposed_at is not None and not self.way

    @property
    def awaits_guardian(self) -> bool:
        """Whether only the yes of a guardian is missing: the code was right, or they were in before."""
        was_known = self.state == VerificationState.PENDING and bool(self.way)
        return was_known and self.is_young and self.guardian_said_yes_at is None

    @property
    def was_in(self) -> bool:
        """Whether somebody who waits for a guardian was in already, and then told to be younger than 16."""
        return self.awaits_guardian and self.decided_at is not None

    @property
    def is_unfinished(self) -> bool:
        """Whether nothing was decided and no code was used: this may be taken back as if it never began."""
        return self.state == VerificationState.PENDING and not self.way and self.code_id is None
