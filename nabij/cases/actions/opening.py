"""A case begins: from a wish for contact, from who asks, or from the police; always with a ground."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases import content
from nabij.cases.actions.access import open_new
from nabij.cases.actions.tasks import add_task, new_task
from nabij.cases.addresses import address_keys
from nabij.cases.models import Capacity, Case, SearchKey, Task, TaskKind, WayIn
from nabij.cases.policies import can_create, gets_case_manager
from nabij.cases.queries.lists import wishes_waiting
from nabij.cases.searching import keys_of, marks
from nabij.contact.working_days import ends_on, from_day_on, working_days_after
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.kit.clock import local
from nabij.kit.references import fresh_reference
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.models import ContactWish, Person, WishState
from nabij.people.queries import own_registration

BATCH = 50
WAYS_IN = {"registration": WayIn.REGISTRATION, "reception": WayIn.RECEPTION, "door": WayIn.DOOR}


@dataclass(frozen=True)
class Facts:
    """What happened, what it made of this person, and how the case came to us."""

    topic: str
    capacity: Capacity = Capacity.VICTIM
    way_in: WayIn = WayIn.OWN_REQUEST
    happened_on: date | None = None
    is_severe: bool = False
    is_minor: bool = False


def begin(
    person: Person,
    facts: Facts,
    team: Team,
    *,
    incident: Incident | None,
    consent_version: str,
    wish: ContactWish | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Write the case with its search keys, grants and first tasks, inside the caller's transaction."""
    case = Case(
        reference=fresh_reference("things", lambda told: Case.objects.filter(reference=told).exists()),
        person=person, incident=incident, wish=wish, topic=facts.topic, is_severe=facts.is_severe,
        is_minor=facts.is_minor, happened_on=facts.happened_on, capacity=facts.capacity, way_in=facts.way_in,
        consent_version=consent_version, team=team, opened_at=at,
    )  # fmt: skip
    tasks = _first_tasks(case, at)
    case.next_due_at = min(each.due_at for each in tasks)
    case.save(force_insert=True)
    Task.objects.bulk_create(tasks)
    write_search_keys(case, is_new=True)
    open_new(case, at=at)
    trail.record(
        "case.opened", by=by, at=at, subject=case, thread_id=case.person_id, facts={"way_in": facts.way_in}
    )
    return case


def write_search_keys(case: Case, *, is_new: bool = False) -> None:
    """Make this case findable within the organisation of its team, in place of earlier marks.

    The marks of the address are compared by the conflict check only: nobody searches by address.
    """
    opener, person = Opener([case.person_id]), case.person
    told = [
        opener.open(person.pk, sealed)
        for sealed in (person.name_sealed, person.phone_sealed, person.email_sealed, person.address_sealed)
    ]
    keys = keys_of(told[0], told[1], told[2]) + address_keys(told[3])
    if not is_new:
        SearchKey.objects.filter(case=case).delete()
    SearchKey.objects.bulk_create(
        SearchKey(case=case, kind=kind, digest=digest)
        for kind, digest in marks(case.team.organisation_id, keys)
    )


def _first_tasks(case: Case, at: datetime) -> list[Task]:
    """Somebody to help, a first call, later calls, and what the kind of event asks."""
    soon = working_days_after(at, content.first_call_within())
    wanted = [new_task(case, TaskKind.ASSIGN, soon, at), new_task(case, TaskKind.APPROACH, soon, at)]
    for days in content.check_in_days():
        day = from_day_on((case.happened_on or local(at).date()) + timedelta(days=days))
        due = ends_on(day)
        if due > at:
            wanted.append(new_task(case, TaskKind.CHECK_IN, due, at, check_in_id(case, days)))
    if content.asks_police(case.topic):
        wanted.append(new_task(case, TaskKind.ASK_POLICE, working_days_after(at, 1), at))
    if gets_case_manager(case):
        due = working_days_after(at, content.assign_case_manager_within())
        wanted.append(new_task(case, TaskKind.CASE_MANAGER, due, at))
    return wanted


def check_in_id(case: Case, days: int) -> UUID:
    """The identity of one later call, so that each stands there once."""
    return uuid5(case.pk, f"check-in {days}")


def offer_case_manager(case: Case, *, at: datetime) -> None:
    """Ask the leader to name a case manager where the rule gives one and none was named."""
    if (
        gets_case_manager(case)
        and not case.helpers.filter(part="case_manager", ends_at__isnull=True).exists()
    ):
        due = working_days_after(at, content.assign_case_manager_within())
        add_task(case, TaskKind.CASE_MANAGER, due, at=at)


@transaction.atomic
def start_case(met: Met, facts: Facts, *, incident: Incident | None = None, by: Actor, at: datetime) -> Case:
    """Somebody asks us for help, or a municipality or partner asks with their yes; search before this.

    ValidationError without consent; source: PRIN-14, help is given only when somebody wants it.
    """
    if not can_create(by):
        raise PermissionDenied("Een dossier begint u alleen vanuit een team van slachtofferhulp.")
    if not met.consent_version:
        raise ValidationError("Zonder ja van deze persoon beginnen we geen dossier.")
    team = Team.objects.select_related("organisation").get(Q(pk=by.team_id))
    person = meet_person(met, incident, source=facts.way_in, by=by, at=at)
    return begin(person, facts, team, incident=incident, consent_version=met.consent_version, by=by, at=at)


@transaction.atomic
def pull_wishes(*, by: Actor, at: datetime) -> int:
    """Each wish for contact with a yes to victim support becomes a case of the team of that place."""
    number = 0
    for wish in wishes_waiting(BATCH):
        held = ContactWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
        incident = wish.incident
        team = _team_of(incident) if incident else None
        if held.state != WishState.OPEN or incident is None or team is None:
            continue
        begin(
            held.person, _facts_of(held, incident), team, incident=incident,
            consent_version=held.consent_version, wish=held, by=by, at=at,
        )  # fmt: skip
        held.state = WishState.TAKEN
        held.save(update_fields=["state"])
        number += 1
    return number


def _facts_of(wish: ContactWish, incident: Incident) -> Facts:
    """What the event says, and what this person told on the form of registration."""
    told = own_registration(wish.person_id)
    return Facts(
        topic=incident.topic,
        way_in=WAYS_IN.get(wish.source, WayIn.OWN_REQUEST),
        happened_on=local(incident.happened_at).date(),
        capacity=Capacity(content.capacity_of(told.relation if told else "")),
        is_minor=told is not None and content.is_through_guardian(told.age_group),
    )


def _team_of(incident: Incident) -> Team | None:
    """The team that serves the first municipality of the event."""
    places = sorted(incident.municipalities.all(), key=lambda each: each.code)
    return places[0].safety_region.team if places else None
