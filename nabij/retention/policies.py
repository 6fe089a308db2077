"""Who holds data back for a case or complaint, and who sees how removal goes."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_lead
from nabij.privacy.models import HoldOn, LegalHold


def can_hold(actor: Actor, case: Case, at: datetime) -> bool:
    """Place, prolong and lift: the leader of the team whose case it is, also after it was closed."""
    return can_lead(actor, case, at)


def holds_of_case(case: Case) -> Q:
    """Holds on the person of this case, and on its incident."""
    of_person = Q(subject_kind=HoldOn.PERSON, subject_id=case.person_id)
    return of_person | Q(subject_kind=HoldOn.INCIDENT, subject_id=case.incident_id or UUID(int=0))


def may_change(actor: Actor, hold: LegalHold, case: Case, at: datetime) -> bool:
    """A hold of the own organisation; what another organisation placed is theirs to lift."""
    return can_hold(actor, case, at) and hold.organisation_id == actor.organisation_id


def oversees_removal(actor: Actor) -> bool:
    """Whoever manages the accounts of an organisation; the page holds terms and counts only."""
    return actor.may(Permission.MANAGE_ACCOUNTS)
