"""`record()`: writes what happened and, in the same transaction, the jobs of whoever must react to it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection
from django_stubs_ext import StrOrPromise
from procrastinate.contrib.django import app as jobs

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry

Fact = str | int | bool | None
_CODE = re.compile(r"[\w:.+-]{0,64}", re.ASCII)
_verbs: dict[str, StrOrPromise] = {}
_listeners: dict[str, list[str]] = defaultdict(list)


class Subject(Protocol):
    """Anything with an identity that things happen to."""

    @property
    def pk(self) -> UUID:
        """Its identity."""


class UnknownVerb(ValueError):
    """A verb that no app registered: the timeline could not say what happened."""


def register(verbs: Mapping[str, StrOrPromise]) -> None:
    """Make verbs known, each with the sentence that the timeline shows (lazy: in the reader's language)."""
    _verbs.update(verbs)


def sentence(verb: str) -> str:
    """What the timeline says of this verb, in the language of who reads it now."""
    return str(_verbs.get(verb, verb))


def sentences() -> dict[str, str]:
    """Every verb that the house knows, with its sentence in the language of who reads it now."""
    return {verb: sentence(verb) for verb in _verbs}


def listen(verb: str, task_name: str) -> None:
    """Let the job `task_name` run (with `entry_id`) each time `verb` is recorded."""
    _listeners[verb].append(task_name)


def record(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    thread_id: UUID | None = None,
    facts: dict[str, Fact] | None = None,
) -> TrailEntry:
    """Write that `verb` happened to `subject`; facts are ids, codes and numbers, never text about people.

    When somebody acted for a person, the entry says for whom.
    """
    if verb not in _verbs:
        raise UnknownVerb(verb)
    for name, fact in (facts or {}).items():
        if isinstance(fact, str) and not _CODE.fullmatch(fact):
            raise ValueError(f"{verb}: fact `{name}` is text; the trail holds ids, codes and numbers only")
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it tells of")
    entry = TrailEntry.objects.create(
        verb=verb,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        organisation_id=by.organisation_id,
        subject_kind=type(subject).__name__,
        subject_id=subject.pk,
        thread_id=thread_id,
        facts={**(facts or {}), **({"for": str(by.for_id)} if by.for_id else {})},
    )
    for task_name in _listeners[verb]:
        jobs.configure_task(task_name, allow_unknown=False).defer(entry_id=entry.pk)
    return entry
