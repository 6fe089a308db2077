"""Who said yes to whom, and what was handed out of it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.disclosures import content
from nabij.disclosures.models import Copy, DisclosedLine, Disclosure, NamedReceiver, Withdrawal
from nabij.disclosures.policies import visible_to, withdrawals_visible_to
from nabij.incidents.models import Incident
from nabij.keys.sealing import unseal_bytes
from nabij.notify.contact_rules import rules_of
from nabij.people import content as form
from nabij.people.models import Consent, Receiver, Registration, RegistrationState
from nabij.people.queries import lines_of
from nabij.people.queries.registrations import COUNTED

COMING_IN = ("registration.received", "registration.believed", "registration.placed")


@dataclass(frozen=True)
class Told:
    """One line of an export: what the receiver gets of one person, and nothing else."""

    registration_id: str
    person_id: str
    reference: str
    name: str
    phone: str
    email: str
    contact: str
    when: str
    language: str
    needs: str

    @property
    def reach(self) -> tuple[str, str, str]:
        """Who it is and how they may be reached."""
        return self.registration_id, self.phone, self.email


def consenting(incident: Incident, receiver: str) -> list[Registration]:
    """Everybody at this event who lets this receiver know about them, each once."""
    current = Prefetch("consents", Consent.objects.filter(withdrawn_at__isnull=True), to_attr="current")
    rows = Registration.objects.filter(pk__in=_yes_ids(incident)[receiver]).select_related("person")
    return list(rows.prefetch_related(current).order_by("received_at", "drained_at", "pk"))


def _yes_ids(incident: Incident) -> dict[str, set[UUID]]:
    """Who says yes to each receiver by the last form, as ids: to count ten thousand nobody is opened.

    Who took back any form of theirs after the last one took back all of it: an earlier yes never revives.
    A child says yes together with a parent or carer, who then stands on the form.
    """
    states = (*COUNTED, RegistrationState.WITHDRAWN)
    rows = Registration.objects.filter(incident=incident, state__in=states)
    last: dict[UUID, tuple[UUID, datetime, bool]] = {}
    ended: dict[UUID, datetime] = {}
    asked = ("pk", "corrects_id", "received_at", "withdrawn_at", "age_group", "guardian_sealed")
    for pk, first, received_at, withdrawn_at, age, guardian in rows.order_by(
        "received_at", "drained_at", "pk"
    ).values_list(*asked):
        whose = first or pk
        if withdrawn_at is None:
            last[whose] = pk, received_at, bool(guardian) or age not in content.ages_with_guardian()
        else:
            ended[whose] = max(withdrawn_at, ended.get(whose, withdrawn_at))
    stands = {
        pk
        for whose, (pk, received_at, may_say_yes) in last.items()
        if may_say_yes and (whose not in ended or ended[whose] < received_at)
    }
    found = {receiver: set[UUID]() for receiver in Receiver.values}
    given = Consent.objects.filter(registration__in=rows, is_given=True, withdrawn_at__isnull=True)
    for receiver, pk in given.values_list("receiver", "registration_id"):
        if pk in stands:
            found[receiver].add(pk)
    return found


def holds_still(disclosure: Disclosure) -> bool:
    """Whether everybody in this export still says yes and is reached so; otherwise it is made again soon."""
    now = told_of(consenting(disclosure.incident, disclosure.receiver), disclosure.receiver)
    return {each.reach for each in now}.issuperset(each.reach for each in rows_in(disclosure))


def reached_otherwise(old: Disclosure | None, told: Iterable[Told]) -> set[UUID]:
    """Whose number or address in the export before may be used no more, though they still say yes."""
    before = {each.registration_id: each.reach for each in rows_in(old)} if old is not None else {}
    return {
        UUID(each.registration_id)
        for each in told
        if before.get(each.registration_id, each.reach) != each.reach
    }


def told_of(registrations: Iterable[Registration], receiver: str) -> list[Told]:
    """What this receiver gets of these people: safe contact goes before everything."""
    rows = list(registrations)
    ruled, helps = rules_of(row.person_id for row in rows), content.needs_of(receiver)
    found = []
    for line in lines_of(rows):
        row = line.registration
        has_rule = row.person_id in ruled
        found.append(
            Told(
                registration_id=str(row.pk),
                person_id=str(row.person_id),
                reference=row.reference,
                name=line.name,
                phone=line.phone,
                email=line.email,
                contact=content.text("by_rule") if has_rule else line.safe_to_call,
                when="" if has_rule else line.when,
                language=form.say("language", row.person.language),
                needs=", ".join(form.say("needs", code) for code in row.needs if code in helps),
            )
        )
    return sorted(found, key=lambda each: each.reference)


def as_bytes(told: list[Told]) -> bytes:
    """The lines as they are sealed."""
    return json.dumps([asdict(each) for each in told], ensure_ascii=False).encode()


def rows_in(disclosure: Disclosure) -> list[Told]:
    """The lines of an export, opened; none when it was replaced or its term is over."""
    if not disclosure.rows_sealed:
        return []
    opened = unseal_bytes(disclosure.pk, disclosure.rows_sealed)
    return [Told(**each) for each in json.loads(opened)] if opened is not None else []


def disclosures_for(actor: Actor, at: datetime) -> QuerySet[Disclosure]:
    """The exports that this actor may collect now: only those that hold."""
    found = Disclosure.objects.filter(visible_to(actor, at), replaced_at__isnull=True)
    return found.select_related("incident").order_by("-made_at", "pk")


def withdrawals_for(actor: Actor, at: datetime) -> QuerySet[Withdrawal]:
    """The requests to delete that this actor got or leads, what is not confirmed first."""
    found = Withdrawal.objects.filter(withdrawals_visible_to(actor, at))
    return found.select_related("incident", "membership__user").order_by("-confirmed_at", "told_at", "pk")


@dataclass(frozen=True)
class Stand:
    """How it stands with one receiver at one event."""

    receiver: str
    label: str
    number_now: int
    disclosure: Disclosure | None
    added: int
    named: list[NamedReceiver]
    copies: list[Copy]


def stands_of(incident: Incident) -> list[Stand]:
    """For each receiver: how many say yes now, what was made, who may collect it and who did."""
    current = {
        each.receiver: each for each in Disclosure.objects.filter(incident=incident, replaced_at__isnull=True)
    }
    named = list(
        NamedReceiver.objects.filter(incident=incident, ended_at=None).select_related("membership__user")
    )
    copies = list(
        Copy.objects.filter(disclosure__incident=incident)
        .select_related("membership__user", "disclosure")
        .order_by("-collected_at", "pk")[:30]
    )
    yes = _yes_ids(incident)
    found = []
    for receiver, label in Receiver.choices:
        now = yes[receiver]
        made = current.get(receiver)
        known = set(made.lines.values_list("registration_id", flat=True)) if made else set()
        found.append(
            Stand(
                receiver,
                str(label),
                len(now),
                made,
                len(now - known),
                [each for each in named if each.receiver == receiver],
                [each for each in copies if each.disclosure.receiver == receiver],
            )
        )
    return found


def member_with(email: str, at: datetime) -> list[Membership]:
    """The memberships of the colleague with this e-mail address."""
    rows = Membership.objects.current(at).filter(user__email__iexact=email.strip())
    return list(rows.select_related("organisation", "user"))


def named_of(incident: Incident, pk: UUID) -> NamedReceiver | None:
    """Somebody who is named for this event now."""
    return NamedReceiver.objects.filter(Q(pk=pk), incident=incident, ended_at__isnull=True).first()


def incident_of_consent(entry_id: int) -> Incident | None:
    """The event at which a consent may have changed; None for new people only, who are no reason to hurry."""
    entry = TrailEntry.objects.get(pk=entry_id)
    if entry.verb == "contact_rule.agreed":
        return Incident.objects.filter(pk__in=_events_of(entry.thread_id)).first()
    incident = Incident.objects.filter(Q(pk=entry.thread_id)).first()
    if incident is None or entry.verb not in COMING_IN:
        return incident
    which = Q(pk=entry.subject_id) if entry.subject_kind == "Registration" else Q(drained_at=entry.at)
    again = Registration.objects.filter(which, incident=incident, state=RegistrationState.CORRECTION)
    return incident if again.exists() else None


def _events_of(person_id: UUID | None) -> "QuerySet[Registration, UUID | None]":
    rows = Registration.objects.filter(Q(person_id=person_id), state__in=COUNTED)
    return rows.values_list("incident_id", flat=True)


def incidents_of_erased() -> list[Incident]:
    """The events with a line of somebody who is gone, in a file that holds or one not asked back."""
    there = Registration.objects.filter(pk=OuterRef("registration_id"))
    lines = DisclosedLine.objects.filter(~Exists(there))
    asked = {pk for each in Withdrawal.objects.values_list("registrations", flat=True) for pk in each}
    held = Q(disclosure__replaced_at__isnull=True)
    left = Q(disclosure__copies__isnull=False) & ~Q(registration_id__in=asked)
    return list(Incident.objects.filter(pk__in=lines.filter(held | left).values("disclosure__incident_id")))


def unconfirmed_of(incident: Incident) -> list[Withdrawal]:
    """What receivers of this event still have to delete, the oldest first."""
    rows = Withdrawal.objects.filter(incident=incident, confirmed_at__isnull=True)
    return list(rows.select_related("membership__user").order_by("told_at", "pk"))
