"""Whether the closed part can be entered and is watched over: tried with a person who is made and undone."""

from datetime import datetime

from django.db import transaction

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import AgeClass, Relation, Verification, VerificationState, Way
from nabij.closed_part.queries.entry import entry_of
from nabij.moderation.queries import is_moderated
from nabij.openings.trials import TEST_NAMES, Outcome, submission_of
from nabij.peers.models import Group
from nabij.people.actions.registering import store
from nabij.people.models import Registration


def try_closed_part(centre: AdviceCentre, at: datetime) -> Outcome:
    """There are groups, a moderator is there now, and somebody who is let in comes in."""
    if not Group.objects.filter(space__owner_id=centre.pk).exists():
        return Outcome(False, "no_groups")
    if not is_moderated(centre.pk, at):
        return Outcome(False, "no_moderator")
    comes_in = _comes_in(centre, at)
    return Outcome(comes_in, "came_in" if comes_in else "did_not_come_in")


def _comes_in(centre: AdviceCentre, at: datetime) -> bool:
    """A person made for the test, let in, and asked for at the door; undone whatever was found."""
    with transaction.atomic():
        sent = submission_of(centre, TEST_NAMES[0], at, wants_closed_part="on")
        [made] = store([sent], by=SYSTEM, at=at, machine_at=at)
        _let_in(made, centre, at)
        person = Actor(ActorKind.HELPED_PERSON, id=made.person_id)
        found = entry_of(person, centre.slug, at) is not None
        transaction.set_rollback(True)
    return found


def _let_in(made: Registration, centre: AdviceCentre, at: datetime) -> None:
    decided_by = centre.live_by.user if centre.live_by else None
    Verification.objects.create(
        registration=made, state=VerificationState.VERIFIED, way=Way.CALL_BACK, relation=Relation.RESIDENTS,
        age_class=AgeClass.OLDER, decided_by=decided_by, decided_at=at,
    )  # fmt: skip
