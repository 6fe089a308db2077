"""Making and revoking links to a calendar."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.agendas.models import Feed
from nabij.agendas.policies import can_have_feed, can_have_team_feed
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.paging.queries import token_hash


@transaction.atomic
def make_feed(for_team: bool, *, by: Actor, at: datetime) -> str:
    """A new link, in place of the one before; gives its secret, which is shown once and never stored."""
    is_allowed = can_have_team_feed(by, at) if for_team else can_have_feed(by, at)
    if not is_allowed or by.id is None:
        raise PermissionDenied("Een agendalink is voor wie diensten of afspraken heeft.")
    revoke_feed(for_team, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        membership_id=by.id,
        team_id=by.team_id if for_team else None,
        token_hash=token_hash(secret),
        created_at=at,
    )
    trail.record("feed.made", by=by, at=at, subject=feed)
    return secret


@transaction.atomic
def revoke_feed(for_team: bool, *, by: Actor, at: datetime) -> int:
    """The link works no longer from now on; says how many were revoked."""
    live = Feed.objects.filter(Q(membership_id=by.id), revoked_at__isnull=True, team__isnull=not for_team)
    for feed in live:
        trail.record("feed.revoked", by=by, at=at, subject=feed)
    return live.update(revoked_at=at)


def mark_read(feed: Feed, *, by: Actor, at: datetime) -> None:
    """A phone fetched the calendar; its owner sees when that was last."""
    Feed.objects.filter(pk=feed.pk).update(read_at=at)
