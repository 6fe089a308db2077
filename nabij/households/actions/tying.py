"""Ties: written between two cases one may open, proposed otherwise, and ended rather than deleted."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_open
from nabij.households import content
from nabij.households.actions.checking import check_case
from nabij.households.models import Assent, Tie, TieProposal
from nabij.households.policies import can_change, can_tie, proposals_visible_to, sides_led
from nabij.households.queries import running_apart, ties_of
from nabij.kit.references import as_written
from nabij.people.models import Person

NOT_YOURS = "In dit dossier helpt u niet."


@transaction.atomic
def write_tie(
    case: Case, reference: str, kind: str, *, is_same_house: bool, by: Actor, at: datetime
) -> Tie | None:
    """Tie this person to the person of another case, known by its exact reference.

    None when the writer may not open that case: then the leaders of both decide, and the writer is told the
    same as when there is no such case. ValidationError for an unknown kind, oneself, and a tie that is there.
    """
    if not can_tie(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    if kind not in dict(content.kinds()):
        raise ValidationError({"kind": "Kies uit de lijst."})
    of_ours = Case.objects.select_related("person", "team").filter(
        team__organisation_id=case.team.organisation_id
    )
    other = of_ours.filter(reference=as_written(reference)).first()
    if other is not None and can_open(by, other, at):
        return _tie(case, other, kind, is_same_house=is_same_house, by=by, at=at)
    if other is not None:
        _propose(case, other, kind, is_same_house=is_same_house, by=by, at=at)
    trail.record("tie.proposed", by=by, at=at, subject=case, thread_id=case.person_id)
    return None


def _propose(case: Case, other: Case, kind: str, *, is_same_house: bool, by: Actor, at: datetime) -> None:
    """One question for the leaders of both, also when both sides propose it; what the first said stands.

    That they live in one house counts as soon as one side says so: then no letter goes there.
    """
    pair = (case.pk, other.pk)
    # both cases are held, so that two who propose at once ask one question
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=pair).order_by("pk"))
    asked = TieProposal.objects.filter(case__in=pair, other__in=pair, decided_at=None)
    if not asked.exists():
        TieProposal.objects.create(
            case=case, other=other, kind=kind, is_same_house=is_same_house, made_at=at, made_by=by.id
        )
    elif is_same_house:
        asked.update(is_same_house=True)


def _tie(case: Case, other: Case, kind: str, *, is_same_house: bool, by: Actor, at: datetime) -> Tie:
    if other.person_id == case.person_id:
        raise ValidationError({"reference": "Dit is dezelfde persoon."})
    pair = (case.person_id, other.person_id)
    # both persons are held, so that two writers at once make one tie
    list(Person.objects.select_for_update().filter(pk__in=pair).order_by("pk"))
    tie = ties_of(case.person_id).filter(Q(first_id=other.person_id) | Q(second_id=other.person_id)).first()
    if tie is not None and tie.kind != content.UNKNOWN:
        raise ValidationError({"reference": "Deze band staat er al. Beëindig hem eerst."})
    tie = tie or Tie(first_id=pair[0], second_id=pair[1], written_at=at)
    tie.kind = kind if tie.first_id == pair[0] else content.inverse(kind)
    tie.is_same_house, tie.written_by = is_same_house, by.id
    tie.save()
    trail.record("tie.written", by=by, at=at, subject=tie, thread_id=case.person_id)
    check_case(case, by=by, at=at)
    return tie


@transaction.atomic
def decide_proposal(proposal: TieProposal, *, is_accepted: bool, by: Actor, at: datetime) -> TieProposal:
    """A leader of either says yes or no: a yes for both makes it a tie, one no ends it.

    Decided twice it stays as it was.
    """
    rows = TieProposal.objects.select_for_update(of=("self",)).select_related("case__team", "other__team")
    held = rows.filter(proposals_visible_to(by, at), pk=proposal.pk).first()
    if held is None:
        raise PermissionDenied("Hierover besluiten de teamleiders van deze twee.")
    if held.decided_at is not None:
        return held
    if is_accepted and not _all_agree(held, by=by, at=at):
        trail.record("tie.assented", by=by, at=at, subject=held, thread_id=held.case.person_id)
        return held
    held.decided_at, held.decided_by, held.is_accepted = at, by.id, is_accepted
    held.save(update_fields=["decided_at", "decided_by", "is_accepted"])
    if is_accepted:
        _tie(held.case, held.other, held.kind, is_same_house=held.is_same_house, by=by, at=at)
    trail.record("tie.decided", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held


def _all_agree(proposal: TieProposal, *, by: Actor, at: datetime) -> bool:
    """Write this leader's yes for whom they lead; whether there is one for both people now."""
    ends = {proposal.case.person_id, proposal.other.person_id}
    for person_id in sides_led(by, ends, at):
        Assent.objects.get_or_create(proposal=proposal, person_id=person_id, defaults={"at": at, "by": by.id})
    return ends == set(proposal.assents.values_list("person_id", flat=True))


@transaction.atomic
def end_tie(case: Case, tie: Tie, *, by: Actor, at: datetime) -> Tie:
    """They no longer belong together; what was stays known. ValidationError while approached apart."""
    held = Tie.objects.select_for_update().get(pk=tie.pk)
    if not can_change(by, case, held, at):
        raise PermissionDenied(NOT_YOURS)
    if running_apart(held) is not None:
        raise ValidationError("U benadert deze twee apart. De teamleider beëindigt dat eerst.")
    if held.ended_at is None:
        held.ended_at, held.ended_by = at, by.id
        held.save(update_fields=["ended_at", "ended_by"])
        trail.record("tie.ended", by=by, at=at, subject=held, thread_id=case.person_id)
    return held
