"""Receiving one person: a card when they agree, a tally when they do not, and what they need."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.people.actions.receiving import Met, forget_person, meet_person
from nabij.privacy.actions import refuse_while_held
from nabij.reception.actions.access import SOURCE, grant, readers_at
from nabij.reception.content import consent_version, needs
from nabij.reception.models import Counted, ReceptionCard, ReceptionPlace, Tally
from nabij.reception.policies import can_receive, cards_visible_to
from nabij.reception.queries import tally_of

NOT_YOURS = "Bij deze opvang werkt u niet."


@dataclass(frozen=True)
class Answers:
    """What somebody told at the reception, and that they agreed to have it written down."""

    name: str
    phone: str
    language: str
    safe_to_call: str
    wants_call: bool
    needs: tuple[str, ...]
    agreed: bool
    is_old_enough: bool


@transaction.atomic
def write_card(place: ReceptionPlace, answers: Answers, *, by: Actor, at: datetime) -> ReceptionCard:
    """Write down who agreed; ValidationError without their yes, for a child, and when the place is closed."""
    place, writer = _open_place(place, by, at)
    if not answers.agreed:
        raise ValidationError("Zonder toestemming schrijven we niets op. Tel deze persoon mee zonder kaart.")
    if not answers.is_old_enough:
        raise ValidationError("Van kinderen schrijven we niets op. Tel dit kind mee zonder kaart.")
    met = Met(
        answers.name,
        answers.phone,
        answers.language,
        answers.safe_to_call,
        answers.wants_call,
        consent_version=consent_version(),
    )
    person = meet_person(met, place.incident, source=SOURCE, by=by, at=at)
    highest = place.cards.aggregate(highest=Max("number"))["highest"] or 0
    card = ReceptionCard.objects.create(
        place=place, person=person, number=highest + 1, wants_call=answers.wants_call,
        needs=[code for code in answers.needs if code in needs()], consent_version=consent_version(),
        consented_at=at, written_at=at, written_by=writer,
    )  # fmt: skip
    grant([person.pk], {writer} | readers_at(place.incident), at=at)
    facts: dict[str, trail.Fact] = {"number": card.number}
    trail.record("reception.card", by=by, at=at, subject=card, thread_id=place.incident_id, facts=facts)
    return card


@transaction.atomic
def count_one(place: ReceptionPlace, kind: Counted, step: int, *, by: Actor, at: datetime) -> int:
    """One more or one less who is only counted; never below nought. Says how many there are now."""
    place, writer = _open_place(place, by, at)
    now = tally_of(place.pk, kind)
    if now + step < 0:
        return now
    Tally.objects.create(place=place, kind=kind, step=step, at=at, by=writer)
    return now + step


@transaction.atomic
def meet_need(card: ReceptionCard, code: str, is_met: bool, *, by: Actor, at: datetime) -> ReceptionCard:
    """Say that something this person needs is arranged, or is not after all."""
    held = ReceptionCard.objects.select_for_update(of=("self",)).select_related("place__incident")
    row = held.get(pk=card.pk)
    if not can_receive(by, row.place.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if code not in row.needs:
        raise ValidationError("Kies iets van de kaart.")
    row.met = [each for each in row.needs if (each in row.met or each == code) and (is_met or each != code)]
    row.save(update_fields=["met"])
    return row


@transaction.atomic
def take_back_card(card: ReceptionCard, *, by: Actor, at: datetime) -> None:
    """They do not want to stand on a card after all: everything about them is gone, and they are counted."""
    row = ReceptionCard.objects.filter(cards_visible_to(by, at), pk=card.pk).select_related("place").first()
    if row is None or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    place = row.place
    facts: dict[str, trail.Fact] = {"number": row.number}
    refuse_while_held([place.incident_id], at=at)
    trail.record("reception.card_gone", by=by, at=at, subject=row, thread_id=place.incident_id, facts=facts)
    forget_person(row.person, by=by, at=at)
    Tally.objects.create(place=place, kind=Counted.REFUSED, step=1, at=at, by=by.id)


def _open_place(place: ReceptionPlace, by: Actor, at: datetime) -> tuple[ReceptionPlace, UUID]:
    """The place, held so that numbers follow each other, and who writes; ValidationError when closed."""
    held = ReceptionPlace.objects.select_for_update(of=("self",)).select_related("incident").get(pk=place.pk)
    if by.id is None or not can_receive(by, held.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.closed_at is not None:
        raise ValidationError("Deze opvangplek is gesloten.")
    return held, by.id
