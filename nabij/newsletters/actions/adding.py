"""Questions and languages that come beside the texts of the template."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre
from nabij.centres.actions.writing import add_texts, add_version
from nabij.centres.models import (
    BASE_LANGUAGES,
    QUESTION,
    AdviceCentre,
    CentreText,
    Language,
    TextVersion,
)
from nabij.centres.policies import can_edit, can_offer_answer
from nabij.centres.sections import needed_sections
from nabij.incidents.refusals import Refused


@transaction.atomic
def offer_answer(
    centre: AdviceCentre, question: str, answer: str, *, by: Actor, at: datetime, language: str = "nl"
) -> TextVersion:
    """Offer a question with its answer for the page, as a draft: readers get it once another approved it."""
    centre = locked_centre(centre.pk)
    if not can_offer_answer(by, centre, at):
        raise PermissionDenied(_("In dit IAC kunt u geen antwoord voorstellen."))
    asked = " ".join(question.split())
    if not asked or not answer.strip():
        raise Refused(_("Schrijf een vraag en een antwoord."))
    text = CentreText.objects.create(
        centre=centre, section=f"{QUESTION}{uuid4().hex[:12]}", language=language
    )
    return add_version(text, f"{asked}\n{answer.strip()}", 1, 0, by=by, at=at)


@transaction.atomic
def add_language(centre: AdviceCentre, language: str, *, by: Actor, at: datetime) -> list[CentreText]:
    """Put the first needed texts in one more language beside the others, unapproved."""
    centre = locked_centre(centre.pk)
    if not can_edit(by, centre, at):
        raise PermissionDenied(_("In dit IAC kunt u geen taal toevoegen."))
    if language not in Language.values or language in BASE_LANGUAGES or not needed_sections(language):
        raise Refused(_("Deze taal is er niet."))
    if CentreText.objects.filter(centre=centre, language=language, is_message=False).exists():
        raise Refused(_("Deze taal is er al."))
    texts = add_texts(centre, (language,), at=at)
    facts: dict[str, trail.Fact] = {"language": language}
    trail.record(
        "centre.language_added", by=by, at=at, subject=centre, thread_id=centre.incident_id, facts=facts
    )
    return texts
