"""Letters to many addresses: asked, made bundle by bundle by a job, and asked again when it failed."""

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
from nabij.flyers.content import letters_per_bundle
from nabij.flyers.models import Edition, EditionState, JobState, LetterBundle, LetterJob
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
    """Try once more what failed; what was made stays."""
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
    """Make the letters bundle by bundle and keep each at once; after a kill it goes on where it was.

    What goes wrong is written on the job, so that who asked sees it; the error itself goes on to the log.
    """
    begun = LetterJob.objects.filter(Q(pk=job.pk), state__in=[JobState.WAITING, JobState.RUNNING])
    if not begun.update(state=JobState.RUNNING):
        return
    try:
        _make_bundles(job)
    except Exception as error:
        code = "sign" if isinstance(error, Unprintable) else "other"
        begun.update(state=JobState.FAILED, error_code=code, ended_at=at)
        if code == "other":
            raise
        return
    _end(job, by, at)


def _make_bundles(job: LetterJob) -> None:
    told = unseal_bytes(job.pk, job.addresses_sealed)
    if told is None:
        raise ValueError("the addresses were removed")
    edition = job.edition
    texts = {each: edition.words[each] for each in job.languages}
    sheet = Sheet(template_of(edition), texts, job.fields, edition.number)
    senders = senders_of(edition.leaflet.organisation)
    made = set(job.bundles.values_list("number", flat=True))
    addresses, size = [Address(*each) for each in json.loads(told)], letters_per_bundle()
    for number, first in enumerate(range(0, len(addresses), size), start=1):
        if number not in made:
            to = addresses[first : first + size]
            _keep_bundle(job, number, len(to), as_pdf(sheet, senders, to))


@transaction.atomic
def _keep_bundle(job: LetterJob, number: int, count: int, paper: bytes) -> None:
    """Seal a bundle and count its letters; of two who made the same one, the first is kept."""
    held = LetterJob.objects.select_for_update().only("pk").filter(Q(pk=job.pk)).first()
    if held is None or held.bundles.filter(number=number).exists():
        return
    sealed = seal_bytes(job.pk, paper)
    LetterBundle.objects.create(job=held, number=number, count=count, paper_sealed=sealed)
    LetterJob.objects.filter(Q(pk=job.pk)).update(done=F("done") + count)


@transaction.atomic
def _end(job: LetterJob, by: Actor, at: datetime) -> None:
    running = LetterJob.objects.filter(Q(pk=job.pk), state=JobState.RUNNING)
    if running.update(state=JobState.READY, ended_at=at):
        trail.record("letters.made", by=by, at=at, subject=job, facts={"count": job.count})
