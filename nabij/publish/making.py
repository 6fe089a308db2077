"""The texts of one release: made anew, kept from the current one, or a stand-in for what was taken away."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import translation

from nabij.audit.models import TrailEntry
from nabij.publish.manifest import Made, current_pages, is_there
from nabij.publish.pages import PublicPage, Source, once, sources
from nabij.publish.stand_in import stand_in_page

log = structlog.get_logger("nabij.publish")
COMMITTED_WITHIN = timedelta(minutes=1)  # a change read its clock so long before a release could see it


class Making:
    """What becomes of each page: `texts` are written, those `kept` stay, `pages` says how all were made."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self._folder, self._at = folder, at
        self._before = current_pages(folder)
        self.texts: dict[str, str] = {}
        self.kept: list[str] = []
        self.pages: dict[str, Made] = {}
        self._broken_sources = 0

    @property
    def count(self) -> int:
        """How many pages there should be."""
        return len(self.pages) + self._broken_sources

    @property
    def failed(self) -> int:
        """How many of them say something older, a stand-in or nothing."""
        return sum(each.failed_at is not None for each in self.pages.values()) + self._broken_sources

    def make(self, of: Collection[UUID]) -> None:
        """Make all pages, or only those of these records where a source can tell them apart."""
        if of and not self._knows(of):
            of = ()
        for source in sources():
            self._make(source, of)
        self.kept = [path for path in self.pages if path not in self.texts and is_there(self._folder, path)]

    def _knows(self, of: Collection[UUID]) -> bool:
        """Whether there is a current release to go on from, and a page of each of these records."""
        told = {made.subject for made in self._before.values()}
        new = [subject for subject in of if subject not in told]
        return bool(self._before) and all(self._has_pages(subject) for subject in new)

    def _has_pages(self, subject: UUID) -> bool:
        return any(self._told(source, subject) for source in sources() if source.of is not None)

    def _make(self, source: Source, of: Collection[UUID]) -> None:
        if not of or source.of is None:
            self._take(source, _told_by(source.every), None, of)
            return
        for path, made in self._before.items():
            if made.source == source.name and made.subject not in of:
                self.pages[path] = made
        for subject in of:
            self._take(source, self._told(source, subject), subject, of)

    def _told(self, source: Source, subject: UUID) -> list[PublicPage] | None:
        ask = source.of
        return None if ask is None else once((source.name, subject), lambda: _told_by(lambda: ask(subject)))

    def _take(
        self, source: Source, told: list[PublicPage] | None, subject: UUID | None, of: Collection[UUID]
    ) -> None:
        """Make what this source told; when it could not tell, its pages stay, as those that failed."""
        if told is None:
            known = [
                (path, made)
                for path, made in self._before.items()
                if made.source == source.name and (subject is None or made.subject == subject)
            ]
            self._broken_sources += not known
            for path, made in known:
                self._fail(path, made)
        for page in told or ():
            before = self._before.get(page.path)
            if of and page.subject not in of and not page.follows_all and before is not None:
                self.pages[page.path] = before
            else:
                self._render(page, source, before)

    def _render(self, page: PublicPage, source: Source, before: Made | None) -> None:
        made = Made(source.name, page.language, page.subject, page.stand_in, made_at=self._at)
        text = _rendered(page)
        if text is None:
            self._fail(page.path, before or replace(made, made_at=None))
        else:
            self.pages[page.path], self.texts[page.path] = made, text

    def _fail(self, path: str, made: Made) -> None:
        """The former words stay, unless some were taken away since they were made."""
        self.pages[path] = replace(made, failed_at=made.failed_at or self._at)
        if made.stand_in is not None and self._lost_words(made):
            self.texts[path] = stand_in_page(made.stand_in, made.language)

    def _lost_words(self, made: Made) -> bool:
        """Whether something of its subject was taken away since, or may have been: its age is not known."""
        if made.made_at is None or made.subject is None:
            return made.made_at is None
        since = made.made_at - COMMITTED_WITHIN
        gone = TrailEntry.objects.filter(subject_id=made.subject, facts__takes_away=True, at__gt=since)
        return once(("taken away", made.subject, since), gone.exists)


def _told_by(ask: Callable[[], Iterable[PublicPage]]) -> list[PublicPage] | None:
    """The pages of a source; None when it cannot tell them, so that the others still go out."""
    try:
        with transaction.atomic():
            return list(ask())
    except Exception as error:
        log.error("source.not_told", exception_type=type(error).__name__)
        return None


def _rendered(page: PublicPage) -> str | None:
    """The page in its own language; None when it cannot be made, so that the others still go out."""
    try:
        with transaction.atomic(), translation.override(page.language):
            return page.render()
    except Exception as error:
        log.error("page.not_rendered", exception_type=type(error).__name__)
        return None
