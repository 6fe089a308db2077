"""What the core team keeps: advice, plan, contact persons, meetings, shelter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nabij.accounts.models import Membership, OrganisationKind
from nabij.audit.actor import Actor
from nabij.incidents.clocks import Clock
from nabij.incidents.models import Incident
from nabij.keys.sealing import Opener
from nabij.psh.content import is_shelter_too_full, rehousing_within
from nabij.psh.models import Advice, AftercarePlan, FamilyContact, PshMeeting, ShelterCount
from nabij.psh.policies import advice_visible_to


def advice_for(actor: Actor, at: datetime) -> QuerySet[Advice]:
    """The advice that this actor may read, the oldest first."""
    found = Advice.objects.filter(advice_visible_to(actor, at))
    return found.select_related("incident", "adviser__user").order_by("given_at")


@dataclass(frozen=True)
class AdviceLine:
    """One question and its advice, opened."""

    advice: Advice
    question: str
    text: str


def advice_lines(incident: Incident, actor: Actor, at: datetime) -> list[AdviceLine]:
    """The advice log of one incident, opened for who may read it."""
    rows = list(advice_for(actor, at).filter(incident=incident))
    opener = Opener(row.pk for row in rows)
    return [
        AdviceLine(row, opener.open(row.pk, row.question_sealed), opener.open(row.pk, row.advice_sealed))
        for row in rows
    ]


@dataclass(frozen=True)
class Plan:
    """A version of the plan, opened."""

    plan: AftercarePlan
    text: str


def last_plan(incident: Incident) -> Plan | None:
    """The newest version, opened; for the core team."""
    row = AftercarePlan.objects.filter(incident=incident).order_by("-version").first()
    return Plan(row, Opener([row.pk]).open(row.pk, row.text_sealed)) if row else None


def last_shelter(incident: Incident) -> ShelterCount | None:
    """How many were in the shelter when it was counted last."""
    return ShelterCount.objects.filter(incident=incident).order_by("-counted_at").first()


def shelter_opened_at(incident: Incident) -> datetime | None:
    """When the shelter was counted for the first time."""
    first = ShelterCount.objects.filter(incident=incident).order_by("counted_at").first()
    return first.counted_at if first else None


def clocks_of_shelter(incident: Incident, at: datetime) -> list[Clock]:
    """Within 48 hours it is decided where people will live; source: scenario S05."""
    counts = list(ShelterCount.objects.filter(incident=incident).order_by("counted_at"))
    if not counts:
        return []
    decided = next((each.counted_at for each in counts if each.is_rehousing_decided), None)
    opened_at = counts[0].counted_at
    return [Clock("Herhuisvesting besluiten", opened_at, opened_at + rehousing_within(), decided)]


@dataclass(frozen=True)
class CoreTeam:
    """The page of the core team for one incident."""

    advice: list[AdviceLine]
    plan: Plan | None
    contacts: list[FamilyContact]
    meetings: list[PshMeeting]
    shelter: ShelterCount | None
    is_too_full: bool

    @property
    def adopted(self) -> int:
        """How many pieces of advice were adopted."""
        return sum(line.advice.is_adopted is True for line in self.advice)


def core_team_of(incident: Incident, actor: Actor, at: datetime) -> CoreTeam:
    """Everything the core team keeps of this incident; for its leader and its adviser."""
    shelter = last_shelter(incident)
    contacts = FamilyContact.objects.filter(incident=incident, ends_at__isnull=True)
    return CoreTeam(
        advice=advice_lines(incident, actor, at),
        plan=last_plan(incident),
        contacts=list(contacts.select_related("contact__user").order_by("family")),
        meetings=list(PshMeeting.objects.filter(incident=incident).order_by("starts_at")),
        shelter=shelter,
        is_too_full=shelter is not None and is_shelter_too_full(shelter.people, incident.people),
    )


def contact_people(at: datetime) -> QuerySet[Membership]:
    """Who can be the contact person of a family: staff of victim support who work here now, by name."""
    people = Membership.objects.current(at).filter(organisation__kind=OrganisationKind.VICTIM_SUPPORT)
    return people.select_related("user", "team", "organisation").order_by("user__name")
