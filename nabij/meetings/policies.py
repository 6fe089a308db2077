"""Who sees meetings and counts, who holds a meeting, and who promises support and gives answers."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import can_offer_message
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.incidents.policies import visible_to as incident_visible_to
from nabij.meetings.models import Audience, Meeting, Question

OWN_OWNER = "victim_support"


def works_with_meetings(actor: Actor) -> bool:
    """The municipality and the team leaders of victim support; where, `visible_to` says."""
    return actor.may(Permission.HOLD_MEETING)


def visible_to(actor: Actor, at: datetime) -> Q:
    """Meetings at the events that one sees, for who works with meetings."""
    if not works_with_meetings(actor):
        return Q(pk__in=[])
    return Q(incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))


def can_see_meetings(actor: Actor, incident: Incident, at: datetime) -> bool:
    """The same for one event, of which there may be no meeting yet; also after the event was closed."""
    return works_with_meetings(actor) and can_see(actor, incident, at)


def can_hold(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Plan, count, write down questions, publish and promise: the municipality, in its own area."""
    return actor.organisation_kind == OrganisationKind.MUNICIPALITY and can_see_meetings(actor, incident, at)


def can_offer(actor: Actor, meeting: Meeting, centre: AdviceCentre, at: datetime) -> bool:
    """Offer answers to the editors of a live centre; those for bereaved people to a closed part only."""
    is_open = meeting.audience != Audience.BEREAVED or centre.commission.wants_closed_part
    may = can_hold(actor, meeting.incident, at) and can_offer_message(actor, centre, at)
    return centre.is_live and is_open and may


def can_promise(actor: Actor, meeting: Meeting, at: datetime) -> bool:
    """Say how many of us come: a team leader of victim support, in the own area."""
    is_ours = actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT
    return is_ours and can_see_meetings(actor, meeting.incident, at)


def can_answer(actor: Actor, question: Question, at: datetime) -> bool:
    """The municipality writes down what each party answers; victim support answers its own questions."""
    meeting = question.meeting
    if can_hold(actor, meeting.incident, at):
        return True
    return question.owner == OWN_OWNER and can_promise(actor, meeting, at)


def can_count(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Count without names: who works with meetings there; the municipality or the adviser at the school."""
    return can_see_meetings(actor, incident, at)
