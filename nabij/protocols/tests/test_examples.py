"""The eight worked protocols: every step of the handbook, and every event starts exactly one of them."""

from datetime import time
from itertools import product
from typing import get_args

import pytest

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.guide.topics import topics
from nabij.protocols.comparing import _OF_PLAN, _OF_STEP
from nabij.protocols.conditions import parse
from nabij.protocols.examples import GENERAL, example_for, examples, starts
from nabij.protocols.lists import codes, facts, platform_kind, roles
from nabij.protocols.plan import Org, Phase, Proof, Step

COUNTS = {"P-BUR": 14, "P-DIS": 24, "P-EXP": 27, "P-HOM": 26, "P-ONL": 14, "P-ROB": 16, "P-SCH": 22}
EVENTS = {
    "P-BUR": ["EVT-05", "EVT-18"],
    "P-DIS": ["EVT-10"],
    "P-EXP": ["EVT-13", "EVT-16", "EVT-19"],
    "P-GEN": ["EVT-01", "EVT-02", "EVT-03", "EVT-06", "EVT-07", "EVT-08", "EVT-09", "EVT-11", "EVT-14",
              "EVT-15", "EVT-17", "EVT-25", "EVT-26", "EVT-30", "EVT-32", "EVT-33"],
    "P-HOM": ["EVT-28"],
    "P-ONL": ["EVT-04", "EVT-20", "EVT-21", "EVT-22", "EVT-23", "EVT-24", "EVT-27"],
    "P-ROB": ["EVT-12"],
    "P-SCH": ["EVT-31"],
}  # fmt: skip


def step(step_id: str) -> Step:
    """A step of an example by its number."""
    return examples()[f"P-{step_id[:3]}"].step(step_id)


def test_the_seven_have_all_steps_of_the_handbook_in_order():
    found = {code: [each.id for each in plan.steps] for code, plan in examples().items() if code != GENERAL}
    assert found == {
        code: [f"{code[2:]}-{n:02}" for n in range(code != "P-ROB", count + (code != "P-ROB"))]
        for code, count in COUNTS.items()
    }
    assert sum(map(len, found.values())) == 143


def test_the_general_one_has_eight_steps_for_everybody_and_others_for_some_events():
    plan = examples()[GENERAL]
    assert list(examples())[-1] == GENERAL
    assert [each.id for each in plan.steps if not each.condition] == [f"GEN-0{n}" for n in range(1, 9)]
    for each in plan.steps[8:]:
        assert each.condition.startswith("topic in ")
    # every topic that has a step of its own starts the general protocol
    named = {code for each in plan.steps[8:] for code in each.condition.split()[2].split("|")}
    assert named <= {start.topic for start in plan.starts}
    assert {"EVT-07", "EVT-02", "EVT-30", "EVT-03", "EVT-09"} <= named


@pytest.mark.parametrize("code", list(EVENTS))
def test_every_event_starts_the_protocol_of_the_handbook(code):
    assert [topic for topic in topics() if example_for(topic, {}).code == code] == EVENTS[code]


@pytest.mark.parametrize("topic", list(topics()))
def test_whatever_is_known_an_event_starts_exactly_one(topic):
    for dead, homes, people in product((None, 0, 1, 9), (None, 0, 9, 10), (None, 0, 99, 100)):
        counts = {"dead": dead, "homes": homes, "people": people}
        known = {name: number for name, number in counts.items() if number is not None}
        found = [starts(plan, topic, known) for plan in examples().values()]
        assert max(found) > 0
        assert found.count(max(found)) == 1


@pytest.mark.parametrize(
    ("topic", "known", "code"),
    [
        ("EVT-08", {"dead": 0}, "P-GEN"),
        ("EVT-08", {"dead": 1}, "P-HOM"),
        ("EVT-15", {"dead": 1}, "P-HOM"),
        ("EVT-16", {"dead": 2}, "P-HOM"),
        ("EVT-16", {"dead": 0}, "P-EXP"),
        ("EVT-19", {"homes": 9, "people": 99}, "P-EXP"),
        ("EVT-19", {"homes": 10}, "P-DIS"),
        ("EVT-19", {"people": 212}, "P-DIS"),
        ("EVT-99", {}, "P-GEN"),
    ],
)
def test_a_death_or_the_size_decides_which_one(topic, known, code):
    assert example_for(topic, known).code == code


def test_after_an_explosion_the_moments_are_those_of_the_scenario():
    """S01-3 and S01-9."""
    due = {number: step(f"EXP-{number:02}").due for number in (4, 6, 11, 17, 21, 22)}
    assert (due[4].start, due[4].offset, due[6].offset) == ("trigger", "PT1H30M", "PT4H")
    assert (due[17].offset, due[17].window, due[17].on) == ("PT24H", "08:00-21:00", "any_day")
    assert (due[11].window, step("EXP-11").condition) == ("08:00-21:00", "scene_open")
    assert (due[21].offset, due[21].on) == ("P7D", "working_day")
    assert (due[22].offset, due[22].on) == ("P5W", "working_day")


