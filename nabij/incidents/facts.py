"""What is known of an incident, and what a report carries: plain values between forms and actions."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from nabij.incidents.models import Incident, Wanted

FACT_NAMES = (
    "topic", "municipality_codes", "district", "place", "happened_at",
    "people", "injured", "dead", "homes", "children",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What is known of an incident at one moment; None is a count not known yet."""

    topic: str
    municipality_codes: tuple[str, ...]
    district: str
    place: str
    happened_at: datetime
    people: int | None = None
    injured: int | None = None
    dead: int | None = None
    homes: int | None = None
    children: int | None = None


@dataclass(frozen=True)
class ReportData:
    """A request for help as a form hands it over, clean; `add_to` is the open incident that was chosen."""

    topic: str
    municipality_codes: tuple[str, ...]
    happened_at: datetime
    urgency: str
    caller_kind: str
    district: str = ""
    place: str = ""
    people: int | None = None
    injured: int | None = None
    dead: int | None = None
    homes: int | None = None
    children: int | None = None
    wanted: tuple[str, ...] = (Wanted.ADVICE,)
    safety: str = ""
    remarks: str = ""
    asker: str = ""
    job_title: str = ""
    organisation_name: str = ""
    call_back: str = ""
    control_room_reference: str = ""
    door: str = ""
    is_exercise: bool = False
    add_to: UUID | None = None
    form_key: UUID = field(default_factory=uuid4)


def facts_of(incident: Incident) -> Facts:
    """What is known of this incident now."""
    return Facts(**{name: getattr(incident, name) for name in FACT_NAMES})


def place_key(place: str) -> str:
    """A place as it is compared: lower case, letters only, house numbers left out ("Dorpsstraat 27a")."""
    words = re.findall(r"\w+", place.casefold())
    return " ".join(word for word in words if not re.fullmatch(r"\d+[a-z]?", word))[:200]
