"""The clocks, lists and texts of helping one person, from data/cases.toml."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from nabij.contact.working_days import ends_on as ends_on_day
from nabij.kit.content import load_toml
from nabij.vulnerability.content import reminder_days

_FILE = Path(__file__).parent / "data" / "cases.toml"


def first_call_within() -> int:
    """Within so many working days somebody is called for the first time."""
    return int(load_toml(_FILE)["first_call"]["working_days"])


def check_in_days() -> list[int]:
    """So many days after the event somebody is called again."""
    return list(load_toml(_FILE)["check_in"]["days"])


def emergency_lasts() -> timedelta:
    """How long a case stays open that was opened in an emergency."""
    return timedelta(hours=load_toml(_FILE)["access"]["emergency_hours"])


def review_within() -> int:
    """Within so many working days the team leader reviews it."""
    return int(load_toml(_FILE)["access"]["review_working_days"])


def most_cases() -> int:
    """So many cases at most for one case manager."""
    return int(load_toml(_FILE)["load"]["most"])


def consent_text() -> str:
    """The version of the text to which somebody says yes when they ask for help."""
    return str(load_toml(_FILE)["consent_text"])


def is_trigger(code: str, capacity: str, *, is_severe: bool) -> bool:
    """Whether this event gives such a person a case manager: the four triggers of the brochure (L236-240)."""
    triggers = load_toml(_FILE)["case_manager"]
    is_grave = code in triggers["always"] or (is_severe and code in triggers["when_severe"])
    return is_grave and capacity in triggers["for_whom"]


def capacity_of(relation: str) -> str:
    """What the event made of somebody who chose this relation on the form of registration."""
    return str(load_toml(_FILE)["registration"]["capacity"].get(relation, "involved"))


def is_through_guardian(age_group: str) -> bool:
    """Whether somebody of this age group of the form is reached through a parent or guardian."""
    return age_group in load_toml(_FILE)["registration"]["through_guardian"]


def assign_case_manager_within() -> int:
    """Within so many working days a case manager is named."""
    return int(load_toml(_FILE)["case_manager"]["assign_working_days"])


def asks_police(code: str) -> bool:
    """Whether we ask the police for their assessment when none came with the case."""
    return code in load_toml(_FILE)["ask_police"]["for"]


def reminder_of(ends_on: date) -> datetime:
    """When the helper is reminded that a protective measure ends."""
    return ends_on_day(ends_on - timedelta(days=reminder_days()))


def measure_id(case_id: UUID, code: str) -> UUID:
    """The identity of the reminder of one measure, so that each stands there once."""
    return uuid5(case_id, f"measure {code}")


def reached_alone_from() -> int:
    """From this age, in years, somebody is reached themself; who is younger, through the guardian."""
    return int(load_toml(_FILE)["child"]["reached_alone_from"])
