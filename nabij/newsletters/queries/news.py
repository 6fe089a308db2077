"""Who wants the news of a centre and may be mailed, and how each mail to many went."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nabij.audit.models import TrailEntry
from nabij.centres.links import token_hash
from nabij.centres.models import AdviceCentre, Readership, TextVersion
from nabij.desk.queries.last_forms import last_forms
from nabij.matching.models import Merge
from nabij.newsletters.models import IssueKind, MailState, NewsIssue, NewsMail
from nabij.notify.errors import in_words
from nabij.notify.models import Channel, ContactPoint, ContactRule, State, Way
from nabij.people.models import Registration


def wanting(incident_id: UUID) -> QuerySet[Registration]:
    """The registrations of who wants the news now, by the last form that each sent."""
    return last_forms(incident_id).filter(wants_newsletter=True)


def subscribers(incident_id: UUID) -> QuerySet[Registration]:
    """Who wants the news and gave an e-mail address that may be used, by their own contact rule too."""
    address = ContactPoint.objects.filter(
        subject_id=OuterRef("person_id"), channel=Channel.EMAIL, is_active=True, is_safe=True
    )
    forbidden = ContactRule.objects.filter(~Q(ways__contains=[Way.EMAIL]), subject_id=OuterRef("person_id"))
    return wanting(incident_id).filter(Exists(address), ~Exists(forbidden))


def told_languages(version: TextVersion) -> set[str]:
    """The languages in which readers have this message now."""
    rows = TextVersion.objects.filter(
        text__centre=version.text.centre_id, text__message_key=version.text.message_key,
        told_at__isnull=False, withdrawn_at=None,
    )  # fmt: skip
    return set(rows.values_list("text__language", flat=True))


def readers_of(version: TextVersion) -> list[UUID]:
    """Whom a version is mailed to: who reads its language; in Dutch also who has no text of their own."""
    told = told_languages(version)
    rows = subscribers(version.text.centre.incident_id).values_list("person_id", "person__language")
    return list(
        dict.fromkeys(
            person
            for person, language in rows
            if (language if language in told else "nl") == version.text.language
        )
    )


def receivers_of(version: TextVersion) -> list[UUID]:
    """Who got any version of this message by mail, and still wants the news."""
    got = NewsMail.objects.filter(
        issue__version__text=version.text_id, issue__kind=IssueKind.NEWS, state=MailState.HANDED
    )
    rows = subscribers(version.text.centre.incident_id).filter(person_id__in=got.values("person_id"))
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)))


def is_current(issue: NewsIssue) -> bool:
    """Whether this may still go out: the centre is there, and readers have these very words."""
    version = issue.version
    if not issue.centre.is_live:
        return False
    if issue.kind == IssueKind.WITHDRAWAL:
        return True
    newer = TextVersion.objects.filter(text=version.text_id, number__gt=version.number, told_at__isnull=False)
    return version.withdrawn_at is None and not newer.exists()


def version_of_entry(entry_id: int) -> TextVersion | None:
    """The version that a line of the trail tells of, when it is a message for everybody."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    rows = TextVersion.objects.filter(
        pk__in=told, text__is_message=True, text__audience=Readership.OPEN, told_at__isnull=False
    )
    return rows.select_related("text__centre__incident").first()


def issue_of_entry(entry_id: int) -> NewsIssue | None:
    """The mail to many that a line of the trail tells of."""
    return NewsIssue.objects.filter(
        pk__in=TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    ).first()


def issues_for(centre: AdviceCentre) -> QuerySet[NewsIssue]:
    """The mails to many of a centre that one sees, the newest first."""
    rows = NewsIssue.objects.filter(centre=centre).select_related("version__text", "centre")
    return rows.order_by("-begun_at", "-pk")


def failed_mails(issue: NewsIssue) -> QuerySet[NewsMail]:
    """The mails of an issue that did not arrive for good."""
    return issue.mails.filter(state=MailState.HANDED, message__deliveries__state=State.FAILED)


