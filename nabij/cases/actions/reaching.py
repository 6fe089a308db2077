"""Phone, e-mail and address change: contact points, marks and search keys follow in the same moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.opening import write_search_keys
from nabij.cases.models import Case
from nabij.cases.policies import can_help
from nabij.keys.sealing import Opener, Sealer
from nabij.people.actions.reaching import replace_points
from nabij.people.marks import marks_of
from nabij.people.models import BlindIndex, Person
from nabij.people.sealing import SEALED_OF_PERSON, person_columns, sealed_columns


@transaction.atomic
def change_reach(
    case: Case, told: Mapping[str, str], *, is_minor: bool | None = None, by: Actor, at: datetime
) -> None:
    """Put what was told (phone, email, address) in place of what was known; empty: it is no longer known.

    What is not named stays. Whether somebody is reached through the guardian changes in each of their cases.
    """
    if not can_help(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    person = Person.objects.select_for_update().get(pk=case.person_id)
    _write(person, told)
    if is_minor is not None:
        Case.objects.filter(person=person).update(is_minor=is_minor)
    renew_keys(person.pk, sorted(told), by=by, at=at)


def _write(person: Person, told: Mapping[str, str]) -> None:
    opener, sealer = Opener([person.pk]), Sealer([person.pk])
    known = {
        name: opener.open(person.pk, getattr(person, sealed)) for name, sealed in SEALED_OF_PERSON.items()
    }
    answers = {**known, "language": person.language, **told}
    sealed = sealed_columns(sealer, person.pk, answers)
    columns = person_columns(sealed, answers)
    if "address" in told:
        columns["address_sealed"] = sealer.seal_all(person.pk, {"": told["address"]})[""]
    Person.objects.filter(pk=person.pk).update(**columns)
    if "phone" in told or "email" in told:
        replace_points(person.pk, answers, sealed)
        _write_marks(person, {kind: told[kind] for kind in ("phone", "email") if kind in told})


def _write_marks(person: Person, addresses: dict[str, str]) -> None:
    """The old number opens the own space no more, and the new one does."""
    BlindIndex.objects.filter(person=person, kind__in=addresses).delete()
    events = set(Case.objects.filter(person=person).values_list("incident_id", flat=True))
    rows = [mark for event in events for mark in marks_of(person.pk, event, addresses)]
    BlindIndex.objects.bulk_create({(row.kind, row.controller): row for row in rows}.values())


@transaction.atomic
def renew_keys(person_id: UUID, changed: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Make every case of this person findable by how they are reached now, and let others look again."""
    Person.objects.select_for_update().get(pk=person_id)
    for case in Case.objects.select_related("person", "team").filter(person_id=person_id):
        write_search_keys(case)
        facts: dict[str, trail.Fact] = dict.fromkeys(changed, True)
        trail.record("case.reach_changed", by=by, at=at, subject=case, thread_id=person_id, facts=facts)
