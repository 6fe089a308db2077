"""When SIS was on, and what somebody reads aloud on the telephone."""

from functools import partial

from nabij.centres.blocks import Block
from nabij.centres.models import AdviceCentre
from nabij.newsletters.content import words
from nabij.newsletters.models import SisPeriod
from nabij.publish.pages import once


def sis_history(centre: AdviceCentre) -> list[SisPeriod]:
    """When SIS was on, the latest first, and who decided it."""
    found = SisPeriod.objects.filter(centre=centre).select_related("decided_by", "started_by__user")
    return list(found.order_by("-since_at", "-pk"))


def sis_now(centre: AdviceCentre) -> SisPeriod | None:
    """The SIS period that runs now; None while SIS is off."""
    return SisPeriod.objects.filter(centre=centre, ended_at=None).first()


def sis_block(centre: AdviceCentre, language: str) -> list[Block]:
    """The SIS number for the page, only while SIS is on; never on an archive."""
    period = once(("SIS", centre.pk), partial(sis_now, centre))
    if period is None or centre.archived_at is not None:
        return []
    told = words(language)
    dial = period.number.replace("-", "")
    return [Block("looking", told["sis_title"], told["sis_text"], period.number, dial)]
