"""Referrals to partners, transfers between teams, and requests for access."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership, Team
from nabij.cases.models import Case
from nabij.consents.models import Share
from nabij.kit.models import Record


class ReferralState(models.TextChoices):
    """Where a referral stands; the owner of the case stays the same throughout."""

    SENT = "sent", _("verstuurd")
    ACCEPTED = "accepted", _("aangenomen")
    REFUSED = "refused", _("niet aangenomen")
    DONE = "done", _("klaar")
    REVOKED = "revoked", _("ingetrokken")


ALLOWED: dict[str, set[str]] = {
    ReferralState.SENT: {ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.REVOKED},
    ReferralState.ACCEPTED: {ReferralState.DONE, ReferralState.REVOKED},
    ReferralState.REFUSED: set(),
    ReferralState.DONE: set(),
    ReferralState.REVOKED: set(),
}
OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)


class Referral(Record):
    """A partner asked to help further (doorverwijzing): a link with a code, a minimal summary, an end."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    share = models.OneToOneField(
        Share, verbose_name="gedeeld gegeven", related_name="+", on_delete=models.CASCADE
    )
    partner = models.CharField("partner", max_length=24)
    is_warm = models.BooleanField("samen gebeld")
    state = models.CharField("stand", max_length=10, choices=ReferralState.choices, default="sent")
    token_index = models.BinaryField("kenmerk van de link", unique=True)
    code_index = models.BinaryField("kenmerk van de code")
    tries = models.PositiveSmallIntegerField("verkeerde codes", default=0)
    sent_at = models.DateTimeField("verstuurd op")
    sent_by = models.ForeignKey(
        Membership, verbose_name="verstuurd door", related_name="+", on_delete=models.PROTECT
    )
    due_at = models.DateTimeField("antwoord uiterlijk")
    expires_at = models.DateTimeField("link werkt tot")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    ended_at = models.DateTimeField("geëindigd op", null=True)
    outcome = models.CharField("uitkomst", max_length=24, blank=True)

    class Meta:
        verbose_name = "doorverwijzing"
        verbose_name_plural = "doorverwijzingen"
        indexes = [
            models.Index(fields=["due_at"], name="unanswered_referrals", condition=Q(state="sent")),
            models.Index(fields=["case", "-sent_at"], name="referrals_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReferralState.values), name="a_referral_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | (~Q(state__in=OPEN) & Q(ended_at__gte=F("sent_at"))),
                name="a_referral_that_is_over_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "done")) | ~Q(outcome=""),
                name="no_referral_without_an_outcome",
            ),
        ]

    class Privacy:
        personal = ("partner", "outcome")
        harmless = (
            "id", "case", "share", "is_warm", "state", "token_index", "code_index", "tries", "sent_at",
            "sent_by", "due_at", "expires_at", "answered_at", "ended_at",
        )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether an answer or an end is still to come."""
        return self.state in OPEN


class PartnerAddress(Record):
    """Where a partner is reached by one team (adres van een partner), and when that was checked."""

    team = models.ForeignKey(Team, verbose_name="team", related_name="+", on_delete=models.CASCADE)
    partner = models.CharField("partner", max_length=24)
    email = models.EmailField("e-mailadres", max_length=254)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    checked_at = models.DateTimeField("nagekeken op")
    checked_by = models.UUIDField("nagekeken door", null=True)

    class Meta:
        verbose_name = "adres van een partner"
        verbose_name_plural = "adressen van partners"
        constraints = [
            models.UniqueConstraint(fields=["team", "partner"], name="one_address_per_partner_and_team"),
            models.CheckConstraint(condition=~Q(email=""), name="a_partner_has_an_email_address"),
        ]

    class Privacy:
        harmless = ("id", "team", "partner", "email", "phone", "checked_at", "checked_by")


class TransferState(models.TextChoices):
    """Where a transfer stands; the case moves only when the other team accepts."""

    ASKED = "asked", _("gevraagd")
    ACCEPTED = "accepted", _("aangenomen")
    REFUSED = "refused", _("geweigerd")
    REVOKED = "revoked", _("ingetrokken")


class Transfer(Record):
    """A case offered to another team (overdracht): ownership moves on acceptance."""

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    from_team = models.ForeignKey(Team, verbose_name="van team", related_name="+", on_delete=models.PROTECT)
    to_team = models.ForeignKey(Team, verbose_name="naar team", related_name="+", on_delete=models.PROTECT)
    state = models.CharField("stand", max_length=10, choices=TransferState.choices, default="asked")
    summary_sealed = models.BinaryField("samenvatting")
    answer_sealed = models.BinaryField("reden van het antwoord", blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.UUIDField("gevraagd door")
    due_at = models.DateTimeField("antwoord uiterlijk")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)

    class Meta:
        verbose_name = "teamoverdracht"
        verbose_name_plural = "teamoverdrachten"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="one_running_transfer_per_case"
            ),
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")), name="a_transfer_goes_to_another_team"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer_sealed=b""), name="refused_with_a_reason"
            ),
        ]

    class Privacy:
        personal = ("summary_sealed", "answer_sealed")
        harmless = (
            "id", "case", "from_team", "to_team", "state", "asked_at", "asked_by", "due_at", "answered_at",
            "answered_by",
        )  # fmt: skip


class AccessRequest(Record):
    """A colleague asks to see a case of the own organisation (verzoek om inzage); the leader answers.

    When it may not even be known that there is a case, the request is silent: only the leader sees it.
    """

    case = models.ForeignKey(Case, verbose_name="dossier", related_name="+", on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, verbose_name="wie", related_name="+", on_delete=models.CASCADE)
    reason_sealed = models.BinaryField("reden")
    is_silent = models.BooleanField("stil")
    asked_at = models.DateTimeField("gevraagd op")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = models.UUIDField("beantwoord door", null=True)
    is_granted = models.BooleanField("toegestaan", null=True)

    class Meta:
        verbose_name = "verzoek om inzage"
        verbose_name_plural = "verzoeken om inzage"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "membership"],
                condition=Q(answered_at__isnull=True),
                name="one_open_request_per_colleague",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="an_answer_says_yes_or_no",
            ),
        ]

    class Privacy:
        personal = ("reason_sealed",)
        harmless = (
            "id", "case", "membership", "is_silent", "asked_at", "answered_at", "answered_by", "is_granted",
        )  # fmt: skip
