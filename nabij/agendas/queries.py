"""Calendars of duties: whose link it is, and the file that a phone reads."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from icalendar import Calendar, Event

from nabij.accounts.models import Membership
from nabij.agendas.models import Feed
from nabij.audit.actor import Actor
from nabij.kit.clock import local
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
    """The file: a month back and a year ahead, in local time with its zone; a team's without names."""
    duties = Duty.objects.filter(ends_at__gt=at - BACK, starts_at__lt=at + AHEAD).select_related("team")
    own = (
        duties.filter(membership_id=feed.membership_id)
        if feed.team_id is None
        else duties.filter(Q(team_id=feed.team_id))
    )
    calendar = Calendar()
    calendar.add("prodid", "-//Nabij//rooster//NL")
    calendar.add("version", "2.0")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for duty in own.order_by("starts_at", "seat", "pk"):
        calendar.add_component(_event(duty, at))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(duty: Duty, at: datetime) -> Event:
    """One duty; its identity stays the same when it changes, so that a phone moves it."""
    event = Event()
    event.add("uid", f"{duty.pk}@nabij")
    event.add("dtstamp", at)
    event.add("dtstart", _as_written(duty.starts_at))
    event.add("dtend", _as_written(duty.ends_at))
    event.add("summary", f"Nabij: {Seat(duty.seat).label}")
    return event


def _as_written(moment: datetime) -> datetime:
    """In local time with its zone; in the hour that comes twice, where that is not exact, in UTC."""
    here = local(moment)
    is_doubled = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if is_doubled else here
