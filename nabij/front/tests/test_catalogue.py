from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from nabij.front.catalogue import catalogue as module
from nabij.front.catalogue.catalogue import State, catalogue, read_catalogue, service, services_by_group
from nabij.front.catalogue.expect import expect_context
from nabij.kit.content import ContentError, load_toml

CONTENT = load_toml(Path(module.__file__).parent / "services.toml")


@pytest.fixture
def content() -> dict[str, Any]:
    return deepcopy(CONTENT)


def test_the_catalogue_has_the_62_services_of_the_brochure() -> None:
    assert [each.id for each in catalogue()] == [f"SVC-{number:02}" for number in range(1, 63)]


def test_the_groups_hold_every_service_once() -> None:
    counted = {group.code: len(group.services) for group in services_by_group()}
    assert counted == {"8a": 14, "8b": 9, "8c": 5, "8d": 22, "8e": 6, "8f": 6}


def test_every_service_says_how_to_ask_and_who_answers() -> None:
    for each in catalogue():
        assert each.how_to_ask_nl.endswith("."), each.id
        assert each.answers_nl, each.id
        assert each.ask, each.id
        assert each.deliver, each.id
        assert each.lines.startswith("L"), each.id


def test_names_differ_from_each_other() -> None:
    assert len({each.name() for each in catalogue()}) == len({each.name("en") for each in catalogue()}) == 62


def test_what_works_names_its_page_and_its_test(content: dict[str, Any]) -> None:
    content["service"][0] |= {"state": "works", "page": "contact:doors", "test": ""}
    with pytest.raises(ContentError, match="SVC-01"):
        read_catalogue(content)
    content["service"][0]["test"] = "nabij/contact/tests/test_doors.py"
    assert read_catalogue(content)[0].state is State.WORKS


@pytest.mark.parametrize(
    "change", [{"id": "SVC-02"}, {"group": "9z"}, {"state": "almost"}, {"colour": "blue"}]
)
def test_a_catalogue_with_an_error_is_refused(content: dict[str, Any], change: dict[str, str]) -> None:
    content["service"][0] |= change
    with pytest.raises(ContentError):
        read_catalogue(content)


def test_a_gap_in_the_numbers_is_refused(content: dict[str, Any]) -> None:
    del content["service"][30]
    with pytest.raises(ContentError, match="SVC-01 to SVC-62"):
        read_catalogue(content)


def test_the_on_call_service_may_be_asked_for_by_police_ghor_ggd_and_municipality_only() -> None:
    assert set(service("SVC-14").ask) == {"police", "ghor", "public_health_service", "municipality"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_every_service(language: str) -> None:
    with translation.override(language):
        html = render_to_string("front/expect.html", expect_context(language))
    for each in catalogue():
        assert f'id="{each.id.lower()}"' in html
    assert html.count("<h1>") == 1
