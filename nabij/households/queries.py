"""The map of a family, who stands outside a case, where two people clash, and whether contact may be made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.cases.models import Capacity, Case, CaseHelper, CaseState, CaseTie, SearchKey, Task, TaskKind
from nabij.cases.policies import can_lead, visible_to
from nabij.cases.presence import has
from nabij.cases.queries.files import opener_of, rule_on
from nabij.households import content
from nabij.households.models import Apart, Assent, GuardianDecision, Tie, TieProposal
from nabij.households.policies import can_assent, can_separate, decides_ties, proposals_visible_to
from nabij.keys.sealing import Opener
from nabij.notify.models import Way
from nabij.vulnerability.models import Alert, Level
from nabij.vulnerability.queries import is_warned_of, levels_of

OPPOSITE = {
    Capacity.INVOLVED: (Capacity.VICTIM, Capacity.BEREAVED),
    Capacity.VICTIM: (Capacity.INVOLVED,),
    Capacity.BEREAVED: (Capacity.INVOLVED,),
}  # fmt: skip
THROUGH_GUARDIAN = "Contact via de ouder of voogd. Wie dat is, staat bij ‘Familie en huisgenoten’."
NO_LETTER = "Hier gaat geen brief heen: iemand op dit adres mag die niet lezen. Overleg met de teamleider."


@dataclass(frozen=True)
class Member:
    """One person on the map; `case` is None for somebody whom the reader may not see."""

    tie: Tie
    name: str
    kind: str
    case: Case | None
    apart: Apart | None
    reason: str
    speaks_for_child: bool


@dataclass(frozen=True)
class Question:
    """What the leaders of two people decide together, as one of them may read it.

    About somebody at level 3 whom the reader may not see, nothing but the question stands here.
    """

    case: Case
    other: Case | None
    has_said_yes: bool
    is_waiting: bool
    is_hidden: bool
    waits_for: list[str]
    proposal: TieProposal | None = None
    tie: Tie | None = None
    kind: str = ""


@dataclass(frozen=True)
class Family:
    """The map of one person, through whom a child is reached, and what the leader must look at."""

    members: list[Member]
    guardian: str
    is_danger: bool
    conflicts: list[Task]
    questions: list[Question]


def ties_of(person_id: UUID) -> QuerySet[Tie]:
    """The running ties of a person, with how they are approached."""
    running = Prefetch("aparts", Apart.objects.filter(ended_at__isnull=True), to_attr="running")
    mine = Tie.objects.filter(Q(first_id=person_id) | Q(second_id=person_id), ended_at__isnull=True)
    return mine.prefetch_related(running).order_by("written_at", "id")


def family_of(case: Case, reader: Actor, at: datetime) -> Family:
    """The map as this reader may see it: one query when there is no tie; log the reading of others.

    Somebody whom the reader may not see stands there without a name, and at level 3 not at all. A page that
    found the case asks once.
    """
    if case.seen_by != (reader, at):
        return _family(case, reader, at)
    known: dict[str, Family] = vars(case)
    if "family" not in known:
        known["family"] = _family(case, reader, at)
    return known["family"]


def is_told(case: Case, reader: Actor) -> bool:
    """Whether anything of family, a guardian or a possible conflict stands here for this reader.

    Somebody at level 3 whom they may not see shows by nothing, also not by an empty panel.
    """
    if case.is_minor or not (has(case, "ties") or has(case, "conflicts")):
        return case.is_minor
    if case.seen_by is None:
        return True
    family = family_of(case, reader, case.seen_by[1])
    return bool(family.members or family.conflicts or family.questions)


def _family(case: Case, reader: Actor, at: datetime) -> Family:
    rows = list(ties_of(case.person_id))
    is_danger = case.is_minor and guardian_is_danger(case.person_id)
    leads = can_lead(reader, case, at)
    return Family(
        members=_members(case, rows, reader, at) if rows else [],
        guardian="" if is_danger else _guardian(case),
        is_danger=is_danger,
        conflicts=list(Task.objects.to_do().filter(case=case, kind=TaskKind.CONFLICT)) if leads else [],
        questions=endings_for(reader, at, case) if leads and rows else [],
    )


def _guardian(case: Case) -> str:
    rule = rule_on(case) if case.is_minor else None
    return opener_of(case).open(case.person_id, rule.guardian_sealed) if rule else ""


def _members(case: Case, rows: list[Tie], reader: Actor, at: datetime) -> list[Member]:
    others = {row.pk: row.other_than(case.person_id) for row in rows}
    opened = Case.objects.filter(visible_to(reader, at), person_id__in=others.values())
    seen = {each.person_id: each for each in opened.select_related("person").order_by("opened_at")}
    levels = levels_of(each for each in others.values() if each not in seen)
    opener, found = Opener(seen), []
    for row in rows:
        other = seen.get(others[row.pk])
        if other is None and levels.get(others[row.pk]) == Level.HIGH:
            continue
        kind = row.kind_seen_by(case.person_id)
        running: list[Apart] = row.running  # type: ignore[attr-defined]  # to_attr of the prefetch
        apart = running[0] if running else None
        is_mine = apart is not None and apart.person_id == case.person_id
        found.append(
            Member(
                tie=row,
                name=opener.open(other.person_id, other.person.name_sealed) if other else "",
                kind=content.kind_name(kind),
                case=other,
                apart=apart,
                reason=opener_of(case).open(case.person_id, apart.reason_sealed) if apart and is_mine else "",
                speaks_for_child=case.is_minor and content.speaks_for_child(kind),
            )
        )
    return found


def tie_in(case: Case, pk: UUID) -> Tie | None:
    """One running tie of this person."""
    return ties_of(case.person_id).filter(pk=pk).first()


def running_apart(tie: Tie) -> Apart | None:
    """How the two are approached now: apart, or None."""
    return Apart.objects.filter(tie=tie, ended_at__isnull=True).first()


def tie_for(case: Case, reader: Actor, pk: UUID, at: datetime) -> Tie | None:
    """One running tie of this person that the reader may change, begin or end apart."""
    tie = tie_in(case, pk)
    may = tie is not None and (can_separate(reader, case, tie, at) or can_assent(reader, case, tie, at))
    return tie if may else None


def proposals_for(actor: Actor, at: datetime) -> list[Question]:
    """Proposed ties about which this leader says yes or no, the oldest first."""
    rows = TieProposal.objects.filter(proposals_visible_to(actor, at), decided_at__isnull=True)
    found = rows.prefetch_related("assents").order_by("made_at", "id")
    ends = {each.pk: (each.case_id, each.other_id) for each in found}
    cases = Case.objects.filter(pk__in={end for pair in ends.values() for end in pair})
    sides = _Sides(cases, actor, at)
    by_case = {case.pk: case for case in sides.cases}
    questions = []
    for each in found:
        pair = [by_case[end] for end in ends[each.pk]]
        one, other = pair if pair[0].pk in sides.led else pair[::-1]
        kind = each.kind if one.pk == each.case_id else content.inverse(each.kind)
        asked = sides.question(one, other.person_id, each.assents.all())
        questions.append(replace(asked, proposal=each, kind=content.kind_name(kind)))
    return questions


def proposal_for(actor: Actor, pk: UUID, at: datetime) -> Question | None:
    """One of them."""
    return next((each for each in proposals_for(actor, at) if each.proposal and each.proposal.pk == pk), None)


def endings_for(actor: Actor, at: datetime, case: Case | None = None) -> list[Question]:
    """Where a leader said yes to no longer apart and another still has to, in this leader's cases."""
    if actor.team_id is None or not decides_ties(actor):
        return []
    mine = Case.objects.filter(visible_to(actor, at), team_id=actor.team_id)
    ends = (mine.filter(pk=case.pk) if case else mine).values("person_id")
    rows = Apart.objects.filter(
        Q(tie__first__in=ends) | Q(tie__second__in=ends), tie__ended_at__isnull=True, ended_at__isnull=True,
        assents__isnull=False,
    )  # fmt: skip
    found = list(
        rows.distinct().select_related("tie").prefetch_related("assents").order_by("marked_at", "id")
    )
    people = {end for each in found for end in (each.tie.first_id, each.tie.second_id)}
    sides = _Sides(Case.objects.filter(person_id__in=people), actor, at)
    questions = []
    for each in found:
        own = case or next(c for c in sides.cases if c.pk in sides.led and each.tie.has(c.person_id))
        asked = sides.question(own, each.tie.other_than(own.person_id), each.assents.all())
        questions.append(replace(asked, tie=each.tie))
    return questions


