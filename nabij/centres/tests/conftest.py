from pathlib import Path

import pytest

from nabij import settings


@pytest.fixture(autouse=True)
def own_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone."""
    monkeypatch.setattr(settings.ENV, "data_dir", tmp_path)
    return tmp_path / "releases"


@pytest.fixture
def log_in(client, settings):
    """A browser in which this membership is logged in, without the second factor."""
    settings.TOTP_REQUIRED = False

    def enter(membership):
        client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
