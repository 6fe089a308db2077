"""Posts that wait for a moderator, reports about posts, and names that make a post wait."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.kit.models import Record
from nabij.paging.models import Page
from nabij.peers.models.spaces import GroupMember, Space
from nabij.peers.models.talks import Post


class HoldReason(models.TextChoices):
    """Why a moderator reads a post first; the first two are danger."""

    SUICIDE = "suicide", _("woorden over zelfdoding")
    VIOLENCE = "violence", _("woorden over geweld")
    NAME = "name", _("een naam van de lijst")
    PHONE = "phone", _("een telefoonnummer")
    EMAIL = "email", _("een e-mailadres")
    ADDRESS = "address", _("een adres")
    LINK = "link", _("een link of account")
    IBAN = "iban", _("een rekeningnummer")
    BSN = "bsn", _("een burgerservicenummer")
    SILENCED = "silenced", _("schrijver wordt eerst gelezen")
    AGAIN = "again", _("opnieuw gestuurd")
    NEWCOMER = "newcomer", _("nieuw in de groep")


DANGER = (HoldReason.SUICIDE, HoldReason.VIOLENCE)


class Verdict(models.TextChoices):
    """What was decided about a post that waited."""

    APPROVED = "approved", _("geplaatst")
    REFUSED = "refused", _("niet geplaatst")
    REMOVED = "removed", _("weggehaald")
    GONE = "gone", _("schrijver haalde het weg")


class FollowUp(models.TextChoices):
    """What was done for somebody who wrote danger words."""

    PHONED = "phoned", _("gebeld en gesproken")
    NOT_REACHED = "not_reached", _("niet bereikt, overgedragen aan de coördinator")
    EMERGENCY = "emergency", _("112 gebeld: levensgevaar")
    NO_DANGER = "no_danger", _("gelezen: geen gevaar")


class Hold(Record):
    """A post that waits for a moderator (wachtend groepsbericht): why, since when, what was decided."""

    post = models.ForeignKey(
        Post, verbose_name="groepsbericht", related_name="holds", on_delete=models.CASCADE
    )
    reasons = ArrayField(models.CharField(max_length=10, choices=HoldReason.choices), verbose_name="waarom")
    is_danger = models.BooleanField("gevaar", default=False)
    member_id = models.UUIDField("wie, bij gevaar", null=True)
    page = models.ForeignKey(
        Page, verbose_name="oproep", null=True, related_name="+", on_delete=models.SET_NULL
    )
    held_at = models.DateTimeField("wacht sinds")
    taken_at = models.DateTimeField("opgepakt op", null=True)
    taken_by = models.UUIDField("opgepakt door", null=True)
    decided_at = models.DateTimeField("beslist op", null=True)
    decided_by = models.UUIDField("beslist door", null=True)
    verdict = models.CharField("besluit", max_length=10, choices=Verdict.choices, blank=True)
    follow_up = models.CharField("wat is er gedaan", max_length=12, choices=FollowUp.choices, blank=True)

    class Meta:
        verbose_name = "wachtend groepsbericht"
        verbose_name_plural = "wachtende groepsberichten"
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(decided_at__isnull=True), name="a_post_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, verdict="")
                | Q(decided_at__isnull=False) & ~Q(verdict=""),
                name="a_verdict_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(is_danger=False) | Q(decided_at__isnull=True) | ~Q(follow_up=""),
                name="danger_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(member_id__isnull=True) | Q(is_danger=True, decided_at__isnull=True),
                name="who_it_is_only_while_danger_is_open",
            ),
        ]

    class Privacy:
        personal = ("reasons", "member_id", "is_danger")
        harmless = (
            "id", "post", "page", "held_at", "taken_at", "taken_by", "decided_at", "decided_by", "verdict",
            "follow_up",
        )  # fmt: skip

    @property
    def reasons_in_words(self) -> list[str]:
        """Why it waits, the most serious first."""
        return [str(each.label) for each in HoldReason if each in self.reasons]


class PostReport(Record):
    """A member says that a post is not right (melding over een groepsbericht); it hides nothing."""

    post = models.ForeignKey(
        Post, verbose_name="groepsbericht", related_name="reports", on_delete=models.CASCADE
    )
    reporter = models.ForeignKey(
        GroupMember, verbose_name="wie meldt", related_name="+", on_delete=models.CASCADE
    )
    reason = models.CharField("reden", max_length=20)
    note_sealed = models.BinaryField("uitleg", default=b"")
    reported_at = models.DateTimeField("gemeld op")
    settled_at = models.DateTimeField("afgehandeld op", null=True)
    settled_by = models.UUIDField("afgehandeld door", null=True)

    class Meta:
        verbose_name = "melding over een groepsbericht"
        verbose_name_plural = "meldingen over groepsberichten"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(settled_at__isnull=True),
                name="reported_once_by_each",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_by__isnull=False),
                name="a_report_is_settled_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("reason", "note_sealed")
        harmless = ("id", "post", "reporter", "reported_at", "settled_at", "settled_by")


class NameMark(Record):
    """A name that is not written in the groups, as a mark that nobody can read (afdruk van een naam)."""

    space = models.ForeignKey(
        Space, verbose_name="groepsruimte", related_name="names", on_delete=models.CASCADE
    )
    mark = models.BinaryField("afdruk")
    words = models.PositiveSmallIntegerField("aantal woorden")
    entered_at = models.DateTimeField("ingevoerd op")
    entered_by = models.UUIDField("ingevoerd door")

    class Meta:
        verbose_name = "afdruk van een naam"
        verbose_name_plural = "afdrukken van namen"
        constraints = [models.UniqueConstraint(fields=["space", "mark"], name="a_name_is_marked_once")]

    class Privacy:
        personal = ("mark",)
        harmless = ("id", "space", "words", "entered_at", "entered_by")