class _Sides:
    """Cases on both sides of questions, which of them this leader leads and may open: three queries."""

    def __init__(self, cases: QuerySet[Case], actor: Actor, at: datetime) -> None:
        self.cases = list(cases.select_related("team").order_by("-opened_at", "id"))
        opened = Case.objects.filter(visible_to(actor, at), pk__in=[each.pk for each in self.cases])
        self.opened = set(opened.values_list("pk", flat=True))
        self.led = {
            each.pk for each in self.cases if each.pk in self.opened and each.team_id == actor.team_id
        }
        self.levels = levels_of(each.person_id for each in self.cases)

    def question(self, own: Case, other_id: UUID, assents: Iterable[Assent]) -> Question:
        """What one leader reads: whether they said yes, and which team still has to."""
        said = {each.person_id for each in assents}
        others = [each for each in self.cases if each.person_id == other_id]
        is_open = any(each.pk in self.opened for each in others)
        is_hidden = self.levels.get(other_id) == Level.HIGH and not is_open
        teams = {each.team.name for each in others if each.team_id != own.team_id}
        return Question(
            case=own,
            other=next((each for each in others if each.pk in self.opened), None),
            has_said_yes=own.person_id in said,
            is_hidden=is_hidden,
            waits_for=[] if is_hidden or other_id in said else sorted(teams),
            is_waiting=other_id not in said and (is_hidden or bool(teams)),
        )


