"""Who can take a case: certified for it, with room, speaking the language, without a tie to anybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from nabij.academy.catalogue import tasks_of_role
from nabij.academy.queries.fitness import fitness_of
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.cases.content import most_cases
from nabij.cases.models import Case, CaseHelper, CaseState, CaseTie, Part
from nabij.kit import objections
from nabij.kit.clock import local
from nabij.rosters.models import Profile

HELPING = (Role.VOLUNTEER, Role.PAID_WORKER, Role.CASE_MANAGER)


@dataclass(frozen=True)
class Candidate:
    """One colleague with how many cases they have, and why not this one (empty when they may)."""

    membership: Membership
    load: int
    speaks: bool
    objection: str


def candidates_for(case: Case, part: Part, at: datetime) -> list[Candidate]:
    """Colleagues of the case's team, who may and have most room first."""
    roles = (Role.CASE_MANAGER,) if part in (Part.CASE_MANAGER, Part.BACK_UP) else HELPING
    members = list(
        Membership.objects.current(at)
        .filter(team_id=case.team_id, role__in=roles)
        .select_related("user")
        .order_by("user__name", "id")
    )
    loads = _loads(members)
    tongues = dict(Profile.objects.filter(membership__in=members).values_list("membership_id", "languages"))
    fitness = _fitness(members, at)
    running = CaseHelper.objects.filter(case=case, ends_at__isnull=True)
    already = set(running.values_list("membership_id", flat=True))
    tied = set(CaseTie.objects.filter(case=case).values_list("membership_id", flat=True))
    tied.update(*objections.found("case_helper", case))
    found = [
        Candidate(
            membership=each,
            load=loads.get(each.pk, 0),
            speaks=case.person.language in ("", "nl") or case.person.language in tongues.get(each.pk, ()),
            objection=_objection(each, fitness, loads, already, tied),
        )
        for each in members
    ]
    return sorted(found, key=lambda each: (bool(each.objection), not each.speaks, each.load))


def _loads(members: list[Membership]) -> dict[UUID, int]:
    rows = (
        CaseHelper.objects.filter(
            ~Q(case__state=CaseState.CLOSED),
            membership__in=members,
            part__in=(Part.MAIN, Part.CASE_MANAGER),
            ends_at__isnull=True,
        )
        .values("membership_id")
        .annotate(number=Count("pk"))
    )
    return {row["membership_id"]: row["number"] for row in rows}


def _fitness(members: list[Membership], at: datetime) -> dict[UUID, str]:
    """What each of these people lacks for the task of their role; empty when nothing."""
    lacking: dict[UUID, str] = {}
    today = local(at).date()
    for role in {each.role for each in members}:
        users = [each.user_id for each in members if each.role == role]
        lacking |= {
            user_id: "" if fitness.is_fit else str(fitness)
            for user_id, fitness in fitness_of(users, tasks_of_role(role)[0].key, today).items()
        }
    return lacking


def _objection(
    member: Membership, fitness: dict[UUID, str], loads: dict[UUID, int], already: set[UUID], tied: set[UUID]
) -> str:
    if member.pk in tied:
        return "kent iemand in deze zaak"
    if member.pk in already:
        return "helpt al in dit dossier"
    if fitness[member.user_id]:
        return fitness[member.user_id]
    if member.role == Role.CASE_MANAGER and loads.get(member.pk, 0) >= most_cases():
        return "heeft al het hoogste aantal dossiers"
    return ""


def colleagues_of(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """Everybody in the actor's team who helps people, as (id, name)."""
    rows = Membership.objects.filter(Q(team_id=actor.team_id), role__in=HELPING).select_related("user")
    return [(str(row.pk), row.user.name) for row in rows.order_by("user__name", "id")]


def colleague_of(actor: Actor, pk: UUID) -> Membership:
    """One of them; raises Membership.DoesNotExist for anybody else."""
    return Membership.objects.select_related("user").get(Q(team_id=actor.team_id), pk=pk, role__in=HELPING)
