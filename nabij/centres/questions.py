"""The word check of a text of a centre: what is known of this event is no name of a person."""

from nabij.centres.models import AdviceCentre, Language, TextVersion
from nabij.centres.queries.shown import standing
from nabij.incidents.models import Incident
from nabij.wording.checks import check, untranslated
from nabij.wording.findings import Finding, Level


def findings(version: TextVersion) -> list[Finding]:
    """What the approver is asked about; nothing about words that came with the template."""
    text = version.text
    told = untranslated(_missing_languages(version)) if text.is_message or text.is_question else []
    if version.author_id is None or text.versions.filter(author=None, body=version.body).exists():
        return told
    return [*check(version.body, text.language, _known(text.centre)), *told]


def asked(version: TextVersion) -> bool:
    """Whether this version has to be approved on a page of its own: something is asked, or came between."""
    return any(each.level != Level.TELL for each in findings(version)) or standing(version) is not None


def _known(centre: AdviceCentre) -> set[str]:
    """The names of places and organisations that belong to this event."""
    incident: Incident = centre.incident
    order = centre.commission
    places = [each.name for each in incident.municipalities.all()]
    known = {
        centre.name,
        order.controller,
        order.organisation.name,
        incident.place,
        incident.district,
        *places,
    }
    words = {word.strip(".,") for word in order.area.split() if word[0].isupper()}
    return {each for each in known | words | {f"Gemeente {place}" for place in places} if each}


def _missing_languages(version: TextVersion) -> list[str]:
    """The languages of the page, by name, in which this message or question is not there."""
    text = version.text
    same = text.centre.texts.all()
    written = same.filter(section=text.section, message_key=text.message_key).values_list(
        "language", flat=True
    )
    begun = same.values_list("language", flat=True).distinct()
    return [str(label) for code, label in Language.choices if code in set(begun) - set(written)]
