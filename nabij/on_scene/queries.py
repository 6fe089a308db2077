"""Who is on site and whether they are all right, alarms, pairs, hours, materials and tests of phones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership, Team
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.incidents.models import Incident
from nabij.on_call.models import WORKERS, Deployment, DeploymentState
from nabij.on_call.policies import deployments_visible_to
from nabij.on_call.queries import deployments_of
from nabij.on_scene.models import Alarm, Material, PhoneTest, Relief, Watch
from nabij.on_scene.policies import OUTSIDE, phone_tests_visible_to
from nabij.on_scene.rules import materials, nobody_goes_alone, terms
from nabij.paging.models import Answer, Ask, Page
from nabij.rosters.models import Seat
from nabij.rosters.queries import ids_on_duty

SELF, CONTROL_ROOM, TESTED = "self", "control_room", "tested"


def control_rooms(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """The operators of the control rooms in the safety regions of this team: what the paging engine asks."""
    if seat != CONTROL_ROOM:
        return []
    operators = Membership.objects.current(at).filter(
        Q(organisation__safety_region__team_id=team_id), role=Role.CONTROL_ROOM
    )
    return list(operators.order_by("pk").values_list("pk", flat=True))


def watchers_to_ask(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """First the person themselves; then everybody on the chair but that person."""
    own = Watch.objects.filter(pk=page.subject_id).values_list("deployment__membership_id", flat=True)
    return list(own) if seat == SELF else [each for each in people if each not in own]


def helpers_to_ask(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """Everybody on the chair but the one who asks for help."""
    own = Alarm.objects.filter(pk=page.subject_id).values_list("deployment__membership_id", flat=True)
    return [each for each in people if each not in own]


def people_tried(page: Page, seat: str, people: list[UUID], at: datetime) -> list[UUID]:
    """Whose phones are tested."""
    found = PhoneTest.objects.filter(pk=page.subject_id).values_list("people", flat=True)
    return list(found.order_by("people"))


def deployment_of_entry(entry_id: int) -> Deployment:
    """The deployment that a line of the trail is about."""
    subject_id = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return Deployment.objects.select_related("incident", "ask__page").get(Q(pk=subject_id))


def due_watches(at: datetime) -> QuerySet[Watch]:
    """Who should have reported, and for whom nobody is called yet."""
    is_called = Q(page__isnull=False, page__closed_at__isnull=True)
    return Watch.objects.filter(ended_at__isnull=True, due_at__lte=at).exclude(is_called).order_by("due_at")


def long_on_site(at: datetime) -> QuerySet[Watch]:
    """Who is on site so long that relief must be thought of, and of whom that was not yet said."""
    return Watch.objects.filter(
        ended_at__isnull=True,
        relief_told_at__isnull=True,
        deployment__on_site_at__lte=at - terms().relief,
        deployment__relief__isnull=True,
    )


def pairs_of(incident: Incident) -> dict[UUID, Deployment]:
    """Who goes with whom: workers two by two, in the order of their yes; an odd one joins the last pair."""
    active = Deployment.objects.active().filter(incident=incident, kind=WORKERS)
    workers = list(active.select_related("membership__user").order_by("coming_at", "pk"))
    found: dict[UUID, Deployment] = {}
    for first, second in zip(workers[::2], workers[1::2], strict=False):
        found[first.pk], found[second.pk] = second, first
    if len(workers) > 1 and len(workers) % 2:
        found[workers[-1].pk] = workers[-2]
    return found


def goes_alone(deployment: Deployment) -> bool:
    """Whether nobody else of us is on the way to this incident or there."""
    others = Deployment.objects.filter(incident_id=deployment.incident_id, state__in=OUTSIDE)
    return not others.exclude(membership_id=deployment.membership_id).exists()


@dataclass(frozen=True)
class Place:
    """One person at the scene as the coordinator's board shows them."""

    deployment: Deployment
    watch: Watch | None
    alarm: Alarm | None
    relief: Relief | None
    buddy: Deployment | None
    on_site_for: timedelta | None
    is_too_long: bool


@dataclass(frozen=True)
class Board:
    """Everybody on the way or on site, and what goes along."""

    places: list[Place]
    materials: list[tuple[str, str, bool]]
    two_by_two: bool

    @property
    def to_take(self) -> int:
        """How many things are not ticked yet."""
        return sum(not is_taken for _code, _name, is_taken in self.materials)


