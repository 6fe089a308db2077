"""Jobs that follow what happened to an incident elsewhere: facts changed, withdrawn, confirmed."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.on_call import actions
from nabij.on_call.queries import incident_of_entry
from nabij.on_call.queries.answers import answer_of_entry

_AGAIN = RetryStrategy(max_attempts=20, wait=2)


@jobs.task(name="nabij.on_call.tasks.tell_changed_facts", retry=_AGAIN)
def tell_changed_facts(entry_id: int) -> None:
    """Whoever was paged hears what changed."""
    close_old_connections()
    actions.tell_changed_facts(incident_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.on_call.tasks.care_after", retry=_AGAIN)
def care_after(entry_id: int) -> None:
    """Somebody is done, or it became known that people died: care is planned."""
    close_old_connections()
    actions.care_after(incident_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.on_call.tasks.stand_down_if_unneeded", retry=_AGAIN)
def stand_down_if_unneeded(entry_id: int) -> None:
    """The incident closed, or its last request was withdrawn: whoever was paged hears it."""
    close_old_connections()
    actions.stand_down_if_unneeded(incident_of_entry(entry_id), by=SYSTEM, at=clock.now())


@jobs.task(name="nabij.on_call.tasks.page_when_confirmed", retry=_AGAIN)
def page_when_confirmed(entry_id: int) -> None:
    """The control room confirmed: page, where the region wanted to wait for that."""
    close_old_connections()
    answer = answer_of_entry(entry_id)
    if answer is not None and answer.waits_for_control_room:
        actions.page_now(answer, by=SYSTEM, at=clock.now())


@jobs.periodic(cron="* * * * *")
@jobs.task(queueing_lock="chase-silent")
def chase_silent(timestamp: int) -> None:
    """Each minute: who said yes and is not on the way. A missed minute is made good by the next one."""
    close_old_connections()
    actions.chase_silent(by=SYSTEM, at=clock.now())
