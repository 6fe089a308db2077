"""Making a release of the public pages: of all, or of what something just happened to."""

import time
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.publish.folders import current_number, next_number, releases_folder, write_release
from nabij.publish.making import Making
from nabij.publish.manifest import written
from nabij.publish.models import Release
from nabij.publish.pages import asking_once
from nabij.publish.policies import can_release

_ONE_AT_A_TIME = 0x4E6162696A  # an arbitrary number that only releases lock on


class Overtaken(RuntimeError):
    """Another release was made meanwhile; this one read its pages too early to come over it."""


@transaction.atomic
def release(*, by: Actor, at: datetime, of: Collection[UUID] = (), gives_way: bool = False) -> Release:
    """Render the public pages and swap them in at once; what cannot be made keeps its former text.

    With `of` only the pages of these records, and those that follow them; all others stay as they are, unless
    none of the records has a page. One that `gives_way` waits for nobody and raises Overtaken when another
    release came in between. What was taken away and cannot be made anew is replaced by its stand-in.
    """
    if not can_release(by, at):
        raise PermissionDenied("Alleen Nabij zelf vernieuwt de openbare pagina's.")
    if not gives_way:
        _take_turn()
    started = time.perf_counter()
    folder = releases_folder()
    before = current_number(folder)
    with asking_once():
        making = Making(folder, at)
        making.make(of)
    if gives_way:
        _take_turn()
        if current_number(folder) != before:
            raise Overtaken
    newest = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    number = max(next_number(folder), newest + 1)
    write_release(folder, number, making.texts, making.kept, written(making.pages), clears=not of)
    made = Release.objects.create(
        number=number,
        at=at,
        pages=making.count,
        failed=making.failed,
        seconds=round(time.perf_counter() - started, 4),
    )
    trail.record(
        "pages.released",
        by=by,
        at=at,
        subject=made,
        facts={"number": number, "pages": made.pages, "failed": made.failed},
    )
    return made


def _take_turn() -> None:
    """Wait until no other release is being made, and keep others out until this one is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
