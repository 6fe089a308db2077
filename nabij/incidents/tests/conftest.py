"""The municipality in which most stories happen, so that people have an area from the start."""

import pytest

from nabij.accounts.factories import make_municipality
from nabij.incidents.tests.desk import bram, nadia, night_without_upper_storeys, operator

__all__ = ["bram", "heidebeek", "nadia", "night_without_upper_storeys", "operator"]


@pytest.fixture(autouse=True)
def heidebeek(db):
    """Heidebeek, in the region of team Noordwest."""
    return make_municipality()
