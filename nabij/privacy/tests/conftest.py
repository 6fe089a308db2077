"""A register of the test's own, so that only its kind is removed."""

import pytest

from nabij.privacy import removal


@pytest.fixture
def register(monkeypatch):
    """Let the job know nothing; the test adds what it wants removed."""
    monkeypatch.setattr(removal, "_collections", {})
    monkeypatch.setattr(removal, "_keepers", {})
    return removal.collect
