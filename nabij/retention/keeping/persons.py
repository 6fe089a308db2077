"""Whom rows are about, and letting a person go when nothing of theirs remains."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.acting.models import Mandate
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.kit.clock import local
from nabij.own_space.actions import erase_person
from nabij.people.models import ContactWish, Person, Registration, WishState
from nabij.privacy.queries import holds_on, kept_for
from nabij.privacy.removal import Held
from nabij.reception.models import ReceptionCard


def about_persons(held: Held, path: str = "person_id") -> Q:
    """Rows about a person who is held, or who belongs in any way to an incident that is held."""
    found = Q(**{f"{path}__in": held.persons})
    if held.incidents:
        for rows in (
            Case.objects.filter(incident_id__in=held.incidents),
            Registration.objects.filter(incident_id__in=held.incidents),
            ContactWish.objects.filter(incident_id__in=held.incidents),
            ReceptionCard.objects.filter(place__incident_id__in=held.incidents),
        ):
            found |= Q(**{f"{path}__in": rows.values("person_id")})
    return found


def let_go(person_ids: Iterable[UUID], *, by: Actor, at: datetime) -> None:
    """Erase those of whom no case, registration, reception card or open wish remains; the others stay.

    So does who acts for somebody now; who only ever acted for somebody who goes, goes too. The row of each
    person is locked first, so that no case can be opened for somebody who is going.
    """
    found = Person.objects.filter(pk__in=set(person_ids)).select_for_update().order_by("pk")
    acted: set[UUID] = set()
    for person in list(found):
        if not _remains(person.pk, at):
            acted |= _who_acted_for(person.pk)
            erase_person(person, by=by, at=at)
    if free := [each for each in acted if not holds_on([each], at) and kept_for(each) is None]:
        let_go(free, by=by, at=at)


def _who_acted_for(person_id: UUID) -> set[UUID]:
    rows = Mandate.objects.filter(person_id=person_id, acting__isnull=False)
    return set(rows.values_list("acting_id", flat=True))


def _remains(person_id: UUID, at: datetime) -> bool:
    acts = Mandate.objects.filter(acting_id=person_id, ended_at=None, last_valid_on__gte=local(at).date())
    return (
        acts.exists()
        or Case.objects.filter(person_id=person_id).exists()
        or Registration.objects.filter(person_id=person_id).exists()
        or ReceptionCard.objects.filter(person_id=person_id).exists()
        or ContactWish.objects.filter(person_id=person_id, state=WishState.OPEN).exists()
    )
