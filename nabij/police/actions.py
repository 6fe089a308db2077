"""What the police send: a person with their yes becomes a case, with the assessment; an update changes it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership, Municipality, OrganisationKind
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases import content
from nabij.cases.actions import Facts
from nabij.cases.actions.access import settle_access
from nabij.cases.actions.opening import begin
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, DeclinedHelp, TaskKind
from nabij.contact.working_days import working_days_after
from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.notify.actions.agreeing import agree_contact, close_ways
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.notify.models import Way
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.models import Person
from nabij.police.counting import Hit, count_hit
from nabij.police.policies import can_refer
from nabij.vulnerability.actions import PoliceMessage, record_assessment
from nabij.vulnerability.actions.alerts import open_alert
from nabij.vulnerability.content import acknowledge_within
from nabij.vulnerability.queries import person_by_police_number

POLICE_TEXT = "politie-1"
SAFE_ONLY = "PM-18"  # the measure of safe contact
# how a way is used was told and no way named: that closes none, and is no yes to a visit
UNNAMED_WAYS = tuple(way for way in Way if way != Way.VISIT)
SAME_HOUSE = "same_house"  # the suspect lives at this address; about the suspect nothing is written


@dataclass(frozen=True)
class Referral:
    """One person sent to us by the police: who, what happened, where, and how they may be reached."""

    met: Met
    facts: Facts
    municipality: Municipality
    agreed: Agreed | None = None
    message: PoliceMessage | None = None
    incident: Incident | None = None
    lives_with_suspect: bool = False


@transaction.atomic
def decline_help(hit: Hit, incident: Incident | None, *, by: Actor, at: datetime) -> DeclinedHelp:
    """Somebody said no to the police: counted, and nobody is written down (S02: the customer in the shop)."""
    if not can_refer(by) or by.organisation_id is None:
        raise PermissionDenied("Verwijzen doet de politie.")
    _refuse_day_to_come(hit.happened_on, at)
    row = DeclinedHelp.objects.create(
        incident=incident, organisation_id=by.organisation_id, topic=hit.topic, at=at
    )
    count_hit(hit, at=at)
    trail.record("referral.declined", by=by, at=at, subject=row, thread_id=incident.pk if incident else None)
    return row


@transaction.atomic
def receive_referral(referral: Referral, *, by: Actor, at: datetime) -> Case:
    """Somebody referred by the police, with their yes, becomes a case of the team of that place.

    ValidationError without consent, for a day still to come, and where no team serves the municipality.
    """
    if not can_refer(by):
        raise PermissionDenied("Verwijzen doet de politie.")
    if not referral.met.consent_version:
        raise ValidationError(
            _("Zonder ja van deze persoon sturen we niets door. Tel mee als 'wil geen hulp'.")
        )
    _refuse_day_to_come(referral.facts.happened_on, at)
    team = referral.municipality.safety_region.team
    if team is None:
        raise ValidationError(_("In deze gemeente werkt nog geen team."))
    person = meet_person(referral.met, referral.incident, source=referral.facts.way_in, by=by, at=at)
    if referral.agreed is not None:
        agree_contact(person.pk, referral.agreed, by=by, at=at)
    case = begin(
        person, referral.facts, team, incident=referral.incident,
        consent_version=referral.met.consent_version, by=by, at=at,
    )  # fmt: skip
    has_secret_address = referral.agreed is not None and referral.agreed.has_secret_address
    if not has_secret_address and not referral.lives_with_suspect:
        count_hit(_hit(referral, at), at=at)
    if referral.message is not None:
        _take_in(person, referral.message, by=by, at=at)
    if referral.lives_with_suspect:
        open_alert(person, SAME_HOUSE, assessment=None, by=by, at=at)
    return case


def _hit(referral: Referral, at: datetime) -> Hit:
    day = referral.facts.happened_on or local(at).date()
    return Hit(referral.municipality, referral.facts.topic, day, is_child=referral.facts.is_minor)


@transaction.atomic
def receive_update(
    message: PoliceMessage, *, lives_with_suspect: bool = False, by: Actor, at: datetime
) -> int:
    """A newer assessment of somebody about whom the same police organisation wrote before.

    How many cases it reached; 0 when the number is unknown, which the sender is told. That the suspect does
    not live there any more, we hear but do not act upon: who helps closes the alert.
    """
    if not can_refer(by) or by.organisation_id is None:
        raise PermissionDenied("Verwijzen doet de politie.")
    person_id = person_by_police_number(by.organisation_id, message.police_number)
    if person_id is None:
        return 0
    person = Person.objects.get(pk=person_id)
    if lives_with_suspect:
        open_alert(person, SAME_HOUSE, assessment=None, by=by, at=at)
    return _take_in(person, message, by=by, at=at)


def _take_in(person: Person, message: PoliceMessage, *, by: Actor, at: datetime) -> int:
    assessment = record_assessment(person, message, by=by, at=at)
    if SAFE_ONLY in message.measures:
        _close_unless_agreed(person, by=by, at=at)
    cases = list(Case.objects.select_related("team").filter(person=person))
    for case in cases:
        settle_access(case, at=at)
        finish_tasks(case, TaskKind.ASK_POLICE, by=by, at=at)
        due = working_days_after(at, acknowledge_within())
        add_task(case, TaskKind.ACKNOWLEDGE, due, at=at, about_id=assessment.pk)
        _remind_of_measures(case, message, at)
    return len(cases)


def _close_unless_agreed(person: Person, *, by: Actor, at: datetime) -> None:
    """Safe contact only: until somebody agreed how, in no way at all.

    A rule of the police in which no way was named (only a code word, say) is no agreement about ways.
    """
    rule = rule_of(person.pk)
    if rule is None:
        agree_contact(person.pk, Agreed(()), by=by, at=at)
    elif set(rule.ways) == set(UNNAMED_WAYS) and _is_by_police(rule.set_by):
        close_ways(person.pk, by=by, at=at)


def _is_by_police(membership_id: UUID | None) -> bool:
    members = Membership.objects.filter(organisation__kind=OrganisationKind.POLICE)
    return membership_id is not None and members.filter(pk=membership_id).exists()


def _refuse_day_to_come(day: date | None, at: datetime) -> None:
    if day is not None and day > local(at).date():
        raise ValidationError({"happened_on": _("Deze dag moet nog komen. Kijk de datum na.")})


def _remind_of_measures(case: Case, message: PoliceMessage, at: datetime) -> None:
    """A task some weeks before a measure ends."""
    for code, ends_on in message.measures.items():
        if ends_on is not None:
            due = content.reminder_of(ends_on)
            if due > at:
                add_task(case, TaskKind.MEASURE_ENDS, due, at=at, about_id=content.measure_id(case.pk, code))
