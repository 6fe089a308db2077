"""The municipality in which most stories happen, so that people have an area from the start."""

import pytest

from nabij.accounts.factories import make_municipality


@pytest.fixture(autouse=True)
def heidebeek(db):
    """Heidebeek, in the region of team Noordwest."""
    return make_municipality()
