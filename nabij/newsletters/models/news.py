"""News by e-mail: what was sent around, and to whom, so that nobody gets anything twice."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.centres.models import AdviceCentre, TextVersion
from nabij.kit.models import Record
from nabij.news_readers.models import NewsReader
from nabij.notify.models import Message
from nabij.people.models import Person


class IssueKind(models.TextChoices):
    """What a mail tells: a message as it was published, or that it was withdrawn."""

    NEWS = "news", _("bericht")
    WITHDRAWAL = "withdrawal", _("intrekking")


class IssueState(models.TextChoices):
    """Where the sending of one mail to many stands."""

    BUSY = "busy", _("bezig")
    READY = "ready", _("klaar")


class NewsIssue(Record):
    """One published version of a message, sent around by e-mail (nieuwsmail); each version once."""

    centre = models.ForeignKey(AdviceCentre, verbose_name="IAC", related_name="+", on_delete=models.CASCADE)
    version = models.ForeignKey(
        TextVersion, verbose_name="tekstversie", related_name="+", on_delete=models.CASCADE
    )
    kind = models.CharField("soort", max_length=12, choices=IssueKind.choices, default=IssueKind.NEWS)
    state = models.CharField("stand", max_length=8, choices=IssueState.choices, default=IssueState.BUSY)
    begun_at = models.DateTimeField("begonnen op")
    ended_at = models.DateTimeField("klaar op", null=True)

    class Meta:
        verbose_name = "nieuwsmail"
        verbose_name_plural = "nieuwsmails"
        indexes = [models.Index(fields=["centre", "-begun_at"], name="news_by_moment")]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="each_version_is_mailed_once"),
            models.CheckConstraint(
                condition=Q(kind__in=IssueKind.values, state__in=IssueState.values),
                name="a_news_issue_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(state=IssueState.READY) ^ Q(ended_at__isnull=True),
                name="ended_news_has_its_moment",
            ),
        ]

    class Privacy:
        harmless = ("id", "centre", "version", "kind", "state", "begun_at", "ended_at")


class MailState(models.TextChoices):
    """How far one person's mail is: after the hand-over its delivery says more."""

    WAITING = "waiting", _("wacht")
    HANDED = "handed", _("op weg gegeven")
    DROPPED = "dropped", _("niet meer nodig")


class NewsMail(Record):
    """One mail of a news issue (nieuwsmail aan iemand), with the mark of its way to stop.

    To a person who registered, or to a reader who gave an address and nothing else.
    """

    issue = models.ForeignKey(
        NewsIssue, verbose_name="nieuwsmail", related_name="mails", on_delete=models.CASCADE
    )
    person = models.ForeignKey(
        Person, verbose_name="persoon", null=True, related_name="+", on_delete=models.CASCADE
    )
    reader = models.ForeignKey(
        NewsReader, verbose_name="nieuwslezer", null=True, related_name="+", on_delete=models.CASCADE
    )
    state = models.CharField("stand", max_length=8, choices=MailState.choices, default=MailState.WAITING)
    message = models.ForeignKey(
        Message, verbose_name="bericht", null=True, related_name="+", on_delete=models.SET_NULL
    )
    stop_hash = models.CharField("kenmerk van de afmeldlink", max_length=64, null=True, unique=True)

    class Meta:
        verbose_name = "nieuwsmail aan iemand"
        verbose_name_plural = "nieuwsmails aan iemand"
        indexes = [models.Index(fields=["issue", "state"], name="news_mails_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["issue", "person"], name="each_person_once_per_news"),
            models.UniqueConstraint(fields=["issue", "reader"], name="each_reader_once_per_news"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(reader__isnull=True),
                name="a_news_mail_is_to_one_of_both",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="a_news_mail_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.HANDED) | Q(stop_hash__isnull=False),
                name="a_mail_on_its_way_can_be_stopped",
            ),
        ]

    class Privacy:
        personal = ("person", "stop_hash")
        harmless = ("id", "issue", "reader", "state", "message")

    @property
    def recipient_id(self) -> UUID:
        """To whom it goes, as messages and contact points know them; ValueError for a mail to nobody."""
        found = self.person_id or self.reader_id
        if found is None:
            raise ValueError("a news mail is to a person or to a reader")
        return found
