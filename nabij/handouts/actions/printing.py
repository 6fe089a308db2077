"""A handout is printed, or becomes a letter to each address; then the step has its proof."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Organisation
from nabij.aftercare.actions.doing import finish_step
from nabij.aftercare.models import RunStep, StepState
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.flyers import actions as flyers
from nabij.flyers.models import Edition, LetterJob
from nabij.flyers.queries import line_of
from nabij.handouts.actions.filling import NOT_YOURS
from nabij.handouts.models import Handout
from nabij.handouts.policies import can_fill
from nabij.handouts.queries import addresses_of, organisation_of

PROOF, NUMBER = "letter", "letters"


@transaction.atomic
def print_copies(handout: Handout, copies: int, *, by: Actor, at: datetime) -> Handout:
    """So many copies are printed; a step that asks for letters as its proof is done with that number.

    ValidationError while not both organisations agree (in an exercise they need not), or when it was printed
    before.
    """
    held, organisation = _held(handout, by, at)
    if not held.run_step.run.incident.is_exercise:
        _in_force(organisation, held.template)
    if copies < 1:
        raise ValidationError({"copies": _("Vul in hoeveel er geprint worden.")})
    held.copies = copies
    return _printed(held, by, at)


@transaction.atomic
def print_letters(handout: Handout, languages: Sequence[str], *, by: Actor, at: datetime) -> LetterJob:
    """A letter to each address of the rounds at this event; the step is done when they are made.

    ValidationError while not both organisations agree, when it was printed before, without addresses, and
    in an exercise: those addresses are where people live.
    """
    held, organisation = _held(handout, by, at)
    if held.run_step.run.incident.is_exercise:
        raise ValidationError(_("In een oefening maakt u geen brieven aan adressen. Kies een aantal."))
    edition = _in_force(organisation, held.template)
    to = addresses_of(held.run_step.run.incident)
    if not to:
        raise ValidationError(_("Er is nog geen deurlijst. Kies een aantal."))
    held.letters = flyers.ask_letters(edition, languages, held.fields, to, by=by, at=at)
    held.copies = len(to)
    held.save(update_fields=["letters", "copies"])
    return held.letters


@transaction.atomic
def follow_letters(handout: Handout, *, by: Actor, at: datetime) -> Handout:
    """The letters of this handout were made: the step has its proof; told twice it is proven once."""
    held = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    return held if held.printed_at is not None else _printed(held, by, at)


def _held(handout: Handout, by: Actor, at: datetime) -> tuple[Handout, Organisation]:
    rows = Handout.objects.select_for_update(of=("self",))
    held = rows.select_related("run_step__run__incident").get(pk=handout.pk)
    organisation = organisation_of(held.run_step.run)
    if organisation is None or not can_fill(by, held.run_step, organisation, at):
        raise PermissionDenied(NOT_YOURS)
    if held.copies is not None:
        raise ValidationError(_("Dit is al geprint. Vul het opnieuw in voor een volgende keer."))
    return held, organisation


def _in_force(organisation: Organisation, code: str) -> Edition:
    line = line_of(organisation, code)
    if line is None or line.in_force is None:
        raise ValidationError(_("Dit kunt u nog niet uitdelen. Eerst geven beide organisaties akkoord."))
    return line.in_force


def _printed(held: Handout, by: Actor, at: datetime) -> Handout:
    held.printed_at = at
    held.save(update_fields=["copies", "printed_at"])
    row = held.run_step
    facts: dict[str, trail.Fact] = {"template": held.template, "number": held.copies or 0}
    trail.record("handout.printed", by=by, at=at, subject=held, thread_id=row.run.incident_id, facts=facts)
    _prove(row, held.copies or 0, by, at)
    return held


def _prove(row: RunStep, number: int, by: Actor, at: datetime) -> None:
    """The step is done when letters are all it asks for; any other proof is made where it is made."""
    asked = {each.name for each in row.step.evidence.fields if each.is_required}
    is_early = row.not_before_at is not None and at < row.not_before_at
    if row.step.evidence.proof != PROOF or asked - {NUMBER} or row.state != StepState.OPEN or is_early:
        return
    finish_step(row, {NUMBER: number}, by=by, at=at)
