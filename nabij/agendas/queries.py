"""Calendars of duties: whose link it is, and the file that a phone reads."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership
from nabij.agendas.entries import entries_of
from nabij.agendas.models import Feed
from nabij.audit.actor import Actor
from nabij.kit import ical
from nabij.paging.queries import token_hash
from nabij.rosters.models import Duty, Seat

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def feed_of(token: str, at: datetime) -> Feed | None:
    """The feed behind a link; None when it was revoked, or its owner works here no longer."""
    live = Feed.objects.filter(revoked_at__isnull=True, membership__in=Membership.objects.current(at))
    return live.select_related("membership", "team").filter(token_hash=token_hash(token)).first()


def own_feeds(actor: Actor) -> QuerySet[Feed]:
    """The links that this actor has now."""
    return Feed.objects.filter(Q(membership_id=actor.id), revoked_at__isnull=True).select_related("team")


def calendar_of(feed: Feed, at: datetime) -> bytes:
    """The file: a month back and a year ahead; one's own with what apps above add, a team's without names."""
    start, end = at - BACK, at + AHEAD
    duties = Duty.objects.filter(ends_at__gt=start, starts_at__lt=end)
    if feed.team_id is None:
        own = duties.filter(membership_id=feed.membership_id)
        others = entries_of(feed.membership, start, end, at)
    else:
        own, others = duties.filter(Q(team_id=feed.team_id)), []
    made = ical.calendar(refreshed_each=timedelta(hours=1))
    for duty in own.order_by("starts_at", "seat", "pk"):
        text = f"Nabij: {Seat(duty.seat).label}"
        made.add_component(ical.event(duty.pk, duty.starts_at, duty.ends_at, text, at))
    for each in others:
        made.add_component(ical.event(each.uid, each.starts_at, each.ends_at, each.text, at))
    return ical.written(made)
