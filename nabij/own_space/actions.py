"""What a person does in the own space, and what the leader does about it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.acting.actions import take_file
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.consents.actions import Answer, answer_consent
from nabij.consents.models import Manner, SharingConsent
from nabij.keys.sealing import destroy_key, seal
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import ContactRule, Message
from nabij.own_space.models import OwnRequest, RequestKind
from nabij.own_space.policies import can_answer, can_erase, can_hand_over_key, is_person
from nabij.own_space.queries import answer_days, as_data, as_data_along, incidents_of
from nabij.people.actions.coming_back import hand_over_key
from nabij.people.actions.receiving import forget_person
from nabij.people.models import Person
from nabij.privacy.holds import last_day
from nabij.privacy.purposes import Purpose
from nabij.privacy.queries import holds_on, kept_for, wait_for_placing

NOT_YOURS = "Dit zijn niet uw gegevens."


@transaction.atomic
def ask(kind: RequestKind, text: str, *, by: Actor, at: datetime) -> OwnRequest:
    """Ask to correct, to stop or to erase; to stop works at once: nobody makes contact from now on."""
    if not is_person(by):
        raise PermissionDenied(NOT_YOURS)
    if kind == RequestKind.ERASE and not can_erase(by, at):
        raise PermissionDenied("Wissen vraagt een kind samen met de ouder of voogd.")
    person = Person.objects.get(Q(pk=by.id))
    row, is_new = OwnRequest.objects.get_or_create(
        person=person,
        kind=kind,
        answered_at=None,
        defaults={
            "text_sealed": seal(person.pk, text),
            "asked_at": at,
            "due_at": at + timedelta(days=answer_days()),
        },
    )
    if not is_new:
        return row
    if kind == RequestKind.OBJECT:
        agree_contact(person.pk, Agreed(()), by=by, at=at)
    for case in Case.objects.filter(person=person):
        add_task(case, TaskKind.OWN_REQUEST, row.due_at, at=at, about_id=row.pk)
    facts: dict[str, trail.Fact] = {"kind": kind.value}
    trail.record("own_request.asked", by=by, at=at, subject=row, thread_id=person.pk, facts=facts)
    return row


@transaction.atomic
def answer(
    request: OwnRequest, case: Case, text: str, *, is_granted: bool, by: Actor, at: datetime
) -> OwnRequest | None:
    """The leader answers in words; erasing, when granted, destroys the key and everything that names anybody.

    None after erasing. ValidationError without words: a no has its reason, a yes says what was done; and for
    erasing while a hold runs: that can be granted only after its last day.
    """
    held = OwnRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if held.person_id != case.person_id or not can_answer(by, held, case, at):
        raise PermissionDenied("Dit verzoek beantwoordt de teamleider van dit dossier, één keer.")
    if not text.strip():
        raise ValidationError({"text": "Schrijf het antwoord op. De persoon leest dit."})
    erases = is_granted and held.kind == RequestKind.ERASE
    if erases:
        _check_holds(held.person_id, at)
    facts: dict[str, trail.Fact] = {"kind": held.kind, "granted": is_granted}
    trail.record("own_request.answered", by=by, at=at, subject=held, thread_id=held.person_id, facts=facts)
    if erases:
        erase_person(held.person, by=by, at=at)
        return None
    held.answered_at, held.answered_by, held.is_granted = at, by.id, is_granted
    held.answer_sealed = seal(held.person_id, text)
    held.save()
    for each in Case.objects.filter(person_id=held.person_id):
        finish_tasks(each, TaskKind.OWN_REQUEST, by=by, at=at, about_id=held.pk)
    return held


def _check_holds(person_id: UUID, at: datetime) -> None:
    wait_for_placing()
    holds = holds_on([person_id, *incidents_of(person_id)], at)
    if holds:
        day = f"{last_day(holds[0].ends_at):%d-%m-%Y}"
        raise ValidationError(
            {"granted": f"Wissen kan nu niet: er loopt een wisstop tot en met {day}. Leg dat uit."}
        )
    if kept_for(person_id) is not None:  # for what, is not for this leader: a complaint may be about them
        raise ValidationError(
            {"granted": "Wissen kan nu niet: de gegevens zijn nog nodig. Zeg dat wissen later wel kan."}
        )


def erase_person(person: Person, *, by: Actor, at: datetime) -> None:
    """Nothing that names or reaches this person stays; the trail keeps that it happened, not to whom.

    Who may do so is the rule of who calls: the leader on request, or the removal after the last term.
    """
    ContactRule.objects.filter(subject_id=person.pk).delete()
    for pk in Message.objects.filter(recipient_id=person.pk).values_list("pk", flat=True):
        destroy_key(pk, at=at)
    trail.record("person.erased", by=by, at=at, subject=person)
    forget_person(person, by=by, at=at)


@transaction.atomic
def steer_contact(agreed: Agreed, *, by: Actor, at: datetime) -> ContactRule:
    """The person says how contact is safe; from now on everything obeys it."""
    if not is_person(by) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    return agree_contact(by.id, agreed, by=by, at=at)


@transaction.atomic
def answer_again(consent: SharingConsent, *, is_given: bool, by: Actor, at: datetime) -> SharingConsent:
    """Yes or no again: about the same receiver and kinds as before, a yes for the usual time."""
    told = Answer(
        consent.receiver, tuple(consent.kinds), is_given=is_given, manner=Manner.OWN_SPACE,
        purpose=Purpose(consent.purpose), language=consent.language,
    )  # fmt: skip
    return answer_consent(consent.person, told, by=by, at=at)


@transaction.atomic
def take_along(person_id: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The own file to take along; for who acts, only what these pages show them."""
    take_file(Person.objects.get(pk=person_id), by=by, at=at)
    return as_data(person_id, at) if is_person(by) else as_data_along(by, person_id, at)


@transaction.atomic
def give_key(case: Case, *, by: Actor, at: datetime) -> str:
    """A key to hand over in person, without which a code opens nothing from level 2 on."""
    if not can_hand_over_key(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    return hand_over_key(case.person, by=by, at=at)
