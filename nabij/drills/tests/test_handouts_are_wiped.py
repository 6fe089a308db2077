"""What was filled in for a step of an exercise goes with it."""

import pytest

from nabij.drills.wiping import wipe_event
from nabij.handouts.models import Handout
from nabij.handouts.tests.test_handouts import town
from nabij.incidents.models import Incident

__all__ = ["town"]


@pytest.mark.django_db
def test_a_handout_of_an_exercise_is_wiped_and_leaves_nothing_in_force(town):
    Incident.objects.filter(pk=town.incident.pk).update(is_exercise=True)
    town.incident.refresh_from_db()
    town.fill()
    wipe_event(town.incident, at=town.at)
    assert not Handout.objects.exists()
