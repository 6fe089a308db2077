"""Reading releases back, and what they are to be made of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.audit.models import TrailEntry
from nabij.publish.folders import former_text, releases_folder
from nabij.publish.manifest import current_pages
from nabij.publish.models import Release, SecondPlace


def newest_release() -> Release | None:
    """The release that was made last; None before the first."""
    return Release.objects.order_by("-number").first()


def released_text(path: str) -> str | None:
    """What readers get at this address now, from the current release; None when there is no such page."""
    return former_text(releases_folder(), path)


def waiting_for(task: str) -> dict[int, int]:
    """The jobs of this task that nobody took up yet, each with the entry of the trail that asked for it."""
    rows = ProcrastinateJob.objects.filter(task_name=task, status="todo").values_list("pk", "args")
    return {pk: int(given.get("entry_id", 0)) for pk, given in rows}


def subjects_of(entries: Collection[int]) -> set[UUID]:
    """The records that these entries of the trail tell of; none when one of the entries is not there."""
    found = dict(TrailEntry.objects.filter(pk__in=entries).values_list("pk", "subject_id"))
    return set(found.values()) if len(found) == len(entries) else set()


@dataclass(frozen=True)
class FailingPage:
    """A page that cannot be made, and since when."""

    path: str
    since_at: datetime


def failing_pages() -> list[FailingPage]:
    """The pages of the current release that say something older, a stand-in or nothing, the oldest first."""
    pages = current_pages(releases_folder()).items()
    found = [FailingPage(path, each.failed_at) for path, each in pages if each.failed_at is not None]
    return sorted(found, key=lambda each: (each.since_at, each.path))


def failed_count() -> int:
    """How many pages of the newest release could not be made, for who watches this machine."""
    newest = newest_release()
    return 0 if newest is None else newest.failed


def place_of_second() -> SecondPlace | None:
    """How the second place stands; None before the first release was put there."""
    return SecondPlace.objects.first()
