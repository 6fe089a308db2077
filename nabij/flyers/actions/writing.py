"""An edition is begun from the example or from the one in force, and its texts are written."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Organisation
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.flyers.content import Template, Words, automatic_words, languages, templates
from nabij.flyers.forbidden import refusals
from nabij.flyers.models import OPEN, Edition, EditionState, Leaflet
from nabij.flyers.policies import can_make


@transaction.atomic
def start_edition(organisation: Organisation, code: str, *, by: Actor, at: datetime) -> Edition:
    """The next version of a leaflet to write in: from the one in force, or else from the example.

    Gives the open one when somebody began already. Of an example only Dutch counts as read over.
    """
    template = templates().get(code)
    if template is None or not template.is_for_residents or not can_make(by, organisation) or by.id is None:
        raise PermissionDenied("Dit drukwerk kunt u niet maken.")
    leaflet = Leaflet.objects.get_or_create(organisation=organisation, template=code)[0]
    leaflet = Leaflet.objects.select_for_update().get(pk=leaflet.pk)
    begun = leaflet.editions.filter(state__in=OPEN).first()
    if begun is not None:
        return begun
    last = leaflet.editions.filter(state=EditionState.APPROVED).first()
    texts = last.words if last else template.texts
    row = Edition.objects.create(
        leaflet=leaflet,
        number=(leaflet.editions.aggregate(most=Max("number"))["most"] or 0) + 1,
        texts={each: {"title": words.title, "body": words.body} for each, words in texts.items()},
        checked_languages=last.checked_languages if last else ["nl"],
        written_at=at,
        written_by=by.id,
    )
    trail.record("flyer.begun", by=by, at=at, subject=row, facts={"template": code, "number": row.number})
    return row


@transaction.atomic
def write_edition(
    edition: Edition, texts: Mapping[str, Words], checked: Sequence[str], *, by: Actor, at: datetime
) -> Edition:
    """Keep the texts of a draft; a language without title and text is left out.

    ValidationError beside the field with what may not stand there and why.
    """
    held = Edition.objects.select_for_update(of=("self",)).select_related("leaflet__organisation").get(
        Q(pk=edition.pk)
    )  # fmt: skip
    if not can_make(by, held.leaflet.organisation) or by.id is None:
        raise PermissionDenied("Dit drukwerk kunt u niet maken.")
    if held.state != EditionState.DRAFT:
        raise ValidationError(_("Deze versie is al voorgelegd. Begin een nieuwe."))
    kept = {each: words for each, words in texts.items() if words.title.strip() or words.body.strip()}
    _refuse(kept, checked, templates()[held.leaflet.template])
    held.texts = {
        each: {"title": words.title.strip(), "body": words.body.strip()} for each, words in kept.items()
    }
    held.checked_languages = [each for each in languages() if each in checked]
    held.written_at, held.written_by, held.refusal = at, by.id, ""
    held.save(update_fields=["texts", "checked_languages", "written_at", "written_by", "refusal"])
    trail.record("flyer.written", by=by, at=at, subject=held, facts={"number": held.number})
    return held


def _refuse(texts: Mapping[str, Words], checked: Sequence[str], template: Template) -> None:
    known = frozenset(template.fields) | automatic_words()
    wrong: dict[str, list[str]] = {}
    for language, words in texts.items():
        for field, text in (("title", words.title), ("body", words.body)):
            found = [str(each) for each in refusals(text, known)]
            if not text.strip():
                found = [_("Vul dit in, of maak de hele taal leeg.")]
            if language not in languages():
                found = [_("Deze taal kennen we niet.")]
            if found:
                wrong[f"{language}_{field}"] = list(dict.fromkeys(found))
    if "nl" not in texts:
        wrong["nl_body"] = [_("Zonder Nederlands kan het niet.")]
    for language in set(checked) - set(texts):
        wrong[f"{language}_checked"] = [_("Deze taal is leeg.")]
    if wrong:
        raise ValidationError(wrong)
