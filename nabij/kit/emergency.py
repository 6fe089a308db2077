"""The numbers that stand on every public page."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language

from nabij.kit.content import load_toml


@dataclass(frozen=True)
class EmergencyNumber:
    """A line for who is in danger now: what for, the number as printed and as dialled."""

    key: str
    label: str
    number: str
    dial: str


def emergency_numbers() -> list[EmergencyNumber]:
    """All emergency lines, the most urgent first, in the language of the page, or else in Dutch."""
    content = load_toml(Path(__file__).parent / "data" / "emergency.toml")
    language = get_language() or "nl"
    return [
        EmergencyNumber(**{**line, "label": line["label"].get(language, line["label"]["nl"])})
        for line in content["line"]
    ]
