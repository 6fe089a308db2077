"""The 62 services of the brochure, each with how to ask, who answers, and whether Nabij can do it yet."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import ContentError, load_toml

NUMBER_OF_SERVICES = 62
_FILE = Path(__file__).parent / "services.toml"


class State(StrEnum):
    """How far Nabij is with a service; "works" is a promise that a test keeps."""

    WORKS = "works"
    PARTLY = "partly"
    PLANNED = "planned"


@dataclass(frozen=True)
class Service:
    """One service of the catalogue; `norms` are the time norms and `lines` the lines of the brochure."""

    id: str
    name_nl: str
    name_en: str
    group: str
    ask: tuple[str, ...]
    deliver: tuple[str, ...]
    norms: tuple[str, ...]
    lines: str
    how_to_ask_nl: str
    answers_nl: str
    state: State
    page: str
    test: str

    def __post_init__(self) -> None:
        if self.state is State.WORKS and not (self.page and self.test):
            raise ContentError(f"{self.id}: what works names its page and its test")

    def name(self, language: str = "nl") -> str:
        """The name in that language; Dutch when there is none."""
        return self.name_en if language == "en" else self.name_nl


@dataclass(frozen=True)
class Group:
    """One part of the catalogue with its services, in the order of the brochure."""

    code: str
    heading: str
    services: tuple[Service, ...]


@cache
def catalogue() -> tuple[Service, ...]:
    """All services in order; raises ContentError when one is missing, double or in no group."""
    return read_catalogue(load_toml(_FILE))


def read_catalogue(content: dict[str, Any]) -> tuple[Service, ...]:
    """The services of a content file; raises ContentError when one is missing, double or in no group."""
    services = tuple(_service(entry) for entry in content["service"])
    expected = [f"SVC-{number:02}" for number in range(1, NUMBER_OF_SERVICES + 1)]
    if [service.id for service in services] != expected:
        raise ContentError(
            f"{_FILE.name}: the services must be SVC-01 to {expected[-1]}, each once, in order"
        )
    groups = {group["code"] for group in content["group"]}
    for service in services:
        if service.group not in groups:
            raise ContentError(f"{service.id}: no such group: {service.group}")
    return services


def service(service_id: str) -> Service:
    """The service with this id; raises KeyError when there is none."""
    return {each.id: each for each in catalogue()}[service_id]


def services_by_group(language: str = "nl") -> list[Group]:
    """The catalogue in its parts, with the headings in that language."""
    return [
        Group(
            code=group["code"],
            heading=group.get(language, group["nl"]),
            services=tuple(each for each in catalogue() if each.group == group["code"]),
        )
        for group in load_toml(_FILE)["group"]
    ]


def _service(entry: dict[str, Any]) -> Service:
    lists = {name: tuple(entry[name]) for name in ("ask", "deliver", "norms")}
    try:
        return Service(**{**entry, **lists, "state": State(entry["state"])})
    except (TypeError, ValueError) as error:
        raise ContentError(f"{entry.get('id', 'a service')}: {error}") from error
