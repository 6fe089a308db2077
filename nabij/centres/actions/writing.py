"""Writing, approving and withdrawing texts: a version never changes, a next one follows it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, locked_text, tell_readers, user_of
from nabij.centres.models import AdviceCentre, CentreText, TextVersion
from nabij.centres.policies import can_approve, can_edit, can_withdraw, is_by_other
from nabij.centres.sections import NEWS
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import seal


@transaction.atomic
def write_version(text: CentreText, body: str, *, based_on: int, by: Actor, at: datetime) -> TextVersion:
    """Write the next version; readers keep the approved one. Refused when it is not based on the newest."""
    text = locked_text(text.pk)
    if not can_edit(by, text.centre, at):
        raise PermissionDenied(_("Deze tekst kunt u niet wijzigen."))
    newest = text.versions.aggregate(newest=Max("number"))["newest"] or 0
    if newest != based_on:
        raise Refused(_("Iemand anders heeft deze tekst intussen gewijzigd. Bekijk eerst die versie."))
    return _written(text, body, newest + 1, by=by, at=at)


@transaction.atomic
def write_message(
    centre: AdviceCentre, bodies: dict[str, str], *, stated_at: datetime, source: str, by: Actor, at: datetime
) -> list[TextVersion]:
    """Write a news message with its moment and source, in each language that has a text."""
    centre = locked_centre(centre.pk)
    if not can_edit(by, centre, at):
        raise PermissionDenied(_("In dit IAC kunt u geen bericht schrijven."))
    written = []
    for language, body in bodies.items():
        if body.strip():
            text = CentreText.objects.create(
                centre=centre,
                section=NEWS,
                language=language,
                is_message=True,
                stated_at=stated_at,
                source=source,
            )
            written.append(_written(text, body, 1, by=by, at=at))
    return written


@transaction.atomic
def approve_version(version: TextVersion, *, by: Actor, at: datetime) -> TextVersion:
    """Approve the newest version of a text, as another person than its author; readers get it at once."""
    text = locked_text(version.text_id)
    if not can_approve(by, text.centre, at):
        raise PermissionDenied(_("Goedkeuren doet de hoofdredacteur."))
    _approve(text, version, by=by, at=at)
    tell_readers(text.centre, by=by, at=at)
    return version


@transaction.atomic
def approve_texts(
    centre: AdviceCentre, versions: Iterable[TextVersion], *, by: Actor, at: datetime
) -> list[TextVersion]:
    """Approve several versions that one has read together; all, or none when one cannot be approved."""
    centre = locked_centre(centre.pk)
    if not can_approve(by, centre, at):
        raise PermissionDenied(_("Goedkeuren doet de hoofdredacteur."))
    approved = list(versions)
    for version in approved:
        text = locked_text(version.text_id)
        if text.centre_id != centre.pk:
            raise PermissionDenied(_("Deze tekst hoort bij een ander IAC."))
        _approve(text, version, by=by, at=at)
    if approved:
        tell_readers(centre, by=by, at=at)
    return approved


@transaction.atomic
def withdraw_version(version: TextVersion, *, reason: str, by: Actor, at: datetime) -> TextVersion:
    """Take a text away in an emergency, alone, with a reason; a newly approved one replaces it."""
    text = locked_text(version.text_id)
    if not can_withdraw(by, text.centre, at):
        raise PermissionDenied(_("Deze tekst kunt u niet intrekken."))
    if not reason.strip():
        raise Refused(_("Schrijf op waarom u de tekst intrekt."))
    version.refresh_from_db()
    if version.withdrawn_at:
        return version
    version.withdrawn_at, version.withdrawn_by_id = at, user_of(by)
    version.withdraw_reason_sealed = seal(version.pk, reason.strip())
    version.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason_sealed"])
    _tell("centre.text_withdrawn", text, version, by=by, at=at)
    tell_readers(text.centre, by=by, at=at)
    return version


@transaction.atomic
def announce_next_message(
    centre: AdviceCentre, next_at: datetime | None, *, by: Actor, at: datetime
) -> AdviceCentre:
    """Say when the next message comes; None takes the announcement away."""
    centre = locked_centre(centre.pk)
    if not can_edit(by, centre, at):
        raise PermissionDenied(_("Dit kunt u niet wijzigen."))
    if next_at is not None and next_at <= at:
        raise Refused(_("Het volgende bericht moet later zijn dan nu."))
    centre.next_message_at = next_at
    centre.save(update_fields=["next_message_at"])
    trail.record("centre.next_message_set", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    tell_readers(centre, by=by, at=at)
    return centre


def _written(text: CentreText, body: str, number: int, *, by: Actor, at: datetime) -> TextVersion:
    if not body.strip():
        raise Refused(_("Een tekst kan niet leeg zijn."))
    version = TextVersion.objects.create(
        text=text, number=number, body=body.strip(), author_id=user_of(by), created_at=at
    )
    _tell("centre.text_written", text, version, by=by, at=at)
    return version


def _approve(text: CentreText, version: TextVersion, *, by: Actor, at: datetime) -> None:
    user_id = user_of(by)
    version.refresh_from_db()
    if not is_by_other(user_id, version):
        raise Refused(_("U schreef deze tekst zelf. Een ander moet hem goedkeuren."))
    if version.withdrawn_at or text.versions.filter(number__gt=version.number).exists():
        raise Refused(
            _("Er is intussen een nieuwere versie, of deze is ingetrokken. Bekijk de tekst opnieuw.")
        )
    if version.approved_at:
        return
    version.approved_at, version.approved_by_id = at, user_id
    version.save(update_fields=["approved_at", "approved_by"])
    _tell("centre.text_approved", text, version, by=by, at=at)


def _tell(verb: str, text: CentreText, version: TextVersion, *, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {
        "section": text.section, "language": text.language, "version": version.number,
        "centre": str(text.centre_id),
    }  # fmt: skip
    trail.record(verb, by=by, at=at, subject=version, thread_id=text.centre.incident_id, facts=facts)