def mail_of(token: str) -> NewsMail | None:
    """The mail in which this link stood; None for one that is not ours or was erased."""
    rows = NewsMail.objects.select_related("issue__centre", "issue__version__text")
    return rows.filter(stop_hash=token_hash(token)).first()


def forms_of_reader(mail: NewsMail) -> QuerySet[Registration]:
    """All forms of the reader of this mail: sent again since, and under which they were folded away."""
    at_incident = Registration.objects.filter(incident_id=mail.issue.centre.incident_id)
    found: set[UUID] = set()
    fresh = set(at_incident.filter(person=mail.person_id).values_list("pk", flat=True))
    while fresh - found:
        found |= fresh
        roots = at_incident.filter(pk__in=found).values(root=Coalesce("corrects_id", "pk"))
        fresh = set(at_incident.filter(Q(pk__in=roots) | Q(corrects__in=roots)).values_list("pk", flat=True))
        merges = Merge.objects.filter(folded__in=found, undone_at=None, kept__isnull=False)
        fresh |= set(merges.values_list("kept_id", flat=True))
    return at_incident.filter(pk__in=found)


def wants_news(mail: NewsMail) -> bool:
    """Whether the reader of this mail still gets the news of its centre."""
    return wanting(mail.issue.centre.incident_id).filter(pk__in=forms_of_reader(mail).values("pk")).exists()


@dataclass
class IssueLine:
    """How one mail to many went, in numbers."""

    issue: NewsIssue
    total: int = 0
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many need nothing more from us."""
        return self.total - self.waiting

    @property
    def words(self) -> str:
        """The beginning of the message, to know it by."""
        return self.issue.version.body


def issue_lines(centre: AdviceCentre, most: int = 50) -> list[IssueLine]:
    """The newest mails to many of a centre; always the same number of queries."""
    lines = {issue.pk: IssueLine(issue) for issue in issues_for(centre)[:most]}
    rows = (
        NewsMail.objects.filter(issue__in=lines)
        .annotate(delivery=F("message__deliveries__state"), code=F("message__deliveries__error_code"))
        .values_list("issue_id", "state", "delivery", "code")
        .annotate(number=Count("pk"))
        .order_by("code")
    )
    for issue_id, state, delivery, code, number in rows:
        _add(lines[issue_id], state, delivery, code or "", number)
    return list(lines.values())


def _add(line: IssueLine, state: str, delivery: str | None, code: str, number: int) -> None:
    line.total += number
    if state == MailState.DROPPED:
        line.dropped += number
    elif delivery == State.FAILED:
        line.failed += number
        line.reasons.append(str(in_words(code)))
    elif state == MailState.WAITING or delivery in (State.QUEUED, State.SENDING):
        line.waiting += number
    else:
        line.sent += number


@dataclass(frozen=True)
class Reach:
    """How many want the news, and how many of them can be mailed."""

    wanting: int
    reachable: int

    @property
    def unreachable(self) -> int:
        """Who wants it and gave no address that may be used: they read the page, or are called."""
        return self.wanting - self.reachable


def reach_of(centre: AdviceCentre) -> Reach:
    """How many people the news of this centre reaches."""
    everybody, mailed = wanting(centre.incident_id), subscribers(centre.incident_id)
    return Reach(
        everybody.values("person_id").distinct().count(), mailed.values("person_id").distinct().count()
    )


def waiting_people(mails: Iterable[NewsMail], incident_id: UUID) -> dict[UUID, str]:
    """Of these mails the people who still want the news at this moment, with their language.

    Their registrations are held: who takes it back meanwhile waits, and then calls back what was written.
    """
    ids = [mail.person_id for mail in mails]
    rows = subscribers(incident_id).filter(person_id__in=ids).order_by("pk")
    return dict(
        rows.select_for_update(of=("self",), no_key=True).values_list("person_id", "person__language")
    )
