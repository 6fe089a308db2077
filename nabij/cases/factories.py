"""Plain makers of helpers and cases, shared by tests, the demonstration and the benchmark."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from nabij.academy.catalogue import tasks_of_role
from nabij.academy.factories import make_certificate, make_conduct
from nabij.academy.models import Stage, Volunteer
from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.models import Membership, Team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.cases.actions.access import settle_access
from nabij.cases.actions.opening import Facts, begin
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.content import consent_text
from nabij.cases.models import Capacity, Case, CaseHelper, Part, TaskKind, WayIn
from nabij.people.actions.receiving import Met, meet_person

WEDNESDAY = datetime(2027, 2, 3, 17, 20, tzinfo=UTC)  # 18:20 in Amsterdam
SAME_DAY = WEDNESDAY.date()


def make_helper(
    role: Role = Role.PAID_WORKER, *, name: str = "", team: Team | None = None, on: date = SAME_DAY
) -> Membership:
    """A helper who may take cases: certified from before that day for well over a year."""
    member = make_membership(role, name=name, team=team or make_team(), is_volunteer=role == Role.VOLUNTEER)
    for module in tasks_of_role(role)[0].needs:
        make_certificate(
            member.user, module, issued_on=on - timedelta(days=150), last_valid_on=on + timedelta(days=500)
        )
    make_conduct(member.user, seen_on=on - timedelta(days=150))
    if role == Role.VOLUNTEER:
        Volunteer.objects.create(
            user=member.user, team=team or make_team(), stage=Stage.ACTIVE,
            applied_on=on - timedelta(days=150), stage_since_on=on - timedelta(days=150),
        )  # fmt: skip
    return member


def make_met(name: str = "Elske Rademaker", **told: Any) -> Met:
    given: dict[str, Any] = {
        "phone": "+31600000051", "language": "nl", "safe_to_call": "", "wants_contact": False,
        "consent_version": consent_text(), **told,
    }  # fmt: skip
    return Met(name, **given)


def make_case(
    name: str = "Elske Rademaker",
    *,
    helper: Membership | None = None,
    team: Team | None = None,
    topic: str = "EVT-12",
    at: datetime = WEDNESDAY,
    happened_on: date | None = SAME_DAY,
    is_severe: bool = False,
    **told: Any,
) -> Case:
    """A case as the actions make one, given to this helper."""
    met = make_met(name, **told)
    person = meet_person(met, None, source=WayIn.OWN_REQUEST, by=SYSTEM, at=at)
    facts = Facts(topic, Capacity.VICTIM, happened_on=happened_on, is_severe=is_severe)
    case = begin(
        person, facts, team or (helper.team if helper and helper.team else make_team()), incident=None,
        consent_version=met.consent_version, by=SYSTEM, at=at,
    )  # fmt: skip
    return give(case, helper, at=at) if helper else case


def give(case: Case, helper: Membership, part: Part = Part.MAIN, *, at: datetime = WEDNESDAY) -> Case:
    """Let somebody help in this case, without asking whether they may."""
    CaseHelper.objects.create(case=case, membership=helper, part=part, starts_at=at)
    if part == Part.MAIN:
        Case.objects.filter(pk=case.pk).update(helper=helper)
        finish_tasks(case, TaskKind.ASSIGN, by=SYSTEM, at=at)
    settle_access(case, at=at)
    return Case.objects.select_related("person", "team").get(pk=case.pk)
