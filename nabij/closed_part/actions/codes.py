"""Codes are made for an organisation, given out once, used by who got one, and stopped."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_part.actions.verifying import held_for, tell_person
from nabij.closed_part.content import limit
from nabij.closed_part.marks import code_mark, fresh_code
from nabij.closed_part.models import (
    GROUPS,
    AgeClass,
    CodeList,
    EntryCode,
    Verification,
    VerificationState,
    Way,
)
from nabij.closed_part.policies import HAS_CLOSED_PART, age_class_of, can_lead, is_own, wants_in
from nabij.keys.sealing import destroy_key, seal, unseal
from nabij.people.models import Registration

NOT_YOURS = "Codes maakt de leider registratie."


@transaction.atomic
def make_codes(
    centre: AdviceCentre, source: str, relation: str, number: int, *, by: Actor, at: datetime
) -> CodeList:
    """So many codes for an organisation to hand out to people on its own list, which never comes here."""
    if by.id is None or not can_lead(by, centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if relation not in [each.value for each in GROUPS]:
        raise ValidationError({"relation": _("Kies voor wie de codes zijn.")})
    most = limit("most_codes")
    if not 1 <= number <= most:
        raise ValidationError({"number": _("Kies een aantal tussen 1 en %(most)s.") % {"most": most}})
    codes: set[str] = set()
    while len(codes) < number:
        codes.add(fresh_code())
    made = CodeList(centre=centre, source=source, relation=relation, number=number, made_at=at, made_by=by.id)
    made.codes_sealed = seal(made.pk, json.dumps(sorted(codes)))
    made.save(force_insert=True)
    EntryCode.objects.bulk_create(
        EntryCode(list=made, code_index=code_mark(centre.pk, each)) for each in codes
    )
    told: dict[str, trail.Fact] = {"source": source, "count": number}
    trail.record(
        "closed_part.codes_made", by=by, at=at, subject=made, thread_id=centre.incident_id, facts=told
    )
    return made


@transaction.atomic
def give_out_codes(code_list: CodeList, *, by: Actor, at: datetime) -> list[str]:
    """The codes, once: from now on only their marks are known. ValidationError for a second time."""
    held = _held(code_list)
    if not can_lead(by, held.centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.given_out_at is not None or held.stopped_at is not None:
        raise ValidationError(_("Deze lijst is al uitgegeven of gestopt. Maak een nieuwe lijst."))
    codes: list[str] = json.loads(unseal(held.pk, held.codes_sealed))
    held.given_out_at, held.given_out_by, held.codes_sealed = at, by.id, b""
    held.save()
    destroy_key(held.pk, at=at)
    trail.record("closed_part.codes_given_out", by=by, at=at, subject=held, thread_id=held.centre.incident_id)
    return codes


def _held(code_list: CodeList) -> CodeList:
    rows = CodeList.objects.select_for_update(of=("self",)).select_related("centre__incident")
    return rows.get(pk=code_list.pk)


@transaction.atomic
def stop_codes(code_list: CodeList, *, by: Actor, at: datetime) -> CodeList:
    """A list was lost: codes that nobody used yet open nothing any more; who is in stays in."""
    held = _held(code_list)
    if not can_lead(by, held.centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.stopped_at is None:
        held.stopped_at, held.codes_sealed = at, b""
        held.save()
        destroy_key(held.pk, at=at)
        trail.record(
            "closed_part.codes_stopped", by=by, at=at, subject=held, thread_id=held.centre.incident_id
        )
    return held


@transaction.atomic
def use_code(
    registration: Registration, code: str, *, age_class: str = "", by: Actor, at: datetime
) -> Verification | None:
    """Somebody types a code that was handed to them; None when it opens nothing, and that try is counted.

    Who is younger than 16 then waits for the yes of a guardian. After too many tries no code helps any more.
    """
    centre = AdviceCentre.objects.filter(HAS_CLOSED_PART, Q(incident_id=registration.incident_id)).first()
    asks = Registration.objects.filter(wants_in(), pk=registration.pk).exists()
    if not is_own(by, registration) or centre is None or not asks:
        raise PermissionDenied("Er is hier geen besloten deel voor u.")
    told_age = age_class_of(registration.age_group) or age_class
    if told_age not in AgeClass.values:
        raise ValidationError({"age_class": _("Kies hoe oud u bent.")})
    held = held_for(registration)
    is_waiting = held.state == VerificationState.PENDING and held.code_id is None
    if not is_waiting or held.tries >= limit("most_tries"):
        return None
    found = _free_code(centre, code)
    if found is None:
        held.tries += 1
        held.save(update_fields=["tries"])
        return None
    held.code, held.relation, held.way = found, found.list.relation, Way.CODE
    held.age_class = told_age
    if not held.is_young or held.guardian_said_yes_at is not None:
        held.state, held.decided_at = VerificationState.VERIFIED, at
    held.save()
    is_in = held.state == VerificationState.VERIFIED
    facts: dict[str, trail.Fact] = {"way": Way.CODE.value, "entered": is_in}
    trail.record(
        "closed_part.code_used", by=by, at=at, subject=held, thread_id=registration.person_id, facts=facts
    )
    if is_in:
        tell_person(held, at)
    return held


def _free_code(centre: AdviceCentre, code: str) -> EntryCode | None:
    """The code, locked, when its list was given out and nobody used it."""
    rows: Any = EntryCode.objects.select_for_update(of=("self",)).select_related("list")
    found: EntryCode | None = rows.filter(
        code_index=code_mark(centre.pk, code), list__centre=centre, list__given_out_at__isnull=False,
        list__stopped_at__isnull=True,
    ).first()  # fmt: skip
    is_used = found is not None and Verification.objects.filter(code=found).exists()
    return None if is_used else found
