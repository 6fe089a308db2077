"""Whom work for many is for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nabij.accounts.models import Municipality
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.bulk import content
from nabij.bulk.models import Bulk, BulkItem, BulkJob, ItemState
from nabij.desk.models import Need, NeedState, Together, TogetherMember
from nabij.desk.policies import leads_desk
from nabij.desk.queries.last_forms import last_forms
from nabij.incidents.models import Incident
from nabij.incidents.policies import visible_to as incidents_visible_to
from nabij.keys.sealing import Opener
from nabij.notify.contact_rules import permits_way, rules_of
from nabij.notify.models import Message, State, Way
from nabij.people.models import Consent, Registration
from nabij.people.policies import registrations_visible_to

LETTER = "bulk_letter"
UNREACHABLE = "no_safe_contact_point"


@dataclass(frozen=True)
class Selection:
    """Who is meant: need, relation, place, group, consent, or without e-mail; empty is everybody."""

    need: str = ""
    relation: str = ""
    municipality: str = ""
    has_no_email: bool = False
    group: str = ""
    receiver: str = ""


def selected(incident: Incident, selection: Selection, actor: Actor, at: datetime) -> QuerySet[Registration]:
    """The registrations in this selection that the actor may see, each person once, by their last answers."""
    found = last_forms(incident.pk).filter(registrations_visible_to(actor, at))
    if selection.need:
        needs = Need.objects.filter(registration=OuterRef("first"), kind=selection.need, state=NeedState.OPEN)
        found = found.filter(Exists(needs))
    if selection.relation:
        found = found.filter(relation=selection.relation)
    if selection.municipality:
        found = found.filter(municipality_code=selection.municipality)
    if selection.group:
        members = TogetherMember.objects.filter(group__incident=incident, group__letter=selection.group)
        ids = members.values("registration_id")
        found = found.filter(Q(pk__in=ids) | Q(first__in=ids))
    if selection.receiver:
        found = found.filter(Exists(_yes_of(OuterRef("pk")).filter(receiver=selection.receiver)))
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
    return _yes_of(registration.pk).exists()


def _yes_of(registration: "UUID | OuterRef") -> QuerySet[Consent]:
    return Consent.objects.filter(registration=registration, is_given=True, withdrawn_at__isnull=True)


def waiting_messages(registration: Registration) -> list[UUID]:
    """What was written to this person among many, and still waits for the hours that they agreed to."""
    told = [LETTER, *dict(content.messages())]
    rows = Message.objects.filter(Q(recipient_id=registration.person_id), template__in=told)
    return list(rows.filter(deliveries__state=State.QUEUED).values_list("pk", flat=True))


def groups_at(incident: Incident) -> list[tuple[str, str]]:
    """The letters of the groups that the desk put together, as (letter, letter)."""
    letters = Together.objects.filter(incident=incident).values_list("letter", flat=True)
    return [(each, each) for each in sorted(letters, key=lambda letter: (len(letter), letter))]


def open_needs_of(registration: Registration, kind: str) -> list[Need]:
    """The open needs of this person, of one kind or all; they hang on the first form."""
    root = registration.corrects_id or registration.pk
    found = Need.objects.filter(registration=root, state=NeedState.OPEN)
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


@dataclass(frozen=True)
class Letter:
    """A letter to many, opened: its paragraphs in Dutch, and in English when somebody wrote that too."""

    dutch: list[str]
    english: list[str]

    def told_in(self, language: str) -> list[str]:
        """The paragraphs for who speaks this language: English for who reads no Dutch, if it is there."""
        return self.english if language != "nl" and self.english else self.dutch


def letter_of(job: BulkJob) -> Letter:
    """The letter of this work; empty for other work, and once its term is over."""
    opener = Opener([job.pk])
    return Letter(
        content.paragraphs_of(opener.open(job.pk, job.text_sealed)),
        content.paragraphs_of(opener.open(job.pk, job.english_sealed)),
    )


@dataclass(frozen=True)
class Paper:
    """One letter on paper: to whom, and in which language."""

    person_id: UUID
    name: str
    reference: str
    language: str


def papers_of(job: BulkJob) -> list[Paper]:
    """For whom this letter must be on paper: who still lets anybody make contact, and is reached so only."""
    if job.kind != Bulk.LETTER:
        return []
    left = BulkItem.objects.filter(job=job, state=ItemState.FAILED, reason=UNREACHABLE)
    rows = last_forms(job.incident_id).filter(Exists(_yes_of(OuterRef("pk"))))
    rows = rows.filter(pk__in=left.values("registration_id")).select_related("person")
    rules, opener = rules_of(each.person_id for each in rows), Opener(each.person_id for each in rows)
    return [
        Paper(
            each.person_id, opener.open(each.person_id, each.person.name_sealed), each.reference,
            each.person.language,
        )
        for each in sorted(rows, key=lambda row: row.reference)
        if permits_way(rules.get(each.person_id), Way.LETTER)
    ]  # fmt: skip
