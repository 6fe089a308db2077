"""Jobs: keys for who just registered or changed, comparing afterwards, and what goes with who is erased."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.matching.actions.comparing import compare_all
from nabij.matching.actions.keying import fill_keys, renew_keys
from nabij.matching.actions.merging import forget_folded
from nabij.matching.queries.told import registration_told_in

FILL, RENEW, FORGET = (f"nabij.matching.tasks.{name}" for name in ("fill", "renew", "forget"))
_AGAIN = RetryStrategy(max_attempts=5, wait=2)


@jobs.task(name=FILL, retry=_AGAIN)
def fill(entry_id: int) -> None:
    """Registrations came in: whoever has no keys yet gets them and is compared; twice adds nothing."""
    _fill()


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(queueing_lock="fill-match-keys")
def fill_what_is_missing(timestamp: int) -> None:
    """What a stopped job left, or what newer rules ask."""
    _fill()


@jobs.task(name=RENEW, retry=_AGAIN)
def renew(entry_id: int) -> None:
    """One registration was changed, withdrawn or placed: its keys follow."""
    close_old_connections()
    told = registration_told_in(entry_id)
    if told is not None:
        renew_keys(told, by=SYSTEM, at=clock.now())
        compare_all(by=SYSTEM, at=clock.now())


@jobs.task(name=FORGET, retry=_AGAIN)
def forget(entry_id: int) -> None:
    """Somebody was erased: what was folded away under their registration goes along."""
    close_old_connections()
    forget_folded(by=SYSTEM, at=clock.now())


def _fill() -> None:
    close_old_connections()
    fill_keys(by=SYSTEM, at=clock.now())
    compare_all(by=SYSTEM, at=clock.now())