def test_the_parents_decide_before_class_and_letter():
    """S04-3: approved, without the cause, or not reached after two hours."""
    answers = {each.code: each.not_before for each in step("SCH-04").choices}
    assert answers == {"text_approved": None, "cause_not_named": None, "not_reached": "PT2H"}
    for waiting in ("SCH-07", "SCH-09"):
        assert step(waiting).condition == "decision:SCH-04 in text_approved|cause_not_named|not_reached"


def test_the_school_is_followed_for_two_years():
    """S04-8 and S04-9."""
    follow, watch, year = step("SCH-18").due, step("SCH-20").due, step("SCH-21").due
    assert (follow.offset, follow.also) == ("P7D", ("P14D", "P28D"))
    assert (watch.offset, watch.every, watch.until) == ("P4M", "P4M", "P2Y")
    assert (year.offset, year.at) == ("P1Y", time(17))


def test_what_is_written_down_at_school_holds_no_words_about_pupils():
    """S04-5 and S04-6."""
    kinds = {asked.kind for each in examples()["P-SCH"].steps for asked in each.evidence.fields}
    assert kinds <= {"number", "yes_no", "day", "choice"}
    assert step("SCH-11").evidence.fields == ()


def test_the_centre_is_open_two_hours_after_the_commission():
    """S05-2."""
    assert step("DIS-06").due.offset == "PT2H"
    assert (step("DIS-07").due.start, step("DIS-07").due.offset) == ("commission", "PT2H")
    assert [each.code for each in step("ROB-02").choices] == ["yes", "no", "later"]
    assert (step("HOM-04").due.start, step("HOM-04").due.offset) == ("step:HOM-03", "PT4H")


def test_every_step_says_why_and_touches_a_person_only_on_a_ground():
    for plan in examples().values():
        assert plan.needs_decision
        for each in plan.steps:
            assert each.explanation_nl, each.id
            if "T-WISH" in each.templates or "T-CALL" in each.templates:
                assert each.person or plan.code == "P-SCH", each.id


def test_what_somebody_tells_is_asked_once():
    """A step that begins when it is told to have happened asks nobody a second thing."""
    for plan in examples().values():
        for each in plan.steps:
            asked = parse(each.condition).asks() if each.due.start == "told" else ()
            assert all(facts()[name].source == "incident" for name in asked), each.id


def test_every_fact_that_is_told_is_asked_by_some_example():
    asked = {
        name for plan in examples().values() for each in plan.steps for name in parse(each.condition).asks()
    }
    assert {name for name, fact in facts().items() if fact.source != "incident"} - asked == {"severity"}


def test_only_what_is_urgent_falls_due_at_night():
    for plan in examples().values():
        for each in plan.steps:
            if not each.is_urgent and each.due.start == "trigger" and each.due.offset != "PT0H":
                assert each.due.window or each.due.at, each.id


def test_every_step_of_municipality_or_victim_support_has_somebody_here_to_tick_it():
    may = {role for role, permissions in PERMISSIONS.items() if Permission.RUN_AFTERCARE in permissions}
    for word in roles().values():
        assert set(word.orgs) <= set(get_args(Org)), word.word
        here = {Role(each) for each in word.platform}
        if {"municipality", "victim_support"} & set(word.orgs):
            assert here & may, word.word
    owners = {each.owner.role for plan in examples().values() for each in plan.steps}
    helpers = {one.role for plan in examples().values() for each in plan.steps for one in each.helpers}
    assert owners | helpers <= set(roles())


def test_the_lists_name_everything_that_a_plan_can_hold():
    assert set(codes("org")) == set(get_args(Org))
    assert set(codes("phase")) == set(get_args(Phase))
    assert set(codes("proof")) == set(get_args(Proof))
    assert {*_OF_PLAN, *_OF_STEP, "order"} == set(codes("field"))
    assert {platform_kind(org) for org in codes("org")} - {""} == set(OrganisationKind.values)


def test_a_comparison_forgets_no_field_of_a_step():
    assert {*_OF_STEP, "id"} == set(Step.model_fields)


def test_every_fact_can_be_asked_and_said():
    for fact in facts().values():
        assert fact.ask_nl.rstrip(".").endswith(("?", "op")), fact.name
        assert fact.yes_nl, fact.name
        assert bool(fact.no_nl) == (fact.kind == "yes_no"), fact.name
        assert bool(fact.choices) == (fact.kind == "choice"), fact.name
        assert bool(fact.proof and fact.number) == (fact.source == "proof"), fact.name
        assert fact.source != "proof" or fact.proof in get_args(Proof), fact.name
    assert [name for name, fact in facts().items() if fact.source == "incident"] == [
        "topic", "people", "injured", "dead", "homes", "children",
    ]  # fmt: skip
