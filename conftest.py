"""What every test starts from."""

import os

import pytest

from nabij.kit.catalogue import compile_all


def pytest_sessionstart(session):
    """English is compiled from its catalogue before the first test."""
    compile_all()


def pytest_collection_modifyitems(config, items):
    """With NABIJ_TESTS_PART=0/2 every second file, with 1/2 the others: halves that run beside each other."""
    part, _of, parts = os.environ.get("NABIJ_TESTS_PART", "0/1").partition("/")
    files = sorted({item.path for item in items})
    mine = {path for number, path in enumerate(files) if number % int(parts) == int(part)}
    config.hook.pytest_deselected(items=[item for item in items if item.path not in mine])
    items[:] = [item for item in items if item.path in mine]


@pytest.fixture(autouse=True)
def password_only(request, settings):
    """Tests log in without a second factor, except those with `second_factor` in their name."""
    settings.TOTP_REQUIRED = "second_factor" in request.node.name
