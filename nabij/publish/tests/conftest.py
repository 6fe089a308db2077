from pathlib import Path

import pytest

from nabij import settings
from nabij.publish import pages


@pytest.fixture(autouse=True)
def own_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release folder and a list of pages of this test alone."""
    monkeypatch.setattr(settings.ENV, "data_dir", tmp_path)
    monkeypatch.setattr(pages, "_sources", [])
    return tmp_path / "releases"
