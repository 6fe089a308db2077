import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.protocols.conditions import MOST, Condition, ConditionError, parse
from nabij.protocols.lists import facts

TRUE, FALSE, UNKNOWN = True, False, None


@pytest.mark.parametrize(
    ("text", "known", "holds"),
    [
        ("", {}, TRUE),
        ("   ", {}, TRUE),
        ("evacuated", {"evacuated": True}, TRUE),
        ("evacuated", {"evacuated": False}, FALSE),
        ("evacuated", {}, UNKNOWN),
        ("evacuated", {"evacuated": 3}, UNKNOWN),
        ("not evacuated", {"evacuated": False}, TRUE),
        ("not evacuated", {"evacuated": True}, FALSE),
        ("not evacuated", {}, UNKNOWN),
        ("homes >= 4", {"homes": 4}, TRUE),
        ("homes >= 4", {"homes": 3}, FALSE),
        ("homes>=4", {}, UNKNOWN),
        ("homes >= 4", {"homes": True}, UNKNOWN),
        ("homes >= 4", {"homes": "4"}, UNKNOWN),
        ("homes <= 4", {"homes": 4}, TRUE),
        ("homes <= 4", {"homes": 5}, FALSE),
        ("homes = 0", {"homes": 0}, TRUE),
        ("homes = 0", {"homes": 1}, FALSE),
        ("homes > 4", {"homes": 4}, FALSE),
        ("homes < 4", {"homes": 3}, TRUE),
        ("topic in EVT-07|EVT-09", {"topic": "EVT-09"}, TRUE),
        ("topic in EVT-07 | EVT-09", {"topic": "EVT-08"}, FALSE),
        ("topic in EVT-07", {}, UNKNOWN),
        ("severity in serious|fatal", {"severity": "fatal"}, TRUE),
        ("decision:SCH-04 in text_approved|not_reached", {"decision:SCH-04": "not_reached"}, TRUE),
        ("decision:SCH-04 in text_approved", {"decision:SCH-04": "cause_not_named"}, FALSE),
        ("decision:SCH-04 in text_approved", {}, UNKNOWN),
        ("press and dead >= 1", {"press": True, "dead": 2}, TRUE),
        ("press and dead >= 1", {"press": True}, UNKNOWN),
        ("press  and   dead >= 1", {"press": False}, FALSE),
        ("press and dead >= 1", {"dead": 0}, FALSE),
    ],
)
def test_a_condition_holds_does_not_or_is_not_known_yet(text, known, holds):
    assert parse(text).holds(known) is holds


@pytest.mark.parametrize(
    "text",
    [
        "evacuated or press", "not not press", "not", "in", "and", "press and", "and press", "press press",
        "unknown_fact", "unknown_fact >= 1", "homes", "not homes", "press >= 1", "homes >= many",
        "homes >= -1", "homes => 1", "homes >= 1234567890", "homes in EVT-07", "topic", "topic = 7",
        "topic in", "topic in EVT-99", "topic in EVT-07|", "severity in heavy", "decision:SCH-04",
        "not decision:SCH-04", "decision:SCH-04 in", "decision:sch-04 in yes", "__import__('os')",
        "press; press", "homes >= ٤", "Press", "press\x00",
    ],
)  # fmt: skip
def test_what_is_not_in_the_closed_list_is_no_condition(text):
    with pytest.raises(ConditionError):
        parse(text)


def test_a_condition_that_is_too_long_is_refused_with_the_limit():
    with pytest.raises(ConditionError, match=str(MOST)):
        parse("press and " * 40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "altijd"),
        ("evacuated", "er zijn mensen hun huis uit"),
        ("not evacuated and dead >= 1", "iedereen is thuis, en aantal doden: 1 of meer"),
        ("homes <= 4", "aantal huizen waar niemand kan wonen: hoogstens 4"),
        ("injured = 4 and injured > 3", "aantal gewonden: 4, en aantal gewonden: meer dan 3"),
        ("people < 4", "aantal mensen: minder dan 4"),
        ("topic in EVT-15|EVT-16", "soort gebeurtenis: Steekpartij of Schietpartij"),
        ("severity in fatal", "ernst: met een dode"),
        ("decision:SCH-04 in text_approved", "besluit SCH-04: “text_approved”"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_dutch(text, words):
    assert parse(text).in_words() == words


def test_a_condition_names_the_answer_of_a_decision_when_it_is_told():
    said = parse("decision:SCH-04 in text_approved").in_words({"SCH-04 text_approved": "tekst is goed"})
    assert said == "besluit SCH-04: “tekst is goed”"


def test_a_condition_says_which_facts_it_asks_each_once():
    condition = parse("press and homes >= 1 and homes <= 9 and decision:SCH-04 in a and topic in EVT-13")
    assert condition.asks() == ("press", "homes", "decision:SCH-04", "topic")
    assert Condition().asks() == ()


@given(
    st.text(max_size=400) | st.text(alphabet=string.ascii_lowercase + " >=<|:-_0123456789SCH", max_size=80)
)
def test_random_text_is_a_condition_or_a_condition_error(text):
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition.holds({}) is (None if condition.clauses else True)
    assert condition.in_words()


_CLAUSES = st.sampled_from(
    [name for name, fact in facts().items() if fact.kind == "yes_no"]
    + [f"not {name}" for name, fact in facts().items() if fact.kind == "yes_no"]
    + [f"{name} >= 2" for name, fact in facts().items() if fact.kind == "number"]
)


@given(st.lists(_CLAUSES, min_size=1, max_size=4))
def test_every_listed_fact_can_be_asked_and_one_that_is_not_so_decides(clauses):
    condition = parse(" and ".join(clauses))
    first = condition.clauses[0]
    wrong = {"": False, "not": True, ">=": 1}[first.sign]
    assert condition.holds({}) is None
    assert condition.holds({first.name: wrong}) is False
