"""Who wants the news of a centre and may be mailed, and how each mail to many went."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nabij.audit.models import TrailEntry
from nabij.centres.links import token_hash
from nabij.centres.models import AdviceCentre, Readership, TextVersion
from nabij.desk.queries.last_forms import last_forms
from nabij.matching.models import Merge
from nabij.news_readers.queries import ReaderCounts, beside, counts_of, readers_of_centre
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


@dataclass(frozen=True)
class Recipients:
    """To whom a mail to many goes: persons who registered, and readers who only gave an address."""

    persons: list[UUID]
    readers: list[UUID]

    def __len__(self) -> int:
        return len(self.persons) + len(self.readers)


def readers_of(version: TextVersion) -> Recipients:
    """Whom a version is mailed to: who reads its language; in Dutch also who has no text of their own.

    Who registered for the news and asked for it besides, with the same address, gets it once.
    """
    told, centre = told_languages(version), version.text.centre
    persons = list(subscribers(centre.incident_id).values_list("person_id", "person__language"))
    others = beside(centre, (person for person, _ in persons)).values_list("pk", "language")

    def of_this_language(rows: Iterable[tuple[UUID, str]]) -> list[UUID]:
        tongue = version.text.language
        return list(dict.fromkeys(who for who, said in rows if (said if said in told else "nl") == tongue))

    return Recipients(of_this_language(persons), of_this_language(others))


def receivers_of(version: TextVersion) -> Recipients:
    """Who got any version of this message by mail, and still wants the news."""
    got, centre = (
        NewsMail.objects.filter(
            issue__version__text=version.text_id, issue__kind=IssueKind.NEWS, state=MailState.HANDED
        ),
        version.text.centre,
    )
    persons = subscribers(centre.incident_id).filter(person_id__in=got.values("person_id"))
    readers = readers_of_centre(centre.pk).filter(pk__in=got.values("reader_id"))
    return Recipients(
        list(dict.fromkeys(persons.values_list("person_id", flat=True))),
        list(readers.values_list("pk", flat=True)),
    )


def is_current(issue: NewsIssue) -> bool:
    """Whether this may still go out: the centre is there, and readers have these very words."""
    version = issue.version
    if not issue.centre.is_live:
        return False
    if issue.kind == IssueKind.WITHDRAWAL:
        return True
    newer = TextVersion.objects.filter(text=version.text_id, number__gt=version.number, told_at__isnull=False)
    return version.withdrawn_at is None and not newer.exists()


def latest_news(centre: AdviceCentre) -> list[TextVersion]:
    """The message that readers of the page see first, in each language in which they have it, Dutch first."""
    told = TextVersion.objects.filter(
        text__centre=centre, text__is_message=True, text__audience=Readership.OPEN, told_at__isnull=False
    )
    newest: dict[UUID, TextVersion] = {}
    for version in told.select_related("text__centre__incident").order_by("number"):
        newest[version.text_id] = version
    shown = [version for version in newest.values() if version.withdrawn_at is None]
    first = max(shown, key=_stated, default=None)
    if first is None:
        return []
    same = [each for each in shown if each.text.message_key == first.text.message_key]
    return sorted(same, key=lambda version: version.text.language != "nl")


def _stated(version: TextVersion) -> tuple[datetime, datetime]:
    return version.text.stated_at or version.created_at, version.created_at


def centre_of_entry(entry_id: int) -> AdviceCentre | None:
    """The centre that a line of the trail tells of."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    return AdviceCentre.objects.filter(pk__in=told).first()


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
    """The mails of an issue that did not arrive for good; who was folded away has it as who they are now."""
    failed = issue.mails.filter(state=MailState.HANDED, message__deliveries__state=State.FAILED)
    return failed.filter(~_folded_away())


def _folded_away() -> Exists:
    """Whether the registration of this mail's person was merged under another: its address is not used."""
    return Exists(Merge.objects.filter(folded__person=OuterRef("person"), undone_at=None))


def mail_of(token: str) -> NewsMail | None:
    """The mail in which this link stood; None for one that is not ours or was erased."""
    rows = NewsMail.objects.select_related("issue__centre", "issue__version__text", "reader__centre")
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
    if mail.reader is not None:
        return mail.reader.ended_at is None
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
        .annotate(is_folded=_folded_away())
        .values_list("issue_id", "state", "delivery", "code", "is_folded")
        .annotate(number=Count("pk"))
        .order_by("code")
    )
    for issue_id, state, delivery, code, is_folded, number in rows:
        is_moot = is_folded and delivery == State.FAILED
        _add(lines[issue_id], MailState.DROPPED if is_moot else state, delivery, code or "", number)
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
    beside: ReaderCounts

    @property
    def unreachable(self) -> int:
        """Who wants it and gave no address that may be used: they read the page, or are called."""
        return self.wanting - self.reachable


def reach_of(centre: AdviceCentre) -> Reach:
    """How many people the news of this centre reaches."""
    everybody, mailed = wanting(centre.incident_id), subscribers(centre.incident_id)
    return Reach(
        everybody.values("person_id").distinct().count(),
        mailed.values("person_id").distinct().count(),
        counts_of(centre),
    )


def still_wanting(mails: Iterable[NewsMail], centre: AdviceCentre) -> set[UUID]:
    """Of these mails the people and readers who still want the news; inside a transaction.

    Both are held until it ends: who stops at this moment waits, and then calls back what was written.
    """
    rows = list(mails)
    persons = subscribers(centre.incident_id).filter(person_id__in=[each.person_id for each in rows])
    persons = persons.order_by("pk").select_for_update(of=("self",), no_key=True)
    readers = readers_of_centre(centre.pk).filter(pk__in=[each.reader_id for each in rows])
    readers = readers.select_for_update(of=("self",))
    return {*persons.values_list("person_id", flat=True), *readers.values_list("pk", flat=True)}
