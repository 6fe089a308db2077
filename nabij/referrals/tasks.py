"""Jobs: consent that is over ends referrals, and silence comes back to the sender."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.referrals import actions
from nabij.referrals.queries import consent_of_entry


@jobs.task(name="nabij.referrals.tasks.follow_consent", retry=RetryStrategy(max_attempts=20, wait=2))
def follow_consent(entry_id: int) -> None:
    """A yes was taken back or expired: referrals that rested on it end, and the partner is told."""
    close_old_connections()
    consent_id = consent_of_entry(entry_id)
    if consent_id is not None:
        actions.end_with_consent(consent_id, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="nabij.referrals.tasks.chase", queueing_lock="chase_referrals")
def chase(timestamp: int) -> None:
    """Each hour: what was not answered in time comes back to the sender."""
    close_old_connections()
    actions.chase_unanswered(by=SYSTEM, at=clock.now())
