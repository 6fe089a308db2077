"""Making a release of all public pages."""

import time
from datetime import datetime

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import translation

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.publish.folders import former_text, next_number, releases_folder, write_release
from nabij.publish.models import Release
from nabij.publish.pages import PublicPage, all_pages
from nabij.publish.policies import can_release

log = structlog.get_logger("nabij.publish")
_ONE_AT_A_TIME = 0x4E6162696A  # an arbitrary number that only releases lock on


@transaction.atomic
def release(*, by: Actor, at: datetime) -> Release:
    """Render all public pages and swap them in at once; a page that cannot be made keeps its former text."""
    if not can_release(by, at):
        raise PermissionDenied("Alleen Nabij zelf vernieuwt de openbare pagina's.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    started = time.perf_counter()
    folder = releases_folder()
    texts, failed = {}, 0
    pages = all_pages()
    for page in pages:
        text = _rendered(page)
        if text is None:
            failed += 1
            text = former_text(folder, page.path)
        if text is not None:
            texts[page.path] = text
    newest = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    number = max(next_number(folder), newest + 1)
    write_release(folder, number, texts)
    made = Release.objects.create(
        number=number,
        at=at,
        pages=len(pages),
        failed=failed,
        seconds=round(time.perf_counter() - started, 4),
    )
    trail.record(
        "pages.released",
        by=by,
        at=at,
        subject=made,
        facts={"number": number, "pages": made.pages, "failed": failed},
    )
    return made


def _rendered(page: PublicPage) -> str | None:
    """The page in its own language; None when it cannot be made, so that the others still go out."""
    try:
        with transaction.atomic(), translation.override(page.language):
            return page.render()
    except Exception as error:
        log.error("page.not_rendered", exception_type=type(error).__name__)
        return None
