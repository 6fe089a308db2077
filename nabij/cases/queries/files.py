"""The head of a case: the contact rule, what to be alert to, the next step, who helps; and its history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.cases.models import BreakGlass, Case, CaseHelper, SpecialReading
from nabij.cases.policies import visible_to
from nabij.cases.presence import has
from nabij.cases.queries.lists import readers_of
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import in_words, rule_of
from nabij.notify.models import ContactRule
from nabij.vulnerability.models import Level
from nabij.vulnerability.queries import ShownAlert, levels_of, open_alerts


@dataclass(frozen=True)
class CaseFile:
    """Everything that stands on the page of a case."""

    case: Case
    name: str
    level: Level | None
    rule: ContactRule | None
    rule_text: str
    alerts: list[ShownAlert]
    helpers: list[CaseHelper]

    @property
    def must_read(self) -> bool:
        """Whether an alert was not read yet: then it stands on top."""
        return any(not each.is_read for each in self.alerts)


def opener_of(case: Case) -> Opener:
    """Opens what is sealed in this case, with one look at its key for a whole page."""
    if case.opener is None:
        case.opener = Opener([case.person_id])
    return case.opener


def rule_on(case: Case) -> ContactRule | None:
    """The contact rule as it stands on this page, read once for the page and its panels."""
    if case.rule_seen is None:
        case.rule_seen = (rule_of(case.person_id),)
    return case.rule_seen[0]


def file_of(case: Case, reader: Actor, at: datetime) -> CaseFile:
    """The page of a case that this reader may open; log the reading before showing it."""
    opener = opener_of(case)
    helpers = list(
        case.helpers.filter(ends_at__isnull=True).select_related("membership__user").order_by("starts_at")
    )
    if case.seen_by is not None:
        case.is_helped_by = any(each.membership_id == reader.id for each in helpers)
    rule = rule_on(case)
    # both come with the row when it was found for a page; a row found otherwise is asked for them here
    known = vars(case)
    level = known["level_now"] if "level_now" in known else levels_of([case.person_id]).get(case.person_id)
    return CaseFile(
        case=case,
        name=opener.open(case.person_id, case.person.name_sealed),
        level=Level(level) if level else None,
        rule=rule,
        rule_text=in_words(rule),
        alerts=open_alerts(case.person_id, reader) if has(case, "alerts") else [],
        helpers=helpers,
    )


@dataclass(frozen=True)
class History:
    """Who helped, who can open this case, and what was opened with a reason."""

    helpers: list[CaseHelper]
    readers: list[str]
    special: list[tuple[SpecialReading, str]]
    emergencies: list[tuple[BreakGlass, str, str]]


def history_of(case: Case, at: datetime) -> History:
    """The history of a case, for who may open it."""
    opener, whose = opener_of(case), case.person_id
    return History(
        helpers=list(case.helpers.select_related("membership__user").order_by("starts_at", "id")),
        readers=[
            each.grantee.user.name if each.grantee else f"teamleider van {each.team}"
            for each in readers_of(case, at).order_by("starts_at", "id")
        ],
        special=[
            (each, opener.open(whose, each.reason_sealed))
            for each in SpecialReading.objects.filter(case=case)
            .select_related("membership__user")
            .order_by("-at")
        ],
        emergencies=[
            (
                each,
                opener.open(whose, each.outside_reference_sealed),
                opener.open(whose, each.reason_sealed),
            )
            for each in BreakGlass.objects.filter(case=case)
            .select_related("membership__user")
            .order_by("-starts_at")
        ],
    )


def emergency_for(actor: Actor, pk: UUID, at: datetime) -> BreakGlass | None:
    """One emergency opening of a case that this actor may open."""
    mine = Case.objects.filter(visible_to(actor, at))
    return BreakGlass.objects.select_related("case__team").filter(pk=pk, case__in=mine).first()


def person_case_for(actor: Actor, person_id: UUID, at: datetime) -> Case:
    """The newest case of this person that the actor may open; raises Case.DoesNotExist for none."""
    return Case.objects.filter(visible_to(actor, at), person_id=person_id).latest("opened_at")
