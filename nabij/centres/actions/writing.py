"""Writing texts, messages, questions and languages: a version never changes, a next one follows it."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.approving import put_away, tell
from nabij.centres.actions.locking import locked_centre, locked_text, tell_readers, user_of
from nabij.centres.models import (
    AdviceCentre,
    CentreText,
    Readership,
    TextVersion,
)
from nabij.centres.policies import can_edit, can_offer_message
from nabij.centres.sections import NEWS, first_texts
from nabij.incidents.refusals import Refused


@transaction.atomic
def write_version(
    text: CentreText, body: str, *, based_on: int, by: Actor, at: datetime, merges: TextVersion | None = None
) -> TextVersion:
    """Write a version on top of the one that the writer had; readers keep the approved one.

    When somebody else wrote at the same time, both wait: the approver sees the difference and chooses.
    What this version `merges` is put away.
    """
    text = locked_text(text.pk)
    if not can_edit(by, text.centre, at):
        raise PermissionDenied(_("Deze tekst kunt u niet wijzigen."))
    newest = text.versions.aggregate(newest=Max("number"))["newest"] or 0
    if not 0 < based_on <= newest:
        raise Refused(_("Deze versie is er niet. Bekijk de tekst opnieuw."))
    version = add_version(text, body, newest + 1, based_on, by=by, at=at)
    if merges is not None:
        put_away(merges, _("Samengevoegd in een nieuwe versie."), by=by, at=at)
    return version


@transaction.atomic
def adopt_translation(version: TextVersion, *, by: Actor, at: datetime) -> TextVersion:
    """Say that one reads this language and that the ready-made translation is right; another approves it."""
    return write_version(version.text, version.body, based_on=version.number, by=by, at=at)


@transaction.atomic
def write_message(
    centre: AdviceCentre,
    bodies: dict[str, str],
    *,
    stated_at: datetime,
    source: str,
    by: Actor,
    at: datetime,
    audience: str = Readership.OPEN,
    embargo_minutes: int = 0,
) -> list[TextVersion]:
    """Write a news message with its moment and source, in each language that has a text.

    Who it is for: everybody, or the closed part only; with an embargo the closed part reads it first.
    """
    centre = locked_centre(centre.pk)
    if not can_offer_message(by, centre, at):
        raise PermissionDenied(_("In dit IAC kunt u geen bericht schrijven."))
    key, is_open = uuid4(), audience == Readership.OPEN
    versions = []
    for language, body in bodies.items():
        if body.strip():
            text = CentreText.objects.create(
                centre=centre,
                section=NEWS,
                language=language,
                is_message=True,
                stated_at=stated_at,
                source=source,
                message_key=key,
                audience=audience,
                embargo_minutes=embargo_minutes if is_open else 0,
            )
            versions.append(add_version(text, body, 1, 0, by=by, at=at))
    return versions


def add_texts(centre: AdviceCentre, languages: tuple[str, ...], *, at: datetime) -> list[CentreText]:
    """The texts of the template in these languages as first versions that nobody approved yet."""
    order = centre.commission
    values = {"name": centre.name, "area": order.area, "controller": order.controller}
    texts = first_texts(values, languages)
    rows = [
        CentreText(centre=centre, section=section, language=language) for section, language, _body in texts
    ]
    CentreText.objects.bulk_create(rows)
    TextVersion.objects.bulk_create(
        TextVersion(text=row, number=1, body=body, created_at=at)
        for row, (_section, _language, body) in zip(rows, texts, strict=True)
    )
    return rows


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


def add_version(
    text: CentreText, body: str, number: int, based_on: int, *, by: Actor, at: datetime
) -> TextVersion:
    """One more version of a text, not empty, that waits for another pair of eyes."""
    if not body.strip():
        raise Refused(_("Een tekst kan niet leeg zijn."))
    version = TextVersion.objects.create(
        text=text, number=number, based_on=based_on, body=body.strip(), author_id=user_of(by), created_at=at
    )
    tell("centre.text_written", text, version, by=by, at=at)
    return version
