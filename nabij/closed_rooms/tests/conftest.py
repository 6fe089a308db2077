"""The same centre with a closed part, and the same people, as in the tests of the door."""

from nabij.closed_part.tests.conftest import door, log_in, own_releases

__all__ = ["door", "log_in", "own_releases"]
