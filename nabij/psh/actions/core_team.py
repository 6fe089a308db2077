"""What the core team does: asks advice, plans aftercare, appoints contact persons, counts the shelter."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.keys.sealing import seal, seal_all
from nabij.psh.models import Advice, AftercarePlan, FamilyContact, PshMeeting, ShelterCount
from nabij.psh.policies import can_advise, can_decide, can_lead_core_team

NOT_YOURS = "Dit hoort bij het kernteam PSH."


@transaction.atomic
def give_advice(incident: Incident, question: str, advice: str, *, by: Actor, at: datetime) -> Advice:
    """The adviser writes down what was asked and what was advised; both stay in the core team."""
    if not can_advise(by, incident, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    row = Advice(incident=incident, adviser_id=by.id, given_at=at)
    for name, sealed in seal_all(row.pk, {"question_sealed": question, "advice_sealed": advice}).items():
        setattr(row, name, sealed)
    row.save(force_insert=True)
    trail.record("psh.advised", by=by, at=at, subject=row)
    return row


@transaction.atomic
def decide_advice(advice: Advice, is_adopted: bool, *, by: Actor, at: datetime) -> Advice:
    """The leader of the core team adopts the advice or not; said again it stands as it was said last."""
    row = Advice.objects.select_for_update(of=("self",)).select_related("incident").get(pk=advice.pk)
    if not can_decide(by, row, at):
        raise PermissionDenied(NOT_YOURS)
    row.is_adopted, row.decided_at = is_adopted, at
    row.save(update_fields=["is_adopted", "decided_at"])
    trail.record("psh.advice_decided", by=by, at=at, subject=row, facts={"adopted": is_adopted})
    return row


@transaction.atomic
def write_plan(incident: Incident, text: str, *, by: Actor, at: datetime) -> AftercarePlan:
    """A new version of the plan; earlier versions stay as they were."""
    writer = _lead(incident, by, at)
    last = AftercarePlan.objects.filter(incident=incident).aggregate(last=Max("version"))["last"] or 0
    plan = AftercarePlan(incident=incident, version=last + 1, written_at=at, written_by=writer)
    plan.text_sealed = seal(plan.pk, text)
    plan.save(force_insert=True)
    trail.record("psh.planned", by=by, at=at, subject=plan, facts={"version": plan.version})
    return plan


@transaction.atomic
def appoint_contact(
    incident: Incident, family: str, contact: Membership, *, by: Actor, at: datetime
) -> FamilyContact:
    """From now on this is the one contact person of this family; the earlier one ends."""
    _lead(incident, by, at)
    FamilyContact.objects.filter(incident=incident, family=family, ends_at__isnull=True).update(ends_at=at)
    row = FamilyContact.objects.create(incident=incident, family=family, contact=contact, starts_at=at)
    trail.record("psh.contact_appointed", by=by, at=at, subject=row, facts={"family": family})
    return row


@transaction.atomic
def plan_meeting(
    incident: Incident, audience: str, where: str, starts_at: datetime, *, by: Actor, at: datetime
) -> PshMeeting:
    """A meeting for bereaved, residents or staff."""
    _lead(incident, by, at)
    row = PshMeeting.objects.create(incident=incident, audience=audience, where=where, starts_at=starts_at)
    trail.record("psh.meeting_planned", by=by, at=at, subject=row, facts={"audience": audience})
    return row


@transaction.atomic
def count_shelter(
    incident: Incident, people: int, is_rehousing_decided: bool, *, by: Actor, at: datetime
) -> ShelterCount:
    """How many people are in the emergency shelter now, and whether it is decided where they will live."""
    counter = _lead(incident, by, at)
    row = ShelterCount.objects.create(
        incident=incident, people=people, counted_at=at, counted_by=counter,
        is_rehousing_decided=is_rehousing_decided,
    )  # fmt: skip
    facts: dict[str, trail.Fact] = {"people": people}
    trail.record("shelter.counted", by=by, at=at, subject=row, thread_id=incident.pk, facts=facts)
    return row


def _lead(incident: Incident, by: Actor, at: datetime) -> UUID:
    """Only the leader of the core team, who is named; the event is held, so that versions follow."""
    if not can_lead_core_team(by, incident, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    Incident.objects.select_for_update().get(pk=incident.pk)
    return by.id