def circle_of(person_id: UUID) -> set[UUID]:
    """This person and everybody who is tied to them, also through others."""
    circle, fresh = {person_id}, {person_id}
    while fresh:
        rows = Tie.objects.filter(Q(first__in=fresh) | Q(second__in=fresh), ended_at__isnull=True)
        fresh = {end for pair in rows.values_list("first_id", "second_id") for end in pair} - circle
        circle |= fresh
    return circle


def related_cases(case: Case) -> QuerySet[Case]:
    """Every case of the same event, and of everybody tied to this person."""
    near = Q(person_id__in=circle_of(case.person_id))
    return Case.objects.filter(near | Q(incident_id=case.incident_id) if case.incident_id else near)


def kept_out(case: Case) -> set[UUID]:
    """Colleagues who may not help here: who knows somebody in it, or helps somebody approached apart."""
    knowing = CaseTie.objects.filter(case__in=related_cases(case)).values_list("membership_id", flat=True)
    apart = {
        row.other_than(case.person_id)
        for row in Tie.objects.filter(
            Q(first_id=case.person_id) | Q(second_id=case.person_id),
            ended_at__isnull=True, aparts__in=Apart.objects.filter(ended_at__isnull=True),
        )
    }  # fmt: skip
    return set(knowing) | set(helpers_of(apart))


def helpers_of(person_ids: set[UUID]) -> QuerySet[CaseHelper, UUID]:
    """Who helps these people now."""
    rows = CaseHelper.objects.filter(
        ~Q(case__state=CaseState.CLOSED), case__person_id__in=person_ids, ends_at__isnull=True
    )
    return rows.values_list("membership_id", flat=True)


def opposites_of(case: Case) -> list[Case]:
    """Cases of the same event on the other side, of who is tied to this person or shares how one is reached.

    By phone, e-mail or address: facts, never a score, and within one organisation only.
    """
    if not case.is_open or case.capacity not in OPPOSITE:
        return []
    same_event = Q(incident_id=case.incident_id)
    if case.incident_id is None:
        if case.happened_on is None:
            return []
        same_event &= Q(topic=case.topic, happened_on=case.happened_on)
    near = Q(person_id__in=circle_of(case.person_id)) | Q(pk__in=_alike(case, "phone", "email", "address"))
    rows = Case.objects.filter(
        same_event, near, ~Q(state=CaseState.CLOSED), ~Q(person_id=case.person_id),
        capacity__in=OPPOSITE[Capacity(case.capacity)], team__organisation_id=case.team.organisation_id,
    )  # fmt: skip
    return list(rows.select_related("person", "team").order_by("opened_at", "id"))


def _alike(case: Case, *kinds: str) -> QuerySet[SearchKey, UUID]:
    """Cases that share a mark of these kinds with this one."""
    digests = SearchKey.objects.filter(case=case, kind__in=kinds).values("digest")
    return SearchKey.objects.filter(digest__in=digests).values_list("case_id", flat=True)


def share_house(case: Case, other: Case) -> bool:
    """Whether both said the same address; who reads this learns no address."""
    return _alike(case, "address").filter(case=other).exists()


def guardian_is_danger(person_id: UUID) -> bool:
    """What the leader decided last about the guardian of this child."""
    rows = GuardianDecision.objects.filter(case__person_id=person_id).order_by("-at", "-id")
    return bool(rows.values_list("is_danger", flat=True).first())


def objection_to_contact(person_id: UUID, way: Way) -> str:
    """Why this number is not opened or this letter not sent, in words; empty when it may."""
    if way == Way.CALL:
        is_child = Case.objects.filter(~Q(state=CaseState.CLOSED), person_id=person_id, is_minor=True)
        return THROUGH_GUARDIAN if is_child.exists() and not guardian_is_danger(person_id) else ""
    if way == Way.LETTER:
        apart = Apart.objects.filter(
            Q(tie__first_id=person_id) | Q(tie__second_id=person_id),
            tie__is_same_house=True, tie__ended_at__isnull=True, ended_at__isnull=True,
        )  # fmt: skip
        return NO_LETTER if is_warned_of(person_id, ["same_house"]) or apart.exists() else ""
    return ""


def case_of_entry(entry_id: int) -> Case | None:
    """The case that a line of the trail is about."""
    entry = TrailEntry.objects.get(pk=entry_id)
    return Case.objects.select_related("person", "team").filter(pk=entry.subject_id).first()


def alert_of_entry(entry_id: int) -> Alert | None:
    """The alert that a line of the trail is about, while it is open."""
    entry = TrailEntry.objects.get(pk=entry_id)
    return Alert.objects.filter(pk=entry.subject_id, closed_at__isnull=True).first()