def board_of(incident: Incident, at: datetime) -> Board:
    """The board of one incident; for who leads it."""
    rows = list(deployments_of(incident).filter(state__in=OUTSIDE).select_related("watch__page", "relief"))
    alarms = {each.deployment_id: each for each in open_alarms(incident)}
    pairs = pairs_of(incident)
    return Board(
        places=[_place(row, alarms.get(row.pk), pairs.get(row.pk), at) for row in rows],
        materials=materials_of(incident),
        two_by_two=nobody_goes_alone(incident, at),
    )


def _place(row: Deployment, alarm: Alarm | None, buddy: Deployment | None, at: datetime) -> Place:
    stayed = at - row.on_site_at if row.on_site_at else None
    return Place(
        deployment=row,
        watch=getattr(row, "watch", None),
        alarm=alarm,
        relief=getattr(row, "relief", None),
        buddy=buddy,
        on_site_for=stayed,
        is_too_long=stayed is not None and stayed >= terms().relief,
    )


def open_alarms(incident: Incident) -> QuerySet[Alarm]:
    """The alarms at this incident that nobody ended yet."""
    return Alarm.objects.filter(deployment__incident=incident, ended_at__isnull=True)


def open_alarm_of(deployment: Deployment) -> Alarm | None:
    """This person's alarm that nobody ended yet."""
    return deployment.alarms.filter(ended_at__isnull=True).select_related("page").first()


def materials_of(incident: Incident) -> list[tuple[str, str, bool]]:
    """What goes along: code, name, and whether somebody has it."""
    taken = set(Material.objects.filter(incident=incident).values_list("code", flat=True))
    return [(code, name, code in taken) for code, name in materials().items()]


def hours_of(incident: Incident) -> list[tuple[Deployment, timedelta]]:
    """Who worked at this incident and how long, from setting off until done; who is done."""
    done = deployments_of(incident).filter(state=DeploymentState.DONE, on_the_way_at__isnull=False)
    return [(row, row.done_at - row.on_the_way_at) for row in done if row.done_at and row.on_the_way_at]


@dataclass(frozen=True)
class TriedPhone:
    """One person in a test of phones: whether they answered, and after how long."""

    membership: Membership
    ask: Ask | None
    after: timedelta | None

    @property
    def is_reached(self) -> bool:
        """Whether they said yes within the time."""
        return (
            self.ask is not None
            and self.ask.answer == Answer.ACCEPTED
            and self.after is not None
            and self.after <= terms().drill_answer
        )


def phone_tests_for(actor: Actor, at: datetime) -> QuerySet[PhoneTest]:
    """The tests that this planner may see, the newest first."""
    return PhoneTest.objects.filter(phone_tests_visible_to(actor, at)).order_by("-started_at")


def results_of(test: PhoneTest) -> list[TriedPhone]:
    """What came of a test, per person by name; who was not reached comes first."""
    asks = {ask.membership_id: ask for ask in test.page.asks.all()} if test.page else {}
    people = test.people.select_related("user").order_by("user__name")
    found = [_tried(each, asks.get(each.pk)) for each in people]
    return sorted(found, key=lambda each: each.is_reached)


def _tried(membership: Membership, ask: Ask | None) -> TriedPhone:
    answered = ask.answered_at if ask and ask.answer == Answer.ACCEPTED else None
    return TriedPhone(membership, ask, answered - ask.asked_at if ask and answered else None)


def people_to_try(team_id: UUID, at: datetime) -> list[UUID]:
    """Who is on duty now on any chair of this team and may be called."""
    return list(dict.fromkeys(each for seat in Seat for each in ids_on_duty(seat, team_id, at)))


def watch_of(deployment: Deployment) -> Watch | None:
    """The running check of this person; None when none runs."""
    return Watch.objects.filter(deployment=deployment, ended_at__isnull=True).select_related("page").first()


def is_asked_now(watch: Watch, actor: Actor) -> bool:
    """Whether this person is asked at this moment if they are all right, and has not answered."""
    waiting = Ask.objects.filter(Q(membership_id=actor.id), page=watch.page, answer=Answer.OPEN)
    return watch.is_missed and waiting.exists()


def alarms_for(actor: Actor, at: datetime) -> QuerySet[Alarm]:
    """The alarms at deployments that this actor may see."""
    seen = Deployment.objects.filter(deployments_visible_to(actor, at))
    return Alarm.objects.filter(deployment__in=seen).select_related("deployment__incident", "page")


def incident_of_materials(pk: UUID) -> Incident | None:
    """The incident with this identity; whether it may be seen, the policy of its materials says."""
    return Incident.objects.filter(pk=pk).first()


def team_of_actor(actor: Actor) -> Team | None:
    """The team in which this actor works; None for who works in none."""
    return Team.objects.filter(Q(pk=actor.team_id)).first() if actor.team_id else None
