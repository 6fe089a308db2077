"""Work for many at the fire of S05: the same people as at the desk."""

import pytest

from nabij.bulk import tasks
from nabij.desk.tests.conftest import as_, place

__all__ = ["as_", "place"]


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
