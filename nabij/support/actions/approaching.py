"""Reaching somebody for the first time: calls at different moments, then a letter, and always as agreed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, CaseState, TaskKind
from nabij.cases.policies import can_call, can_help
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import Opener
from nabij.kit.clock import local
from nabij.notify.contact_rules import NotAgreed, agreed_of, check, check_objections, in_words, rule_of
from nabij.notify.models import Way
from nabij.people.queries.registrations import UNSAFE
from nabij.support import content
from nabij.support.actions.closing import end_case
from nabij.support.actions.planning import suggest_plan
from nabij.support.models import Attempt, AttemptOutcome, CloseReason

NOT_YOURS = "In dit dossier helpt u niet."
CALLS = (Way.CALL, Way.SMS, Way.APP, Way.EMAIL)


@dataclass(frozen=True)
class Dial:
    """What a helper needs to make one call: the number, what to say, and the code word."""

    number: str
    code_word: str
    wording: str
    rule: str


@transaction.atomic
def dial(case: Case, *, has_read: bool, by: Actor, at: datetime) -> Dial:
    """The number to call now; the only place where a number of somebody with a case is opened.

    ValidationError when the rule was not read, the moment or way was not agreed, or there is no safe number.
    """
    if not can_call(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    rule = rule_of(case.person_id)
    if rule is not None and not has_read:
        raise ValidationError("Lees eerst de contactregel en zeg dat u die gelezen hebt.")
    _check(case, Way.CALL, at)
    _ask_others(case, Way.CALL)
    person, opener = case.person, Opener([case.person_id])
    number = opener.open(person.pk, person.phone_sealed)
    if rule is None and opener.open(person.pk, person.safe_to_call_sealed) == UNSAFE:
        raise ValidationError("Deze persoon is niet veilig te bellen. Spreek eerst een contactregel af.")
    if not number:
        raise ValidationError("Er is geen telefoonnummer bekend.")
    trail.record("case.dialled", by=by, at=at, subject=case, thread_id=case.person_id)
    agreed = agreed_of(rule) if rule else None
    return Dial(
        number=number,
        code_word=agreed.code_word if agreed else "",
        wording=agreed.wording if agreed else "",
        rule=in_words(rule),
    )


def _check(case: Case, way: Way, at: datetime) -> None:
    try:
        check(rule_of(case.person_id), way, at)
    except NotAgreed as error:
        raise ValidationError(str(error)) from error


def _ask_others(case: Case, way: Way) -> None:
    try:
        check_objections(case.person_id, way)
    except NotAgreed as error:
        raise ValidationError(str(error)) from error


@transaction.atomic
def write_attempt(case: Case, way: Way, outcome: AttemptOutcome, *, by: Actor, at: datetime) -> Attempt:
    """Write down how an attempt ended, and what follows: help, another attempt, or at last a letter.

    ValidationError for a way that was not agreed, and for a second attempt in the same part of a day.
    """
    held = _held(case, by, at)
    if way not in CALLS or outcome == AttemptOutcome.SENT:
        raise ValidationError("Kies hoe u deze persoon probeerde te bereiken.")
    _check(held, way, at)
    last = Attempt.objects.filter(case=held).order_by("-number").first()
    if last is not None and moment_of(last.at) == moment_of(at) and outcome == AttemptOutcome.NO_ANSWER:
        raise ValidationError("U probeerde het al in dit deel van de dag. Probeer het op een ander moment.")
    attempt = _write(held, way, outcome, by, at)
    if outcome == AttemptOutcome.DECLINED:
        end_case(held, CloseReason.NO_WISH, by=by, at=at)
        return attempt
    finish_tasks(held, TaskKind.APPROACH, by=by, at=at)
    if outcome == AttemptOutcome.NO_ANSWER:
        _try_again(held, at)
        return attempt
    if outcome == AttemptOutcome.LATER:
        add_task(held, TaskKind.CALL_BACK, working_days_after(at, 1), at=at)
    reach(held, at)
    return attempt


def moment_of(at: datetime) -> tuple[date, int]:
    """The day and the part of that day, on the clock of Amsterdam."""
    moment = local(at)
    return moment.date(), sum(moment.time() >= start for start in content.approach_terms().parts)


def _held(case: Case, by: Actor, at: datetime) -> Case:
    held = Case.objects.select_for_update(of=("self",)).select_related("person", "team").get(pk=case.pk)
    if not can_help(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    return held


def _write(case: Case, way: Way, outcome: AttemptOutcome, by: Actor, at: datetime) -> Attempt:
    number = (Attempt.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    attempt = Attempt.objects.create(
        case=case, number=number, way=way, outcome=outcome, at=at, by=by.id or case.pk
    )
    facts: dict[str, trail.Fact] = {"number": number, "outcome": outcome.value}
    trail.record("case.attempted", by=by, at=at, subject=case, thread_id=case.person_id, facts=facts)
    return attempt


def _try_again(case: Case, at: datetime) -> None:
    """Another attempt at another moment; after the last one a letter."""
    terms = content.approach_terms()
    if tries_of(case) < terms.attempts:
        add_task(case, TaskKind.APPROACH, working_days_after(at, terms.next_working_days), at=at)
    else:
        add_task(case, TaskKind.LETTER, working_days_after(at, terms.letter_working_days), at=at)


def tries_of(case: Case) -> int:
    """How often nobody answered."""
    return Attempt.objects.filter(case=case, outcome=AttemptOutcome.NO_ANSWER).count()


def reach(case: Case, at: datetime) -> None:
    """Somebody was reached: help begins, with a plan to talk about."""
    case.last_contact_at = at
    if case.state == CaseState.APPROACH:
        case.state = CaseState.ACTIVE
        suggest_plan(case, at=at)
    case.save(update_fields=["state", "last_contact_at"])


@transaction.atomic
def send_letter(case: Case, *, by: Actor, at: datetime) -> Attempt:
    """Note that the letter went out; ValidationError before the last attempt or where none is agreed."""
    held = _held(case, by, at)
    most = content.approach_terms().attempts
    if tries_of(held) < most:
        raise ValidationError(f"Een brief gaat pas na {most} pogingen uit.")
    rule = rule_of(held.person_id)
    if rule is not None and rule.has_secret_address:
        raise ValidationError("Dit adres is geheim: hier gaat geen brief heen. Overleg met de teamleider.")
    _check(held, Way.LETTER, at)
    _ask_others(held, Way.LETTER)
    attempt = _write(held, Way.LETTER, AttemptOutcome.SENT, by, at)
    finish_tasks(held, TaskKind.LETTER, by=by, at=at)
    add_task(held, TaskKind.QUIET, at + content.quiet_after(), at=at)
    return attempt
