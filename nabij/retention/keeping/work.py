"""Requests for help, notes, messages, duties and access: what is past its term, and how it goes."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.consents.keeping import ended_consents, ended_shares
from nabij.incidents.models import HelpRequest, TimelineNote
from nabij.keys.sealing import destroy_keys
from nabij.notify.models import Message
from nabij.people.models import AccessGrant, LoginCode
from nabij.privacy.removal import Collection, Held, delete_rows, nobody, with_living_key
from nabij.retention.keeping.persons import about_persons
from nabij.rosters.models import Availability, Duty, HandOver

SEALED_OF_REQUEST = (
    "asker_sealed", "job_title_sealed", "organisation_name_sealed", "call_back_sealed", "safety_sealed",
    "remarks_sealed",
)  # fmt: skip


def old_requests(before: datetime) -> QuerySet[HelpRequest]:
    """Requests for help from before this moment of which the asker can still be read."""
    found: QuerySet[HelpRequest] = with_living_key(HelpRequest.objects.filter(asked_at__lt=before))
    return found


def about_incidents(held: Held, path: str = "incident") -> Q:
    """Rows of an incident that is held, or that a held person belongs to."""
    theirs = Case.objects.filter(person_id__in=held.persons, incident__isnull=False)
    return Q(**{f"{path}__in": held.incidents}) | Q(**{f"{path}__in": theirs.values("incident_id")})


def silence_requests(rows: QuerySet[HelpRequest], *, by: Actor, at: datetime) -> None:
    """Names, numbers and words go with their key; what, where, when and how many stays."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)
    rows.update(**dict.fromkeys(SEALED_OF_REQUEST, b""))


def old_notes(before: datetime) -> QuerySet[TimelineNote]:
    """Notes in the timeline of an incident that was closed before this moment."""
    found: QuerySet[TimelineNote] = with_living_key(
        TimelineNote.objects.filter(incident__closed_at__lt=before)
    )
    return found


def make_unreadable(rows: "QuerySet[Any]", *, by: Actor, at: datetime) -> None:
    """The key goes; that there was a row stays, and reads "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


def old_messages(before: datetime) -> QuerySet[Message]:
    """Messages from before this moment that can still be read."""
    found: QuerySet[Message] = with_living_key(Message.objects.filter(created_at__lt=before))
    return found


def about_messages(held: Held) -> Q:
    """Messages to a person who is held, or about their case or an incident that is held."""
    cases = Case.objects.filter(about_persons(held))
    subjects = [*held.persons, *held.incidents]
    return about_persons(held, "recipient_id") | Q(about_id__in=subjects) | Q(about_id__in=cases.values("pk"))


def old_duties(before: datetime) -> QuerySet[Duty]:
    """Duties that were over before this moment."""
    return Duty.objects.filter(ends_at__lt=before)


def remove_duties(rows: QuerySet[Duty], *, by: Actor, at: datetime) -> None:
    """Duties with their exchanges and with what was handed over, of which the key goes first."""
    told = HandOver.objects.filter(from_duty__in=rows)
    destroy_keys(told.values_list("pk", flat=True), at=at)
    rows.delete()


def old_availability(before: datetime) -> QuerySet[Availability]:
    """Days that were told, and are over since before this moment."""
    return Availability.objects.filter(ends_at__lt=before)


def old_codes(before: datetime) -> QuerySet[LoginCode]:
    """Login codes that were asked for before this moment; they say nothing of whose address it is."""
    return LoginCode.objects.filter(asked_at__lt=before)


def ended_access(before: datetime) -> QuerySet[AccessGrant]:
    """Access that ended before this moment."""
    return AccessGrant.objects.filter(ends_at__lt=before)


def about_access(held: Held) -> Q:
    """Access to somebody, or to an incident, that is held."""
    return about_persons(held) | Q(incident_id__in=held.incidents)


COLLECTIONS = (
    Collection("on_call_request", old_requests, about_incidents, silence_requests),
    Collection("timeline_note", old_notes, about_incidents, make_unreadable),
    Collection("message", old_messages, about_messages, make_unreadable),
    Collection("consent", ended_consents, about_persons, delete_rows),
    Collection("share", ended_shares, about_persons, delete_rows),
    Collection("access", ended_access, about_access, delete_rows),
    Collection("login_code", old_codes, nobody, delete_rows),
    Collection("duty", old_duties, nobody, remove_duties),
    Collection("availability", old_availability, nobody, delete_rows),
)
