"""What was learnt goes into the next template; what is ready in peace time is said, with its day."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import membership_of
from nabij.centres.models import AdviceCentre
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal
from nabij.kit.clock import local
from nabij.openings.content import preparations
from nabij.openings.models import Lesson, Preparation
from nabij.openings.policies import can_check, can_decide, can_prepare


@transaction.atomic
def write_lesson(centre: AdviceCentre, text: str, *, by: Actor, at: datetime) -> Lesson:
    """One line of the evaluation."""
    if not can_check(by, centre, at):
        raise PermissionDenied(_("Bij dit centrum kunt u niets opschrijven."))
    lesson = Lesson(centre=centre, written_at=at, written_by=membership_of(by))
    lesson.lesson_sealed = seal(lesson.pk, text.strip())
    if not lesson.lesson_sealed:
        raise Refused(_("Schrijf op wat we leerden."))
    lesson.save(force_insert=True)
    trail.record("centre.lesson_written", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    return lesson


@transaction.atomic
def take_up_lesson(lesson: Lesson, version: str, *, by: Actor, at: datetime) -> Lesson:
    """This version of the template holds what we learnt."""
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("centre").get(pk=lesson.pk)
    if not can_decide(by, lesson.centre, at):
        raise PermissionDenied(_("Over het sjabloon besluit de hoofdredacteur."))
    if not version.strip():
        raise Refused(_("Schrijf op in welke versie van het sjabloon dit staat."))
    lesson.template_version, lesson.taken_up_at = version.strip(), at
    lesson.save(update_fields=["template_version", "taken_up_at"])
    trail.record("centre.lesson_taken_up", by=by, at=at, subject=lesson, thread_id=lesson.centre.incident_id)
    return lesson


@transaction.atomic
def prepare(code: str, done_on: date, *, by: Actor, at: datetime) -> Preparation:
    """This is ready since that day, in one's own organisation; the later answer counts."""
    organisation_id = by.organisation_id
    if organisation_id is None or not can_prepare(by):
        raise PermissionDenied(_("Dit zegt wie opdracht mag geven voor een centrum."))
    if code not in preparations():
        raise Refused(_("Dit punt is er niet."))
    if done_on > local(at).date():
        raise Refused(_("Deze dag moet nog komen."))
    row, _is_new = Preparation.objects.update_or_create(
        organisation_id=organisation_id, code=code,
        defaults={"done_on": done_on, "said_at": at, "said_by": membership_of(by)},
    )  # fmt: skip
    trail.record("centre.prepared", by=by, at=at, subject=row, facts={"code": code})
    return row
