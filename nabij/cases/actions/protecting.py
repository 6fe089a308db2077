"""Safety in a case: the contact rule, how alert we are, and that a message of the police was read."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit.actor import Actor
from nabij.cases.actions.access import settle_access
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.cases.policies import can_help, can_lead
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import ContactRule
from nabij.vulnerability.actions import acknowledge_assessment, lower_level, raise_level
from nabij.vulnerability.models import Assessment, Level
from nabij.vulnerability.queries import levels_of


@transaction.atomic
def acknowledge(case: Case, assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """Tell the police that we read it; the task ends."""
    if not can_help(by, case, at) or assessment.person_id != case.person_id:
        raise PermissionDenied("In dit dossier helpt u niet.")
    row = acknowledge_assessment(assessment, by=by, at=at)
    finish_tasks(case, TaskKind.ACKNOWLEDGE, by=by, at=at, about_id=assessment.pk)
    return row


@transaction.atomic
def change_level(case: Case, level: Level, reason: str, *, by: Actor, at: datetime) -> None:
    """More alert by who helps, less alert by the leader; who may open the case follows at once."""
    held = levels_of([case.person_id]).get(case.person_id)
    if can_lead(by, case, at) and held is not None and level < held:
        lower_level(case.person, level, reason, by=by, at=at)
    else:
        raise_level(case.person, level, reason, by=by, at=at)
    for each in Case.objects.select_related("team").filter(person_id=case.person_id):
        settle_access(each, at=at)


@transaction.atomic
def agree_rule(case: Case, agreed: Agreed, *, by: Actor, at: datetime) -> ContactRule:
    """Write down what was agreed with the person about contact; from now on everything obeys it."""
    if not can_help(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    return agree_contact(case.person_id, agreed, by=by, at=at)
