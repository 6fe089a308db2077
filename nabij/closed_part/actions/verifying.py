"""Somebody is let in, refused, or shown out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.closed_part import leaving
from nabij.closed_part.content import questions, reasons
from nabij.closed_part.models import AgeClass, Relation, Verification, VerificationState, Way
from nabij.closed_part.policies import age_class_of, can_confirm, can_expel, can_reconsider, can_verify
from nabij.closed_part.queries.door import hangs_on
from nabij.closed_part.telling import tell_leaders
from nabij.keys.sealing import seal
from nabij.notify.kept import about
from nabij.notify.sending import Rule, send
from nabij.people.models import Registration

NOT_YOURS = "Deze aanmelding kunt u niet beoordelen."


@dataclass(frozen=True)
class Found:
    """What a registrar found out: as what somebody belongs here, how old, and whether a guardian said yes."""

    relation: str
    age_class: str = ""
    guardian_says_yes: bool = False
    asked: Sequence[str] = ()
    note: str = ""


def held_for(registration: Registration) -> Verification:
    """The verification of this registration, made when it is not there yet, locked until the end."""
    Verification.objects.get_or_create(registration=registration)
    rows = Verification.objects.select_for_update(of=("self",))
    return rows.select_related("registration__person", "registration__incident").get(
        registration=registration
    )


def _waiting(registration: Registration, by: Actor, at: datetime) -> Verification:
    if not can_verify(by, registration, at):
        raise PermissionDenied(NOT_YOURS)
    held = held_for(registration)
    if held.state != VerificationState.PENDING:
        raise ValidationError(_("Een collega was eerder: %(state)s.") % {"state": held.get_state_display()})
    return held


def _note_found(held: Verification, found: Found, by: Actor, at: datetime) -> None:
    """Relation, age and guardian as found; ValidationError beside what is missing."""
    if found.relation not in Relation.values:
        raise ValidationError({"relation": _("Kies hoe deze persoon erbij hoort.")})
    told = age_class_of(held.registration.age_group) or found.age_class
    if told not in AgeClass.values:
        raise ValidationError({"age_class": _("Vraag hoe oud deze persoon is.")})
    held.relation, held.age_class = found.relation, told
    if held.is_young and found.guardian_says_yes and held.guardian_said_yes_at is None:
        held.guardian_said_yes_at, held.guardian_heard_by = at, by.id
    known = dict(questions())
    held.asked = [code for code in found.asked if code in known]
    if found.note.strip():
        held.note_sealed = seal(held.registration.person_id, found.note.strip())


def _need_guardian(held: Verification) -> None:
    if held.is_young and held.guardian_said_yes_at is None:
        raise ValidationError(
            {"guardian_says_yes": _("Jonger dan 16: bel eerst de ouder of verzorger, en noteer het ja.")}
        )


@transaction.atomic
def verify_by_call(registration: Registration, found: Found, *, by: Actor, at: datetime) -> Verification:
    """Let somebody in who was called back on the number they gave when registering, and what was asked.

    ValidationError without such a number (then two people decide), without a question that was asked, and for
    who is younger than 16 without the yes of a guardian.
    """
    held = _waiting(registration, by, at)
    if not held.registration.person.has_phone:
        raise ValidationError(_("Er is geen nummer om terug te bellen. Beslis dit met twee mensen."))
    _note_found(held, found, by, at)
    if not held.asked:
        raise ValidationError({"asked": _("Kruis minstens één vraag aan die u stelde.")})
    _need_guardian(held)
    return _let_in(held, Way.CALL_BACK, by, at)


@transaction.atomic
def propose_entry(registration: Registration, found: Found, *, by: Actor, at: datetime) -> Verification:
    """The first of two people says that somebody belongs here, and why; a later proposal takes its place."""
    held = _waiting(registration, by, at)
    if not found.note.strip():
        raise ValidationError({"note": _("Schrijf op waarom deze persoon erbij hoort.")})
    _note_found(held, found, by, at)
    _need_guardian(held)
    held.proposed_by_id, held.proposed_at, held.way = by.user_id, at, ""
    held.save()
    trail.record("closed_part.proposed", by=by, at=at, subject=held, thread_id=held.registration.person_id)
    return held


@transaction.atomic
def confirm_entry(verification: Verification, *, by: Actor, at: datetime) -> Verification:
    """The second of two people lets somebody in; never the one who proposed it."""
    held = held_for(verification.registration)
    if not can_confirm(by, held, at):
        raise PermissionDenied("Dit beslist de leider registratie, samen met iemand anders.")
    return _let_in(held, Way.TWO_PEOPLE, by, at)


@transaction.atomic
def note_guardian(registration: Registration, *, by: Actor, at: datetime) -> Verification:
    """The guardian said yes on the phone; whose code was right, or who was in before, is in from now on."""
    held = _waiting(registration, by, at)
    if not held.awaits_guardian:
        raise ValidationError(_("Hier wacht niemand op een ouder of verzorger."))
    was_in = held.was_in
    held.guardian_said_yes_at, held.guardian_heard_by = at, by.id
    return _open(held, by, at) if was_in else _let_in(held, Way.CODE, by, at)


@transaction.atomic
def ask_guardian(registration: Registration, *, by: Actor, at: datetime) -> bool:
    """Who is in and now tells to be younger than 16 waits for the yes of a guardian; False for others.

    How and as what they were let in stays known. Their place in groups goes: who is younger than 16 is only
    among the young, and of what they wrote there a guardian knew nothing.
    """
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
    told = age_class_of(registration.age_group)
    if told not in (AgeClass.CHILD, AgeClass.YOUTH):
        return False
    if not Verification.objects.filter(registration=registration).exists():
        return False
    held = held_for(registration)
    if held.state != VerificationState.VERIFIED or held.guardian_said_yes_at is not None:
        return False
    held.state, held.age_class = VerificationState.PENDING, told
    held.save()
    leaving.tell(held, by=by, at=at)
    trail.record("closed_part.guardian_asked", by=by, at=at, subject=held, thread_id=registration.person_id)
    return True


@transaction.atomic
def take_back(verification: Verification, *, by: Actor, at: datetime) -> None:
    """Nothing was decided yet: the registration waits as if nobody had looked, and can be folded away.

    ValidationError once it was decided, when a code was used, and while something else hangs on it.
    """
    held = held_for(verification.registration)
    if not can_verify(by, held.registration, at):
        raise PermissionDenied(NOT_YOURS)
    if not held.is_unfinished:
        raise ValidationError(_("Hier is al over beslist, of een code gebruikt. Dat blijft staan."))
    if hangs_on(held):
        raise ValidationError(_("Hier hangt nog iets van het besloten deel aan. Dat blijft staan."))
    trail.record("closed_part.taken_back", by=by, at=at, subject=held, thread_id=held.registration.person_id)
    held.delete()


def _let_in(held: Verification, way: Way, by: Actor, at: datetime) -> Verification:
    held.way, held.decided_by_id, held.decided_at, held.reason = way, by.user_id, at, ""
    return _open(held, by, at)


def _open(held: Verification, by: Actor, at: datetime) -> Verification:
    held.state = VerificationState.VERIFIED
    held.save()
    told: dict[str, trail.Fact] = {"way": held.way}
    trail.record(
        "closed_part.verified", by=by, at=at, subject=held, thread_id=held.registration.person_id, facts=told
    )
    tell_person(held, at)
    return held


def tell_person(held: Verification, at: datetime) -> None:
    """A notice without content, as the person is safely reached; the same words for a yes and a no."""
    registration = held.registration
    is_exercise = bool(registration.incident and registration.incident.is_exercise)
    send(
        "closed_part_waiting", to=registration.person_id, rule=Rule.SAFE_CONTACT, exercise=is_exercise,
        at=at, language=registration.person.language, values={},
        about_id=about(registration.incident_id, exercise=is_exercise),
    )  # fmt: skip


def _check_reason(reason: str) -> None:
    if reason not in dict(reasons()):
        raise ValidationError({"reason": _("Kies een reden.")})


@transaction.atomic
def refuse_entry(
    registration: Registration, reason: str, note: str, *, by: Actor, at: datetime
) -> Verification:
    """Somebody is not let in; they read a calm text with whom to call. ValidationError without a reason."""
    held = _waiting(registration, by, at)
    _check_reason(reason)
    return _refuse(held, reason, note, "closed_part.refused", by, at)


@transaction.atomic
def expel(verification: Verification, reason: str, note: str, *, by: Actor, at: datetime) -> Verification:
    """Who does not belong inside is out at once, also from pages that are open; the leaders hear of it."""
    held = held_for(verification.registration)
    if not can_expel(by, held, at):
        raise PermissionDenied("Iemand uitzetten doet de leider registratie.")
    _check_reason(reason)
    if not note.strip():
        raise ValidationError({"note": _("Schrijf op wat er is gebeurd.")})
    held.expelled_at = at
    _refuse(held, reason, note, "closed_part.expelled", by, at)
    leaving.tell(held, by=by, at=at)
    tell_leaders(held, "closed_part_expelled", at)
    return held


def _refuse(held: Verification, reason: str, note: str, verb: str, by: Actor, at: datetime) -> Verification:
    held.state, held.reason = VerificationState.REFUSED, reason
    held.decided_by_id, held.decided_at = by.user_id, at
    held.note_sealed = seal(held.registration.person_id, note.strip())
    held.save()
    told: dict[str, trail.Fact] = {"reason": reason}
    trail.record(verb, by=by, at=at, subject=held, thread_id=held.registration.person_id, facts=told)
    tell_person(held, at)
    return held


@transaction.atomic
def reconsider(verification: Verification, *, by: Actor, at: datetime) -> Verification:
    """The leader looks again: somebody who was refused waits anew, and a used code counts no more."""
    held = held_for(verification.registration)
    if not can_reconsider(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    start_anew(held)
    held.save()
    trail.record(
        "closed_part.reconsidered", by=by, at=at, subject=held, thread_id=held.registration.person_id
    )
    return held


def start_anew(held: Verification) -> None:
    """All that was found out is open again; which code was used stays, so that nobody uses it twice."""
    held.state, held.way, held.reason = VerificationState.PENDING, "", ""
    held.proposed_by = held.proposed_at = held.decided_by = held.decided_at = None
    held.expelled_at = held.withdrawn_at = held.terms_accepted_at = None
    held.terms_version, held.tries = "", 0
