from datetime import timedelta

import pytest

from nabij.accounts.factories import make_municipality
from nabij.centres.factories import EVENING, make_live_centre
from nabij.kit import clock
from nabij.news_readers import draining, tasks, views
from nabij.people.tests.conftest import drain_key, keys, web
from nabij.spool.crowds import Crowd

__all__ = ["drain_key", "keys", "web"]
LATER = EVENING + timedelta(hours=1)


@pytest.fixture
def centre(db):
    clock.move_to(LATER)
    make_municipality()
    return make_live_centre()


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(views, "CROWD", Crowd())
    draining._read.clear()
