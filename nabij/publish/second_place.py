"""The release once more at a second place, at once: what is live stays readable when this machine is gone."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from nabij import settings
from nabij.audit.actor import Actor
from nabij.publish.folders import current_number, releases_folder, texts_of, write_release
from nabij.publish.models import SecondPlace
from nabij.publish.policies import can_release

_ONE_AT_A_TIME = 0x32652D706C656B  # an arbitrary number that only pushes lock on


def second_folder() -> Path | None:
    """Where releases lie a second time: a folder of another machine; None when there is none."""
    return settings.ENV.second_place


@transaction.atomic
def push_release(*, by: Actor, at: datetime) -> bool:
    """Put the current release at the second place; a failure is kept, told to who looks, and tried again.

    Returns whether the second place now has what readers get here.
    """
    if not can_release(by, at):
        raise PermissionDenied("Alleen Nabij zelf zet de openbare pagina's op de tweede plek.")
    with connection.cursor() as cursor:  # a slow push of an older release never ends over a newer one
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    there, here = second_folder(), releases_folder()
    number = current_number(here)
    if there is None or number == 0:
        return True
    SecondPlace.objects.get_or_create(pk=1)
    try:
        if not there.is_dir():
            raise FileNotFoundError
        if current_number(there) != number:
            write_release(there, number, texts_of((here / str(number)).resolve(strict=True)))
    except OSError as error:
        SecondPlace.objects.update(
            failed_first_at=Coalesce("failed_first_at", at), tries=F("tries") + 1, error=type(error).__name__
        )
        return False
    SecondPlace.objects.update(number=number, at=at, failed_first_at=None, tries=0, error="")
    return True


def state_of_second_place() -> str:
    """For readiness: `ok`, or since when and how often it failed."""
    row = SecondPlace.objects.first()
    if second_folder() is None or row is None or row.failed_first_at is None:
        return "ok"
    return f"release {current_number(releases_folder())} is not there: {row.error}, {row.tries} tries"
