"""What a message says of an incident: kind and place, short, never anything personal."""

from pathlib import Path

from nabij.incidents.models import Incident
from nabij.incidents.words import topic_in_words
from nabij.kit.content import load_toml
from nabij.on_call.rules import norms

TEMPLATES = Path(__file__).parent / "data" / "templates.toml"
_SHORTEST = 20


def message_values(incident: Incident, *, is_verified: bool = True, language: str = "nl") -> dict[str, str]:
    """Reference, what and where; an unverified request says first of all to call back."""
    most = norms().message_characters
    what = topic_in_words(incident.topic)
    first = "" if is_verified else f"{load_toml(TEMPLATES)['words'][language]['call_first']}. "
    where = shortened(place_in_words(incident), max(_SHORTEST, most - len(first) - len(what)))
    return {
        "reference": incident.reference,
        "what": first + shortened(what, max(_SHORTEST, most - len(first) - len(where))),
        "where": where,
    }


def place_in_words(incident: Incident) -> str:
    """Municipality first, because a long street name may be shortened: "Heidebeek, Kokmeeuwstraat"."""
    places = ", ".join(each.name for each in incident.municipalities.all())
    return ", ".join(part for part in (places, incident.place or incident.district) if part)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
