"""Registrations from the spool become rows, each exactly once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.accounts.queries import municipality_codes
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.keys.sealing import Sealer
from nabij.notify import newest
from nabij.notify.models import ContactPoint
from nabij.people.actions.reaching import points_of
from nabij.people.marks import content_mark, marks_of
from nabij.people.models import (
    AccessGrant,
    BlindIndex,
    Consent,
    ContactWish,
    Person,
    Receiver,
    Registration,
    RegistrationState,
    SpoolPosition,
    WishState,
)
from nabij.people.policies import REGISTRATIONS, can_believe
from nabij.people.sealing import person_columns, registration_columns, sealed_columns, text_of
from nabij.people.submissions import Submission
from nabij.privacy.purposes import Purpose

SOURCE = "registration"


@dataclass
class _Rows:
    """All rows of one batch, to be written table by table."""

    persons: list[Person] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    marks: list[BlindIndex] = field(default_factory=list)
    wishes: list[ContactWish] = field(default_factory=list)
    points: list[ContactPoint] = field(default_factory=list)

    def write(self) -> None:
        """Insert everything, persons first."""
        Person.objects.bulk_create(self.persons)
        Registration.objects.bulk_create(self.registrations)
        Consent.objects.bulk_create(self.consents)
        BlindIndex.objects.bulk_create(self.marks)
        ContactWish.objects.bulk_create(self.wishes)
        ContactPoint.objects.bulk_create(self.points)


@dataclass(frozen=True)
class _Sent:
    """A submission with the key under which its row stands, what it corrects, and the person it will be."""

    submission: Submission
    form_key: UUID
    corrects_id: UUID | None
    person_id: UUID = field(default_factory=uuid4)
    registration_id: UUID = field(default_factory=uuid4)


@transaction.atomic
def drain(
    submissions: list[Submission], *, segment: str, offset: int, by: Actor, at: datetime, machine_at: datetime
) -> int:
    """Write these submissions and move the reading position, in one transaction; how many were new.

    What is made up never lands at a real event, nor at none. What is real never lands at an exercise: it is
    held, so that somebody looks who sent it.
    """
    SpoolPosition.objects.update_or_create(segment=segment, defaults={"offset": offset})
    wanted = {each.incident_id for each in submissions}
    exercises = set(Incident.objects.filter(pk__in=wanted, is_exercise=True).values_list("pk", flat=True))
    kept = [each for each in submissions if not each.is_exercise or each.incident_id in exercises]
    return len(store(kept, by=by, at=at, machine_at=machine_at, told_in_public=True))


@transaction.atomic
def store(
    submissions: list[Submission],
    *,
    by: Actor,
    at: datetime,
    machine_at: datetime,
    told_in_public: bool = False,
) -> list[Registration]:
    """Rows of what is new; a form sent twice adds nothing, one with other answers stands beside the first."""
    fresh = _new_ones(submissions)
    wanted = {sent.submission.incident_id for sent in fresh}
    incidents = {incident.pk: incident for incident in Incident.objects.filter(pk__in=wanted)}
    typed = {text_of(sent.submission.answers, "municipality") for sent in fresh}
    codes = municipality_codes(typed, at.date())
    rows, sealer = _Rows(), Sealer(sent.person_id for sent in fresh)
    for sent in fresh:
        incident = incidents.get(sent.submission.incident_id)
        if told_in_public and incident and incident.is_exercise and not sent.submission.is_exercise:
            incident = None
        sealed = sealed_columns(sealer, sent.person_id, sent.submission.answers)
        _add(rows, sent, sealed, incident, codes, at=at, machine_at=machine_at)
    rows.write()
    _end_earlier_wishes(rows.registrations)
    for row in rows.registrations:
        if row.corrects_id is not None:
            newest.tell(row.person_id, by=by, at=at)
    _tell(rows, incidents, by=by, at=at)
    return rows.registrations


def _new_ones(submissions: list[Submission]) -> list[_Sent]:
    """Leave out what is there already, by the key of the form and the mark of its content."""
    keys = {each.form_key for each in submissions}
    rows = Registration.objects.filter(form_key__in=keys).values_list("form_key", "pk", "content_index")
    known: dict[UUID, tuple[UUID, bytes]] = {key: (pk, bytes(mark)) for key, pk, mark in rows}
    fresh: dict[UUID, _Sent] = {}
    for each in submissions:
        mark = content_mark(each.form_key, each.content)
        if each.form_key not in known:
            fresh[each.form_key] = _Sent(each, each.form_key, None)
            known[each.form_key] = (fresh[each.form_key].registration_id, mark)
        elif known[each.form_key][1] != mark:
            key = uuid5(each.form_key, mark.hex())
            if key not in fresh and not Registration.objects.filter(form_key=key).exists():
                fresh[key] = _Sent(each, key, known[each.form_key][0])
    return list(fresh.values())


def _state(sent: _Sent, incident: Incident | None) -> RegistrationState:
    if incident is None:
        return RegistrationState.HELD
    if sent.submission.is_suspect:
        return RegistrationState.SUSPECT
    is_first = sent.form_key == sent.submission.form_key
    return RegistrationState.NEW if is_first else RegistrationState.CORRECTION


def _add(
    rows: _Rows,
    sent: _Sent,
    sealed: dict[str, bytes],
    incident: Incident | None,
    codes: dict[str, str],
    *,
    at: datetime,
    machine_at: datetime,
) -> None:
    submission, answers = sent.submission, sent.submission.answers
    person_id = sent.person_id
    # sent_at is the web machine's clock; its age by that clock counts back from the database clock
    received_at = min(at, at - (machine_at - submission.sent_at))
    rows.persons.append(Person(pk=person_id, created_at=at, **person_columns(sealed, answers)))
    place = codes.get(text_of(answers, "municipality").strip().lower(), "")
    registration = Registration(
        pk=sent.registration_id,
        person_id=person_id,
        incident=incident,
        asked_for=submission.incident_id,
        form_key=sent.form_key,
        content_index=content_mark(submission.form_key, submission.content),
        corrects_id=sent.corrects_id,
        reference=submission.reference,
        state=_state(sent, incident),
        received_at=received_at,
        drained_at=at,
        page_language=submission.language,
        **registration_columns(sealed, answers, place),
    )
    rows.registrations.append(registration)
    rows.consents += consents_of(registration, answers, submission.language, received_at)
    addresses = {kind: text_of(answers, kind) for kind in ("email", "phone")}
    rows.marks += marks_of(person_id, submission.incident_id, addresses)
    rows.points += points_of(person_id, answers, sealed)
    if registration.state != RegistrationState.SUSPECT:
        rows.wishes += _wishes_of(registration, rows.consents[-len(Receiver.values) :])


def _wishes_of(registration: Registration, consents: list[Consent]) -> list[ContactWish]:
    """The wish to be contacted, for whom one of the three may contact."""
    if not any(consent.is_given for consent in consents):
        return []
    return [
        ContactWish(
            person_id=registration.person_id,
            incident=registration.incident,
            source=SOURCE,
            is_urgent=registration.is_urgent,
            consent_version=yes_to_victim_support(consents),
            created_at=registration.received_at,
        )
    ]


def _end_earlier_wishes(registrations: Iterable[Registration]) -> None:
    """The last answers count: for what an earlier form of the same person asked nobody makes contact."""
    for row in registrations:
        if row.state == RegistrationState.CORRECTION:
            forms = Registration.objects.filter(Q(pk=row.corrects_id) | Q(corrects_id=row.corrects_id))
            earlier = forms.filter(received_at__lte=row.received_at).exclude(pk=row.pk)
            wishes = ContactWish.objects.filter(person__in=earlier.values("person"), source=SOURCE)
            wishes.filter(state=WishState.OPEN).update(state=WishState.CANCELLED)


def consents_of(
    registration: Registration, answers: dict[str, Any], language: str, at: datetime
) -> list[Consent]:
    """The three answers about sharing, each with the version of the text that was shown."""
    told = answers.get("consents") or {}
    return [
        Consent(
            registration=registration,
            receiver=receiver,
            is_given=told.get(receiver, {}).get("given") is True,
            text_version=str(told.get(receiver, {}).get("version", ""))[:40],
            language=language,
            at=at,
        )
        for receiver in Receiver.values
    ]


def yes_to_victim_support(consents: Iterable[Consent]) -> str:
    """The version of the text to which this person said yes for victim support; empty without that yes."""
    versions = (
        each.text_version for each in consents if each.is_given and each.receiver == Receiver.VICTIM_SUPPORT
    )
    return next(versions, "")


def _tell(rows: _Rows, incidents: dict[UUID, Incident], *, by: Actor, at: datetime) -> None:
    """One line in the trail per incident and batch; what has no incident is told apart; registrars get in."""
    told = [row for row in rows.registrations if row.state != RegistrationState.SUSPECT]
    counted = Counter(row.incident_id for row in told if row.incident_id)
    for incident_id, count in counted.items():
        incident = incidents[incident_id]
        open_to_registrars(incident, at=at)
        facts: dict[str, trail.Fact] = {"count": count}
        trail.record(
            "registration.received", by=by, at=at, subject=incident, thread_id=incident_id, facts=facts
        )
    for row in rows.registrations:
        if row.state == RegistrationState.HELD:
            trail.record("registration.held", by=by, at=at, subject=row)
        if row.state == RegistrationState.SUSPECT:
            open_to_registrars(incidents[row.asked_for], at=at)
            trail.record("registration.suspected", by=by, at=at, subject=row, thread_id=row.incident_id)


def open_to_registrars(incident: Incident, *, at: datetime) -> None:
    """Give the registrars of this area and their lead access to who registered; an ended one stays ended."""
    for role in (Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD):
        if not AccessGrant.objects.filter(incident=incident, grantee_role=role, scope=REGISTRATIONS).exists():
            AccessGrant.objects.create(
                incident=incident, grantee_role=role, scope=REGISTRATIONS, purpose=Purpose.AFTERCARE,
                source=SOURCE, starts_at=at,
            )  # fmt: skip


def _state_beside(row: Registration) -> RegistrationState:
    """New, or a correction when the same form counts already: one form is counted once."""
    root = row.corrects_id or row.pk
    family = Registration.objects.filter(Q(pk=root) | Q(corrects_id=root))
    stands = family.filter(state__in=(RegistrationState.NEW, RegistrationState.MERGED))
    is_counted = stands.exclude(pk=row.pk).exists()
    return RegistrationState.CORRECTION if is_counted else RegistrationState.NEW


@transaction.atomic
def place_held(*, by: Actor, at: datetime) -> int:
    """Give held registrations their incident as soon as it exists; how many were placed."""
    held = list(Registration.objects.select_for_update().filter(state=RegistrationState.HELD))
    incidents = Incident.objects.filter(is_exercise=False).in_bulk({each.asked_for for each in held})
    placed = [each for each in held if each.asked_for in incidents]
    for each in sorted(placed, key=lambda row: (row.corrects_id is not None, row.received_at)):
        incident = incidents[each.asked_for]
        each.state = _state_beside(each)
        Registration.objects.filter(pk=each.pk).update(incident=incident, state=each.state)
        ContactWish.objects.filter(person_id=each.person_id, source=SOURCE).update(incident=incident)
        _end_earlier_wishes([each])
        open_to_registrars(incident, at=at)
        trail.record("registration.placed", by=by, at=at, subject=each, thread_id=incident.pk)
    return len(placed)


@transaction.atomic
def believe(registration: Registration, *, by: Actor, at: datetime) -> None:
    """A person did send this: from now on it counts, and whoever may contact is asked to."""
    if not can_believe(by, registration, at):
        raise PermissionDenied("Alleen een registrator beslist of een mens dit stuurde.")
    changed = Registration.objects.filter(pk=registration.pk, state=RegistrationState.SUSPECT)
    registration.state = _state_beside(registration)
    if not changed.update(state=registration.state):
        return  # a colleague was first
    _end_earlier_wishes([registration])
    consents = list(registration.consents.filter(withdrawn_at__isnull=True))
    ContactWish.objects.bulk_create(_wishes_of(registration, consents))
    for verb in ("registration.believed", "registration.received"):
        trail.record(
            verb, by=by, at=at, subject=registration, thread_id=registration.incident_id, facts={"count": 1}
        )
