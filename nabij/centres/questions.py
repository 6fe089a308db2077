"""The word check of a text of a centre: what is known of this event is no name of a person."""

from django.db.models import prefetch_related_objects

from nabij.centres.models import AdviceCentre, CentreText, Language, TextVersion
from nabij.centres.queries.shown import standing
from nabij.centres.queries.states import TextState, text_states
from nabij.incidents.models import Incident
from nabij.incidents.words import topic_in_words
from nabij.wording.checks import check, untranslated
from nabij.wording.findings import Finding, Level


def findings(version: TextVersion, around: list[TextState] | None = None) -> list[Finding]:
    """What the approver is asked, beside all texts `around`; nothing about words of the template."""
    text = version.text
    is_told = text.is_message or text.is_question
    if version.author_id is None and not is_told:
        return []
    around = text_states(text.centre) if around is None else around
    told = untranslated(_missing_languages(text, around)) if is_told else []
    own = next((state.versions for state in around if state.text.pk == text.pk), [])
    if any(each.author_id is None and each.body == version.body for each in [version, *own]):
        return told
    known = _known(text.centre)
    found = [*check(version.body, text.language, known), *check(text.source, text.language, known)]
    return [*{each.key: each for each in found}.values(), *told]


def name_findings(name: str, incident: Incident, *known: str) -> list[Finding]:
    """What is asked about the name of a centre, which everybody reads; not about the kind of event."""
    own = {each.key for each in check(topic_in_words(incident.topic), "nl")}
    found = check(name, "nl", {*_places(incident), *known})
    return [each for each in found if each.level != Level.TELL and each.key not in own]


def asked(version: TextVersion, state: TextState, around: list[TextState]) -> bool:
    """Whether this version has to be approved on a page of its own: something is asked, or came between."""
    is_asked = any(each.level != Level.TELL for each in findings(version, around))
    return is_asked or standing(version, state, around) is not None


def _known(centre: AdviceCentre) -> set[str]:
    """The names of places and organisations that belong to this event."""
    order = centre.commission
    words = {word.strip(".,") for word in order.area.split() if word[0].isupper()}
    named = {centre.name, order.controller, order.organisation.name, *words, *_places(centre.incident)}
    return {each for each in named if each}


def _places(incident: Incident) -> set[str]:
    """Where it happened, also without the kind of building that the place begins with."""
    prefetch_related_objects([incident], "municipalities")
    places = [each.name for each in incident.municipalities.all()]
    building = incident.place.partition(" ")[2]
    named = {incident.place, incident.district, building, *places, *(f"Gemeente {each}" for each in places)}
    return {each for each in named if each}


def _missing_languages(text: CentreText, around: list[TextState]) -> list[str]:
    """The languages of the page, by name, in which this message or question is not there."""
    same = (text.section, text.message_key)
    written = {each.text.language for each in around if (each.text.section, each.text.message_key) == same}
    begun = {each.text.language for each in around}
    return [str(label) for code, label in Language.choices if code in begun - written]
