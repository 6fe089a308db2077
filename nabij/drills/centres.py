"""A centre that is drilled: where it stands now, and when the region did so last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nabij.accounts.models import Municipality
from nabij.accounts.queries import places_of
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.drills.content import centre_every_days
from nabij.drills.models import Drill, DrillState, Practised
from nabij.drills.people.counting import registered
from nabij.drills.queries import kept_of, sent_of
from nabij.openings.content import checklist
from nabij.openings.models import Opening
from nabij.openings.queries.openings import Line, TestLine, last_opening, lines_of, minutes_of, tested_lines


@dataclass(frozen=True)
class CentreBoard:
    """What the leader of the drill sees: its clock, the list of two hours, the tests, what was sent."""

    centre: AdviceCentre | None
    opening: Opening | None
    minutes: int | None
    minutes_so_far: int
    lines: list[Line]
    tests: list[TestLine]
    kept: int
    sent: int
    registered: int


def centre_of_drill(drill: Drill) -> AdviceCentre | None:
    """The centre that was commissioned at the made-up event; None before that, and when it was wiped."""
    found = AdviceCentre.objects.filter(incident=drill.incident_id, incident__isnull=False)
    return found.select_related("incident", "commission").first()


def list_of(opening: Opening, actor: Actor, at: datetime) -> list[Line]:
    """The list of two hours alone, without what the first days ask."""
    codes = {item.code for item in checklist()}
    return [line for line in lines_of(opening.decision, actor, at) if line.item.code in codes]


def centre_board(drill: Drill, actor: Actor, at: datetime) -> CentreBoard | None:
    """Where the drill of a centre stands; None when it was wiped."""
    if drill.incident_id is None:
        return None
    centre = centre_of_drill(drill)
    opening = last_opening(centre) if centre else None
    return CentreBoard(
        centre=centre,
        opening=opening,
        minutes=minutes_of(opening) if opening else None,
        minutes_so_far=max(0, (at - opening.started_at) // timedelta(minutes=1)) if opening else 0,
        lines=list_of(opening, actor, at) if opening else [],
        tests=tested_lines(opening) if opening else [],
        kept=kept_of(drill.incident_id),
        sent=sent_of(drill.incident_id),
        registered=registered(drill)["registered"],
    )


@dataclass(frozen=True)
class LastDrill:
    """The last drill of a centre in a municipality: on which day, how long until open and tested."""

    municipality: Municipality
    ended_at: datetime
    minutes: int | None
    norm: int
    is_long_ago: bool

    @property
    def is_late(self) -> bool:
        """Whether it took longer than the norm, or never came so far."""
        return self.minutes is None or self.minutes > self.norm


@dataclass(frozen=True)
class LastDrills:
    """The last drill of a centre in each municipality of an area, and where there never was one."""

    drills: list[LastDrill]
    never: list[Municipality]
    every_days: int

    @property
    def is_due(self) -> bool:
        """Whether nowhere in the area a centre was drilled recently: the region drills as one."""
        return all(each.is_long_ago for each in self.drills)


def last_drills(actor: Actor, at: datetime) -> LastDrills:
    """Of the municipalities in this actor's area, whoever led the drill; figures only, two queries."""
    places = {each.pk: each for each in places_of(actor, at)}
    found: dict[str, Drill] = {}
    rows = Drill.objects.filter(practised=Practised.CENTRE, municipality__in=places)
    for drill in rows.exclude(state=DrillState.RUNNING).order_by("-ended_at", "pk"):
        if drill.report["commissioned"]:
            found.setdefault(drill.municipality_id, drill)
    drills = [_last(drill, places[code], at) for code, drill in found.items()]
    return LastDrills(
        drills=drills,
        never=sorted((each for code, each in places.items() if code not in found), key=str),
        every_days=centre_every_days(),
    )


def _last(drill: Drill, municipality: Municipality, at: datetime) -> LastDrill:
    ended_at = drill.ended_at or drill.begun_at
    return LastDrill(
        municipality=municipality,
        ended_at=ended_at,
        minutes=drill.report["minutes"],
        norm=drill.report["norm"],
        is_long_ago=at - ended_at > timedelta(days=centre_every_days()),
    )


def live_centre_of(incident_id: UUID) -> AdviceCentre | None:
    """The centre of this made-up event, when everybody can read it now."""
    found = AdviceCentre.objects.filter(incident=incident_id, incident__is_exercise=True)
    centre = found.select_related("incident", "commission").first()
    return centre if centre and centre.is_live else None
