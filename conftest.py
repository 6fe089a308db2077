"""What every test starts from."""

import pytest

from nabij.kit.catalogue import compile_all


def pytest_sessionstart(session):
    """English is compiled from its catalogue before the first test."""
    compile_all()


@pytest.fixture(autouse=True)
def password_only(request, settings):
    """Tests log in without a second factor, except those with `second_factor` in their name."""
    settings.TOTP_REQUIRED = "second_factor" in request.node.name
