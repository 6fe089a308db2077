"""The same centre after a fire, with Sjoerd on duty from eight until four."""

import pytest

from nabij.accounts.models import Membership
from nabij.moderation.factories import make_shift
from nabij.peers.tests.conftest import above, make_centre, nobody_above  # noqa: F401  (fixtures)


@pytest.fixture
def centre(db):
    made = make_centre()
    make_shift(made.space, Membership.objects.get(pk=made.sjoerd.id))
    return made
