"""The night of the explosion, with everybody in place."""

import pytest

from nabij.on_call.factories import make_night


@pytest.fixture
def night(db):
    """Who is on call on 10 January 2027, and who asks."""
    return make_night()
