"""Plain makers of releases, shared by tests and the demonstration."""

from datetime import datetime

from nabij.audit.actor import SYSTEM
from nabij.publish.actions import release
from nabij.publish.models import Release


def make_release(at: datetime) -> Release:
    return release(by=SYSTEM, at=at)
