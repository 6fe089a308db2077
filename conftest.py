"""What every test starts from."""

import gc
import os
from pathlib import Path

import pytest

from nabij.kit.catalogue import compile_all
from nabij.kit.tests import schema

LAUNCHER = Path(__file__).parent / "launch"


def pytest_sessionstart(session):
    """English is compiled from its catalogue before the first test."""
    compile_all()


def pytest_collection_modifyitems(config, items):
    """With NABIJ_TESTS_PART=0/2 every second test, with 1/2 the others: halves that run beside each other.

    Tests of the launcher share what they start, so they all stand in the last part.
    """
    part, _of, parts = os.environ.get("NABIJ_TESTS_PART", "0/1").partition("/")
    last = int(parts) - 1
    dealt = [
        last if item.path.is_relative_to(LAUNCHER) else number % int(parts)
        for number, item in enumerate(items)
    ]
    config.hook.pytest_deselected(
        items=[item for item, to in zip(items, dealt, strict=True) if to != int(part)]
    )
    items[:] = [item for item, to in zip(items, dealt, strict=True) if to == int(part)]


def pytest_collection_finish(session):
    """What is loaded by now stays, so it is not looked through for garbage again: a quarter less time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_use_migrations():
    """Tables come from the models: see `nabij.kit.tests.schema`."""
    schema.prepare()
    return False


@pytest.fixture(autouse=True)
def password_only(request, settings):
    """Tests log in without a second factor, except those with `second_factor` in their name."""
    settings.TOTP_REQUIRED = "second_factor" in request.node.name
