"""Testing phones: each week whoever is on duty answers a call that is no call."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.accounts.models import Membership, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.on_scene.models import PhoneTest
from nabij.on_scene.policies import can_test_phones
from nabij.on_scene.queries import people_to_try
from nabij.paging.actions import start_page

PHONE_TEST = "phone_test"


@transaction.atomic
def try_phones(team: Team, *, by: Actor, at: datetime) -> PhoneTest:
    """Call everybody on duty in this team as an exercise; with nobody on duty the test says so by itself."""
    if not can_test_phones(by, at) or (by.team_id is not None and by.team_id != team.pk):
        raise PermissionDenied("De telefoons van dit team kunt u niet testen.")
    people = people_to_try(team.pk, at)
    test = PhoneTest.objects.create(team=team, started_at=at, started_by=by.id)
    test.people.set(Membership.objects.filter(pk__in=people))
    if people:
        test.page = start_page(
            PHONE_TEST, subject_id=test.pk, thread_id=test.pk, team_id=team.pk, needed=len(people),
            exercise=True, by=by, at=at, values={},
        )  # fmt: skip
        test.save(update_fields=["page"])
    facts: dict[str, trail.Fact] = {"people": len(people)}
    trail.record("phones.tested", by=by, at=at, subject=test, facts=facts)
    return test


def try_all_phones(*, by: Actor, at: datetime) -> int:
    """The weekly test, each team in a transaction of its own; says how many teams."""
    return sum(try_phones(team, by=by, at=at) is not None for team in Team.objects.order_by("name"))
