"""Talks in a group and the posts in them."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.accounts.models import Membership
from nabij.kit.models import Record
from nabij.peers.models.introductions import Introduction
from nabij.peers.models.spaces import Group, GroupMember


class Talk(Record):
    """One talk in a group, or between the two of an introduction (gesprek in een groep)."""

    group = models.ForeignKey(
        Group, verbose_name="lotgenotengroep", related_name="talks", on_delete=models.CASCADE
    )
    introduction = models.OneToOneField(
        Introduction, verbose_name="kennismaking", null=True, related_name="talk", on_delete=models.CASCADE
    )
    subject = models.CharField("onderwerp", max_length=20)
    author = models.ForeignKey(
        GroupMember, verbose_name="wie", null=True, related_name="+", on_delete=models.SET_NULL
    )
    title_sealed = models.BinaryField("waarover", default=b"")
    started_at = models.DateTimeField("begonnen op")

    class Meta:
        verbose_name = "gesprek in een groep"
        verbose_name_plural = "gesprekken in een groep"

    class Privacy:
        personal = ("title_sealed",)
        harmless = ("id", "group", "introduction", "subject", "author", "started_at")


class PostState(models.TextChoices):
    """Where a post stands."""

    HELD = "held", _("wacht op een moderator")
    SHOWN = "shown", _("te lezen in de groep")
    REFUSED = "refused", _("niet geplaatst")
    WITHDRAWN = "withdrawn", _("door de schrijver weggehaald")
    REMOVED = "removed", _("weggehaald")


S = PostState
ALLOWED: dict[str, set[str]] = {
    S.HELD: {S.SHOWN, S.REFUSED, S.WITHDRAWN, S.REMOVED},
    S.SHOWN: {S.HELD, S.WITHDRAWN, S.REMOVED},
    S.REFUSED: {S.HELD, S.WITHDRAWN, S.REMOVED},
    S.WITHDRAWN: set(),
    S.REMOVED: set(),
}


class Post(Record):
    """What somebody wrote in a talk (groepsbericht); sealed with the key of who wrote it."""

    talk = models.ForeignKey(Talk, verbose_name="gesprek", related_name="posts", on_delete=models.CASCADE)
    author = models.ForeignKey(
        GroupMember, verbose_name="wie", null=True, related_name="posts", on_delete=models.SET_NULL
    )
    staff = models.ForeignKey(
        Membership, verbose_name="moderator", null=True, related_name="+", on_delete=models.PROTECT
    )
    body_sealed = models.BinaryField("tekst", default=b"")
    state = models.CharField("stand", max_length=10, choices=PostState.choices)
    written_at = models.DateTimeField("geschreven op")
    changed_at = models.DateTimeField("gewijzigd op", null=True)
    shown_at = models.DateTimeField("geplaatst op", null=True)
    reason = models.CharField("reden", max_length=20, blank=True)
    note_sealed = models.BinaryField("uitleg aan de schrijver", default=b"")

    class Meta:
        verbose_name = "groepsbericht"
        verbose_name_plural = "groepsberichten"
        indexes = [models.Index(fields=["talk", "written_at"], name="posts_of_a_talk")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PostState.values), name="a_known_state_of_a_post"),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False), name="a_shown_post_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "removed"]) | ~Q(reason=""),
                name="a_refused_post_has_a_reason",
            ),
            # a text without a writer would outlive the key that seals it
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(staff__isnull=False) | Q(body_sealed=b""),
                name="no_text_without_its_writer",
            ),
        ]

    class Privacy:
        personal = ("body_sealed", "note_sealed")
        harmless = (
            "id", "talk", "author", "staff", "state", "written_at", "changed_at", "shown_at", "reason",
        )  # fmt: skip

    @property
    def key_id(self) -> UUID:
        """Whose key seals the text: the member's; a moderator's post has one of its own."""
        return self.author_id or self.pk
