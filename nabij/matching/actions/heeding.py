"""A form that was sent again: the newest answer about calling counts for everybody it is known to be of."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener, seal
from nabij.matching.blending import strictest
from nabij.matching.queries.same import merged_with, of_one_form
from nabij.notify.models import Channel, ContactPoint
from nabij.people.actions.registering import SOURCE
from nabij.people.models import ContactWish, Person, Registration, RegistrationState, WishState
from nabij.people.queries.registrations import COUNTED, UNSAFE


def heed_newest(subject_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody answered, in the caller's transaction: older answers of the same form follow, and wishes end.

    A number that is not in the newest answers is not safe to call. Whom a registrar merged them with is
    called never less carefully than this answer says. Where nobody counts any more, this registration does.
    """
    row = Registration.objects.select_related("person").filter(person_id=subject_id).first()
    if row is None:
        return
    same, merged = of_one_form(row), merged_with(row)
    is_sure = row.state in COUNTED
    if row.state == RegistrationState.CORRECTION and not _counts([*same, *merged]):
        Registration.objects.filter(pk=row.pk).update(state=RegistrationState.NEW)
    people = {each.person_id: is_sure for each in same} | {each.person_id: False for each in merged}
    _follow(row.person, {pk: people[pk] for pk in people if pk != subject_id})
    if is_sure:
        older = ContactWish.objects.filter(
            person_id__in=[each.person_id for each in same], source=SOURCE, state=WishState.OPEN
        )
        older.update(state=WishState.CANCELLED)


def _counts(rows: Iterable[Registration]) -> bool:
    return any(each.state == RegistrationState.NEW for each in rows)


def _follow(newest: Person, people: dict[UUID, bool]) -> None:
    """Carry the answer to these people: as it is where the form is the same, elsewhere only when stricter."""
    opener = Opener([newest.pk, *people])
    number, said = (
        opener.open(newest.pk, each) for each in (newest.phone_sealed, newest.safe_to_call_sealed)
    )
    for person in Person.objects.select_for_update().filter(pk__in=people).order_by("pk"):
        is_sure = people[person.pk]
        held, was = (
            opener.open(person.pk, each) for each in (person.phone_sealed, person.safe_to_call_sealed)
        )
        now = said or was
        if is_sure and held and held != number:
            now = UNSAFE
        if not is_sure:
            now = strictest(was, now)
        if now != was:
            _write(person, now)


def _write(person: Person, safe_to_call: str) -> None:
    Person.objects.filter(pk=person.pk).update(safe_to_call_sealed=seal(person.pk, safe_to_call))
    calling = ContactPoint.objects.filter(subject_id=person.pk).exclude(channel=Channel.EMAIL)
    calling.update(is_safe=safe_to_call != UNSAFE)
