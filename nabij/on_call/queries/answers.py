"""What was answered on requests for help, and how far the help is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.incidents.models import Incident, RequestState, Status
from nabij.on_call.links import token_hash
from nabij.on_call.models import Deployment, DeploymentState, HelpAnswer, HelpHandOver
from nabij.on_call.policies import visible_to
from nabij.paging.models import PageState
from nabij.rosters.queries import PassedOver, passed_over


def _whole() -> QuerySet[HelpAnswer]:
    return HelpAnswer.objects.select_related("request__incident", "team", "page").prefetch_related(
        "request__incident__municipalities", "other_teams"
    )


def answers_for(actor: Actor, at: datetime) -> QuerySet[HelpAnswer]:
    """The answers that this actor may see, the newest first."""
    return _whole().filter(visible_to(actor, at)).order_by("-made_at", "pk")


def own_answers(actor: Actor, at: datetime) -> QuerySet[HelpAnswer]:
    """Requests of the actor's own organisation that still run, the newest first."""
    running = ~Q(request__state=RequestState.WITHDRAWN) & ~Q(request__incident__status=Status.CLOSED)
    own = Q(request__organisation_id=actor.organisation_id, request__organisation_id__isnull=False)
    return answers_for(actor, at).filter(running & own)


def answer_of_form(form_key: UUID) -> HelpAnswer | None:
    """The answer on the form with this key: only who filled the form in knows it."""
    return _whole().filter(request__form_key=form_key).first()


def answer_of_request(request_id: UUID) -> HelpAnswer | None:
    """The answer on this request; None when it was entered without asking for help here."""
    return _whole().filter(request_id=request_id).first()


def answer_of_link(token: str, at: datetime) -> HelpAnswer | None:
    """The answer behind an unguessable address; None for an unknown or expired one."""
    return _whole().filter(token_hash=token_hash(token), link_expires_at__gt=at).first()


def unverified_pages_since(moment: datetime, team_id: UUID | None) -> int:
    """For how many requests without a login this team was really paged after this moment; no exercises."""
    paged = HelpAnswer.objects.filter(Q(team_id=team_id), page__isnull=False, made_at__gt=moment)
    return paged.filter(request__is_verified=False, request__incident__is_exercise=False).count()


def incident_of_entry(entry_id: int) -> Incident:
    """The incident that a line of the trail belongs to."""
    thread_id = TrailEntry.objects.values_list("thread_id", flat=True).get(pk=entry_id)
    return Incident.objects.get(Q(pk=thread_id))


def answer_of_entry(entry_id: int) -> HelpAnswer | None:
    """The answer on the request that a line of the trail is about; None when there is none."""
    request_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return answer_of_request(request_id)


@dataclass(frozen=True)
class Progress:
    """How far the help is, without anything about the people who come."""

    asked_at: datetime
    accepted_at: datetime | None
    on_the_way_at: datetime | None
    on_site_at: datetime | None
    coming: int
    on_the_way: int
    on_site: int
    handed_over_at: datetime | None
    nobody_found: bool
    is_withdrawn: bool


def progress_of(answer: HelpAnswer) -> Progress:
    """The stamps and counts of everybody who said yes for this incident since the request."""
    rows = list(Deployment.objects.filter(incident__in=threads_of(answer.request.incident)))
    counts = {state: sum(row.state == state for row in rows) for state in DeploymentState}
    return Progress(
        asked_at=answer.request.asked_at,
        accepted_at=first_moment(row.coming_at for row in rows),
        on_the_way_at=first_moment(row.on_the_way_at for row in rows),
        on_site_at=first_moment(row.on_site_at for row in rows),
        coming=counts[DeploymentState.COMING],
        on_the_way=counts[DeploymentState.ON_THE_WAY],
        on_site=counts[DeploymentState.ON_SITE],
        handed_over_at=first_moment(each.handed_over_at for each in hand_overs_at(answer.request.incident)),
        nobody_found=answer.page is not None and answer.page.state == PageState.EXHAUSTED,
        is_withdrawn=answer.request.state == RequestState.WITHDRAWN,
    )


def hand_overs_at(incident: Incident) -> QuerySet[HelpHandOver]:
    """To whom the help at this incident went on; none or one."""
    return HelpHandOver.objects.filter(incident=incident)


def threads_of(incident: Incident) -> set[UUID]:
    """Where the pages of this incident hang: also those of requests that were moved to it afterwards."""
    moved = HelpAnswer.objects.filter(request__incident=incident, page__isnull=False)
    return {incident.pk, *moved.values_list("page__thread_id", flat=True)}


def team_of(incident: Incident, actor: Actor) -> UUID | None:
    """The team whose duty it is: that of the first answer, else the one of who looks."""
    team_id = (
        HelpAnswer.objects.filter(request__incident=incident, team__isnull=False)
        .order_by("made_at")
        .values_list("team_id", flat=True)
        .first()
    )
    return team_id or actor.team_id


def passed_over_at(incident: Incident, actor: Actor, at: datetime) -> list[PassedOver]:
    """Who is on duty for this incident and is not called, because a certificate ended; for who leads it."""
    return passed_over(team_of(incident, actor), at) if incident.is_open else []


def first_moment(moments: Iterable[datetime | None]) -> datetime | None:
    """The earliest of these moments; None when nothing happened yet."""
    return min((moment for moment in moments if moment), default=None)
