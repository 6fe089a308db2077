"""What holds for staff at the scene: content, in data/rules.toml."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nabij.incidents.models import Incident
from nabij.kit.clock import local
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "rules.toml"


@dataclass(frozen=True)
class SceneTerms:
    """How often somebody on site reports, how long they stay, and how soon a test call is answered."""

    check: timedelta
    contact: timedelta
    longest: timedelta
    relief: timedelta
    drill_answer: timedelta


def terms() -> SceneTerms:
    """The terms as they hold now."""
    content = load_toml(_FILE)["scene"]
    return SceneTerms(
        check=timedelta(minutes=content["check_minutes"]),
        contact=timedelta(minutes=content["contact_minutes"]),
        longest=timedelta(hours=content["longest_hours"]),
        relief=timedelta(hours=content["relief_hours"]),
        drill_answer=timedelta(minutes=content["drill_answer_minutes"]),
    )


def nobody_goes_alone(incident: Incident, at: datetime) -> bool:
    """Whether the rule of two holds: at violence, with a large group, and at night."""
    rule = load_toml(_FILE)["two_people"]
    hour = local(at).hour
    is_night = hour >= rule["night_from_hour"] or hour < rule["night_until_hour"]
    return is_night or incident.topic in rule["topics"] or (incident.people or 0) >= rule["large_group"]


def materials() -> dict[str, str]:
    """What goes along to the scene: the name in the reader's language, by code."""
    return {code: in_language(names) for code, names in load_toml(_FILE)["material"].items()}
