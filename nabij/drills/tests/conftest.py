"""Stories about the drill itself are told without callers, whose pages climb for hours."""

from dataclasses import replace

import pytest

from nabij.drills.people import calling


@pytest.fixture(autouse=True)
def _nobody_rings(request, monkeypatch):
    if not request.module.__name__.endswith("test_people"):
        quiet = replace(calling.callers(), number=(0, 0))
        monkeypatch.setattr(calling, "callers", lambda: quiet)
