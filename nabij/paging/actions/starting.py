"""Starting a page: its row and its first due moment, in the transaction of what it is for."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal_all
from nabij.notify.kept import is_kept_inside
from nabij.notify.sending import wake_engines
from nabij.notify.templates import check_values
from nabij.paging.ladders import ladder
from nabij.paging.models import DueMoment, Page, PageNeed
from nabij.paging.queries import own_ladder


@transaction.atomic
def start_page(
    kind: str,
    *,
    subject_id: UUID,
    thread_id: UUID,
    team_id: UUID | None,
    needed: int,
    exercise: bool,
    by: Actor,
    at: datetime,
    values: dict[str, str],
    language: str = "nl",
    skills: Mapping[str, int] | None = None,
) -> Page:
    """Start calling people for this subject; who may do that is the rule of the app that asks.

    Of the `needed` people so many must have each of the `skills`; who comes may bring more than one.

    Raises MissingValue when the text lacks a value (`link` is added here), ContentError for an unknown kind.
    """
    own = own_ladder(kind, team_id)
    rungs = own.ladder if own else ladder(kind)
    for step in range(len(rungs.steps)):
        check_values(rungs.template_of(step), {*values, "link"})
    identity = uuid4()
    page = Page.objects.create(
        id=identity,
        kind=kind,
        subject_id=subject_id,
        thread_id=thread_id,
        team_id=team_id,
        own_ladder=own,
        needed=needed,
        is_exercise=exercise,
        is_drill=is_kept_inside(thread_id),
        language=language,
        started_at=at,
        **seal_all(identity, {"values_sealed": json.dumps(values)}),
    )
    PageNeed.objects.bulk_create(
        PageNeed(page=page, skill=skill, number=number) for skill, number in (skills or {}).items()
    )
    DueMoment.objects.create(page=page, step=0, seat=rungs.steps[0].seat, due_at=at)
    trail.record(
        "page.started",
        by=by,
        at=at,
        subject=page,
        thread_id=thread_id,
        facts={"kind": kind, "needed": needed},
    )
    wake_engines()
    return page
