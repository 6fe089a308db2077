from datetime import time

import pytest

from nabij.protocols.lists import in_dutch, platform_kind, role_in_dutch
from nabij.protocols.plan import Due, Start
from nabij.protocols.spans import about, every_in_words, in_words
from nabij.protocols.wording import due_in_words, start_in_words


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (Due(start="trigger"), "direct na de gebeurtenis"),
        (Due(start="told"), "als het gebeurt"),
        (Due(start="standing"), "altijd op orde"),
        (Due(start="commission", offset="PT2H"), "2 uur na de opdracht"),
        (Due(start="decision"), "direct na de gekozen dag"),
        (Due(start="step:EXP-02", offset="PT1M"), "1 minuut na stap EXP-02"),
        (Due(start="step:EXP-11", working_days=2), "2 werkdagen na stap EXP-11"),
        (Due(start="trigger", offset="P7D", also=("P2W", "P1M"), at=time(17), on="working_day"),
         "7 dagen na de gebeurtenis, ook na 2 weken, 1 maand, om 17:00, op een werkdag"),
        (Due(start="trigger", offset="P3W", every="P1M", until="P1Y", not_before="P1D"),
         "3 weken na de gebeurtenis, daarna elke maand, tot 1 jaar na de gebeurtenis, "
         "niet eerder dan 1 dag na de gebeurtenis"),
    ],
)  # fmt: skip
def test_a_moment_is_said_in_dutch(due, words):
    assert due_in_words(due) == words


def test_a_start_is_said_with_its_condition():
    assert start_in_words(Start(topic="EVT-15")) == "soort gebeurtenis: Steekpartij"
    said = start_in_words(Start(topic="EVT-15", condition="dead >= 1"))
    assert said == "soort gebeurtenis: Steekpartij, als aantal doden: 1 of meer"


def test_an_offset_that_is_none_cannot_be_said_or_compared():
    for read in (about, in_words):
        with pytest.raises(ValueError, match="tomorrow"):
            read("tomorrow")
    assert about("PT90M") < about("PT2H") < about("P1D") < about("P1W") < about("P1M") < about("P1Y")


def test_how_often_is_said_in_dutch():
    said = [every_in_words(each) for each in ("PT1H", "P1Y", "P1M", "P2W", "PT90M")]
    assert said == ["elk uur", "elk jaar", "elke maand", "elke 2 weken", "elke 90 minuten"]


def test_a_word_outside_the_lists_is_said_as_it_is():
    assert (in_dutch("org", "bakery"), role_in_dutch("baker")) == ("bakery", "baker")
    assert (platform_kind("public_health_service"), platform_kind("insurer")) == ("ghor", "")
