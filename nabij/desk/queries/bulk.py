"""Whom work for many is for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nabij.accounts.models import Municipality
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.desk import content
from nabij.desk.models import BulkItem, BulkJob, ItemState, Need, NeedState
from nabij.desk.policies import leads_desk
from nabij.incidents.models import Incident
from nabij.incidents.policies import visible_to as incidents_visible_to
from nabij.people.models import Consent, Registration, RegistrationState
from nabij.people.policies import registrations_visible_to


@dataclass(frozen=True)
class Selection:
    """Who is meant: an open need, a relation, a municipality, or who has no e-mail; empty is everybody."""

    need: str = ""
    relation: str = ""
    municipality: str = ""
    has_no_email: bool = False


def selected(incident: Incident, selection: Selection, actor: Actor, at: datetime) -> QuerySet[Registration]:
    """The registrations in this selection that the actor may see, each person once."""
    found = Registration.objects.filter(
        registrations_visible_to(actor, at), incident=incident, state=RegistrationState.NEW
    )
    if selection.need:
        needs = Need.objects.filter(registration=OuterRef("pk"), kind=selection.need, state=NeedState.OPEN)
        found = found.filter(Exists(needs))
    if selection.relation:
        found = found.filter(relation=selection.relation)
    if selection.municipality:
        found = found.filter(municipality_code=selection.municipality)
    if selection.has_no_email:
        found = found.filter(person__has_email=False)
    return found.order_by("received_at", "pk")


def municipalities_at(incident: Incident) -> list[tuple[str, str]]:
    """The municipalities in which people who registered live, as (code, name)."""
    codes = Registration.objects.filter(incident=incident).exclude(municipality_code="")
    rows = Municipality.objects.filter(pk__in=codes.values("municipality_code")).order_by("sort_name")
    return list(rows.values_list("code", "name"))


def lets_anybody_call(registration: Registration) -> bool:
    """Whether this person let anybody make contact."""
    given = Consent.objects.filter(registration=registration, is_given=True, withdrawn_at__isnull=True)
    return given.exists()


def open_needs_of(registration: Registration, kind: str) -> list[Need]:
    """The open needs of this person, of one kind or all."""
    found = Need.objects.filter(registration=registration, state=NeedState.OPEN)
    return list((found.filter(kind=kind) if kind else found).order_by("pk"))


def bulk_for(actor: Actor, at: datetime) -> QuerySet[BulkJob]:
    """Work for many at the events that one leads, the latest first."""
    if not leads_desk(actor):
        return BulkJob.objects.none()
    seen = Incident.objects.filter(incidents_visible_to(actor, at))
    rows = BulkJob.objects.filter(incident__in=seen.values("pk")).select_related("incident", "owner__user")
    return rows.annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__state=ItemState.DONE)),
        failed=Count("items", filter=Q(items__state=ItemState.FAILED)),
    ).order_by("-asked_at", "pk")


def failed_of(job: BulkJob) -> list[tuple[str, UUID, str]]:
    """For whom it was not done and why: reference, registration and reason."""
    rows = BulkItem.objects.filter(job=job, state=ItemState.FAILED).order_by("registration__reference")
    return [
        (reference, pk, content.reason_in_words(reason))
        for reference, pk, reason in rows.values_list("registration__reference", "registration_id", "reason")
    ]


def bulk_of_entry(entry_id: int) -> BulkJob | None:
    """The work of which a line of the trail tells."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    return BulkJob.objects.filter(pk__in=told).first()
