"""Letters to many addresses: asked, made in one go by a job, and asked again when it failed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.flyers.addresses import Address
from nabij.flyers.models import Edition, EditionState, JobState, LetterJob
from nabij.flyers.paper import Sheet, Unprintable, as_pdf
from nabij.flyers.policies import can_make
from nabij.flyers.queries import senders_of, template_of
from nabij.keys.sealing import seal_bytes, unseal_bytes


@transaction.atomic
def ask_letters(
    edition: Edition, languages: Sequence[str], fields: Mapping[str, str], to: Sequence[Address], *,
    by: Actor, at: datetime,
) -> LetterJob:  # fmt: skip
    """Ask for a letter to each of these addresses; a job begins as soon as this is written."""
    if not can_make(by, edition.leaflet.organisation) or by.id is None:
        raise PermissionDenied("Deze brieven kunt u niet maken.")
    held = Edition.objects.select_for_update(of=("self",)).get(Q(pk=edition.pk))
    if held.state != EditionState.APPROVED or template_of(edition).kind != "letter":
        raise ValidationError(_("Alleen een goedgekeurde brief gaat naar bewoners."))
    if not languages or set(languages) - set(held.printable):
        raise ValidationError({"languages": _("Kies een taal die is nagelezen.")})
    pk = uuid4()
    told = json.dumps([astuple(each) for each in to], ensure_ascii=False)
    job = LetterJob.objects.create(
        id=pk, edition=held, languages=list(languages), fields=dict(fields), count=len(to),
        addresses_sealed=seal_bytes(pk, told.encode()), asked_at=at, asked_by=by.id,
    )  # fmt: skip
    trail.record("letters.asked", by=by, at=at, subject=job, facts={"count": len(to)})
    return job


@transaction.atomic
def ask_again(job: LetterJob, *, by: Actor, at: datetime) -> LetterJob:
    """Try once more what failed."""
    if not can_make(by, job.edition.leaflet.organisation):
        raise PermissionDenied("Deze brieven kunt u niet maken.")
    begun = LetterJob.objects.filter(Q(pk=job.pk), state=JobState.FAILED).update(
        state=JobState.WAITING, error_code="", ended_at=None
    )
    if not begun:
        raise ValidationError(_("Deze brieven zijn niet mislukt."))
    trail.record("letters.asked", by=by, at=at, subject=job, facts={"count": job.count})
    return job


def make_letters(job: LetterJob, *, by: Actor, at: datetime) -> None:
    """Make all letters as one PDF and seal it; done twice, or after a kill, it gives the same.

    What goes wrong is written on the job, so that who asked sees it; the error itself goes on to the log.
    """
    begun = LetterJob.objects.filter(Q(pk=job.pk), state__in=[JobState.WAITING, JobState.RUNNING])
    if not begun.update(state=JobState.RUNNING, done=0):
        return
    try:
        paper = _printed(job)
    except Exception as error:
        code = "sign" if isinstance(error, Unprintable) else "other"
        begun.update(state=JobState.FAILED, error_code=code, ended_at=at)
        if code == "other":
            raise
        return
    keep_letters(job, paper, by=by, at=at)


@transaction.atomic
def keep_letters(job: LetterJob, paper: bytes, *, by: Actor, at: datetime) -> None:
    """Seal what was made; whoever made the same at the same moment and comes second keeps nothing."""
    held = LetterJob.objects.filter(Q(pk=job.pk), state=JobState.RUNNING)
    sealed = seal_bytes(job.pk, paper)
    if held.update(state=JobState.READY, done=F("count"), paper_sealed=sealed, ended_at=at):
        trail.record("letters.made", by=by, at=at, subject=job, facts={"count": job.count})


def _printed(job: LetterJob) -> bytes:
    edition, told = job.edition, unseal_bytes(job.pk, job.addresses_sealed)
    if told is None:
        raise ValueError("the addresses were removed")
    texts = {each: edition.words[each] for each in job.languages}
    sheet = Sheet(template_of(edition), texts, job.fields, edition.number)
    return as_pdf(
        sheet, senders_of(edition.leaflet.organisation), [Address(*each) for each in json.loads(told)]
    )
