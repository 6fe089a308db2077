"""Codes of other apps as people read them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from nabij.contact.doors import CallerKind, Urgency
from nabij.guide import topics
from nabij.incidents.models import Incident
from nabij.kit.notation import amsterdam_moment

URGENCIES: dict[str, StrOrPromise] = {
    Urgency.LIFE_IN_DANGER: _("Er is iemand in levensgevaar"),
    Urgency.URGENT: _("Dringend: er moet nu iemand komen of bellen"),
    Urgency.NOT_URGENT: _("Kan wachten tot de adviseurs er zijn"),
}
CALLERS: dict[str, StrOrPromise] = {
    CallerKind.MUNICIPALITY: _("gemeente"),
    CallerKind.POLICE: _("politie"),
    CallerKind.GHOR: _("GHOR"),
    CallerKind.PUBLIC_HEALTH_SERVICE: _("GGD"),
    CallerKind.SAFETY_REGION: _("veiligheidsregio"),
    CallerKind.PROSECUTION_SERVICE: _("Openbaar Ministerie"),
    CallerKind.SCHOOL: _("school"),
    CallerKind.EMPLOYER: _("werkgever"),
    CallerKind.PARTNER: _("andere organisatie"),
    CallerKind.RESIDENT: _("inwoner"),
}
FACTS: dict[str, StrOrPromise] = {
    "topic": _("soort gebeurtenis"),
    "municipality_codes": _("gemeenten"),
    "district": _("stadsdeel of wijk"),
    "place": _("straat of plek"),
    "happened_at": _("moment"),
    "people": _("mensen"),
    "injured": _("gewonden"),
    "dead": _("overledenen"),
    "homes": _("onbewoonbare woningen"),
    "children": _("kinderen"),
}


def urgency_in_words(urgency: str) -> str:
    """How soon, in a short sentence."""
    return str(URGENCIES.get(urgency, urgency))


def topic_in_words(code: str) -> str:
    """The kind of event; the code itself when the content no longer knows it."""
    known = topics.topics().get(code)
    return known.label() if known else code


def incident_in_words(incident: Incident) -> str:
    """An incident in one line: reference, kind, place and moment."""
    places = ", ".join(each.name for each in incident.municipalities.all())
    where = ", ".join(part for part in (incident.place, places) if part)
    when = amsterdam_moment(incident.happened_at)
    return f"{incident.reference}: {topic_in_words(incident.topic)}, {where}, {when}"


def facts_in_words(names: list[str]) -> str:
    """The facts that changed, as a list to read: "mensen, gewonden"."""
    return ", ".join(str(FACTS.get(name, name)) for name in names)
