"""A good protocol broken in one place: the file, the step and the field are named, and all at once."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.protocols.examples import examples
from nabij.protocols.plan import Plan
from nabij.protocols.problems import PlanError
from nabij.protocols.reading import LARGEST, check_plan, plan_from, read_plan
from nabij.protocols.writing import as_dict, as_toml

GOOD = """
code = "P-TST"
title_nl = "Proef"
version = 1
owner_org = "municipality"
approved_by = ["municipality", "victim_support"]
checked_on = 2026-11-29
source = "Made up for this test"
starts = [{ topic = "EVT-13", condition = "dead >= 1" }]

[[steps]]
id = "TST-01"
title_nl = "Besluiten"
phase = "hours"
owner = { org = "municipality", role = "public_order_officer" }
due = { start = "trigger", offset = "PT4H", window = "08:00-21:00", not_before = "PT1H" }
evidence = { proof = "decision", fields = [{ name = "it", label_nl = "Besluit", kind = "choice", choices = [
  { code = "yes", label_nl = "ja" }, { code = "no", label_nl = "nee" } ] }] }

[[steps]]
id = "TST-02"
title_nl = "Doen"
phase = "days"
owner = { org = "victim_support", role = "support_worker" }
due = { start = "step:TST-01", offset = "P1D", every = "P1M", until = "P1Y" }
condition = "decision:TST-01 in yes and press"
evidence = { proof = "record", fields = [{ name = "what", label_nl = "Wat is er gedaan?" }] }
templates = ["T-CALL"]
"""


def broken(old: str, new: str) -> list[tuple[str, str]]:
    """The (step, field) of every problem after this change; each problem names the file."""
    assert GOOD.count(old) >= 1
    with pytest.raises(PlanError) as caught:
        read_plan(GOOD.replace(old, new, 1), name="p_tst.toml")
    assert {each.file for each in caught.value.problems} == {"p_tst.toml"}
    assert all(each.message and str(each).startswith("p_tst.toml") for each in caught.value.problems)
    return [(each.step, each.field) for each in caught.value.problems]


def test_the_good_one_is_good():
    plan = read_plan(GOOD, name="p_tst.toml")
    assert [step.id for step in plan.steps] == ["TST-01", "TST-02"]
    assert plan.step("TST-01").choices[0].label_nl == "ja"
    with pytest.raises(KeyError):
        plan.step("TST-03")


@pytest.mark.parametrize(
    ("old", "new", "step", "field"),
    [
        ('title_nl = "Proef"\n', "", "", "title_nl"),
        ('title_nl = "Proef"', 'title_nl = ""', "", "title_nl"),
        ('title_nl = "Proef"', 'title_nl = 7', "", "title_nl"),
        ('title_nl = "Proef"', f'title_nl = "{"x" * 301}"', "", "title_nl"),
        ('title_nl = "Proef"', 'titel = "Proef"\ntitle_nl = "Proef"', "", "titel"),
        ("version = 1", "version = 0", "", "version"),
        ("version = 1", 'version = "een"', "", "version"),
        ("checked_on = 2026-11-29", 'checked_on = "gisteren"', "", "checked_on"),
        ('code = "P-TST"', 'code = "TST"', "", "code"),
        ('owner_org = "municipality"', 'owner_org = "police"', "", "approved_by"),
        ('"municipality", "victim_support"]', '"municipality", "municipality"]', "", "approved_by"),
        ('["municipality", "victim_support"]', '[]', "", "approved_by"),
        ('["municipality", "victim_support"]', '["gemeente"]', "", "approved_by 1"),
        ('topic = "EVT-13"', 'topic = "EVT-99"', "", "starts 1.topic"),
        ('topic = "EVT-13"', 'topic = "explosie"', "", "starts 1.topic"),
        ("dead >= 1", "press", "", "starts 1.condition"),
        ("dead >= 1", "doden >= 1", "", "starts 1.condition"),
        ("dead >= 1", "decision:TST-01 in yes", "", "starts 1.condition"),
        ('starts = [', 'starts = [{ topic = "EVT-13", condition = "dead >= 1" }, ', "", "starts 2"),
        ('id = "TST-02"', 'id = "TST-01"', "TST-01", "id"),
        ('id = "TST-02"', 'id = "ABC-02"', "ABC-02", "id"),
        ('id = "TST-02"', 'id = "stap2"', "stap2", "id"),
        ('id = "TST-02"\n', "", "stap 2", "id"),
        ('title_nl = "Doen"\n', "", "TST-02", "title_nl"),
        ('phase = "days"', 'phase = "later"', "TST-02", "phase"),
        ('phase = "days"', 'phase = "days"\nwho = "ik"', "TST-02", "who"),
        ('phase = "days"', 'phase = "days"\nis_urgent = "soms"', "TST-02", "is_urgent"),
        ('role = "support_worker"', 'role = "bakker"', "TST-02", "owner.role"),
        ('role = "support_worker"', 'role = "mayor"', "TST-02", "owner.role"),
        ('phase = "days"', 'phase = "days"\nhelpers = [{ org = "police", role = "mayor" }]',
         "TST-02", "helpers 1.role"),
        ('phase = "days"', 'phase = "days"\nhelpers = "politie"', "TST-02", "helpers"),
        ('phase = "days"', 'phase = "days"\nhelpers = ["politie"]', "TST-02", "helpers 1"),
        ('step:TST-01", offset', 'step:TST-09", offset', "TST-02", "due.start"),
        ('step:TST-01", offset', 'morgen", offset', "TST-02", "due.start"),
        ('start = "step:TST-01", ', "", "TST-02", "due.start"),
        ('start = "trigger"', 'start = "standing"', "TST-01", "due.offset"),
        ('start = "trigger"', 'start = "told"', "TST-01", "due.offset"),
        ('"PT4H"', '"4 uur"', "TST-01", "due.offset"),
        ('"PT4H"', '"P9999Y"', "TST-01", "due.offset"),
        ('"PT4H"', '"P٤D"', "TST-01", "due.offset"),
        ('"TST-02"', '"TST-٠٢"', "TST-٠٢", "id"),
        ('"08:00-21:00"', '"21:00-08:00"', "TST-01", "due.window"),
        ('"08:00-21:00"', '"08:00-08:00"', "TST-01", "due.window"),
        ('"08:00-21:00"', '"8-21"', "TST-01", "due.window"),
        ('not_before = "PT1H"', 'not_before = "PT5H"', "TST-01", "due.not_before"),
        ('not_before = "PT1H"', 'at = "straks"', "TST-01", "due.at"),
        ('not_before = "PT1H"', "working_days = 99", "TST-01", "due.working_days"),
        ('not_before = "PT1H"', 'also = ["later"]', "TST-01", "due.also 1"),
        (', until = "P1Y"', "", "TST-02", "due.until"),
        (', every = "P1M"', "", "TST-02", "due.every"),
        ('every = "P1M"', 'every = "PT0H"', "TST-02", "due.every"),
        ('every = "P1M"', 'every = "P2Y"', "TST-02", "due.every"),
        ('every = "P1M"', 'every = "PT1H"', "TST-02", "due.every"),
        ("in yes and press", "in maybe and press", "TST-02", "condition"),
        ("decision:TST-01 in yes and press", "decision:TST-09 in yes", "TST-02", "condition"),
        ("decision:TST-01 in yes and press", "pers", "TST-02", "condition"),
        ("decision:TST-01 in yes and press", "press or dead", "TST-02", "condition"),
        ('kind = "choice", choices = [\n  { code = "yes", label_nl = "ja" }, { code = "no", '
         'label_nl = "nee" } ]', 'kind = "text"', "TST-01", "evidence.fields"),
        ('{ code = "yes", label_nl = "ja" }, ', "", "TST-01", "evidence.fields 1.choices"),
        ('{ code = "yes", label_nl = "ja" }', '{ code = "no", label_nl = "ja" }', "TST-01",
         "evidence.fields 1.choices"),
        ('kind = "choice"', 'kind = "number"', "TST-01", "evidence.fields 1.choices"),
        ('code = "yes"', 'code = "Ja graag"', "TST-01", "evidence.fields 1.choices 1.code"),
        ('"Wat is er gedaan?"', '"Naam van de bewoner"', "TST-02", "evidence.fields 1.label_nl"),
        ('"Wat is er gedaan?" }', '"Wat?" }, { name = "what", label_nl = "Wat nog meer?" }', "TST-02",
         "evidence.fields 1.name"),
        ('"T-CALL"', '"T-ZZZ"', "TST-02", "templates"),
        ('proof = "record"', 'proof = "foto"', "TST-02", "evidence.proof"),
    ],
)  # fmt: skip
def test_a_broken_file_names_step_and_field(old, new, step, field):
    assert (step, field) in broken(old, new)


def test_a_step_that_waits_for_itself_by_way_of_another_is_found_in_both():
    assert broken('start = "trigger"', 'start = "step:TST-02"') == [
        ("TST-01", "due.start"),
        ("TST-02", "due.start"),
    ]


def test_all_problems_are_said_at_once_also_beside_a_wrong_shape():
    found = broken('title_nl = "Besluiten"\nphase = "hours"', 'phase = "nu"\nis_urgent = "x"')
    assert found == [("TST-01", "title_nl"), ("TST-01", "phase"), ("TST-01", "is_urgent")]
    text = GOOD.replace('phase = "hours"', 'phase = "nu"').replace('"T-CALL"', '"T-ZZZ"')
    text = text.replace("EVT-13", "EVT-98").replace('role = "support_worker"', 'role = "bakker"')
    with pytest.raises(PlanError) as caught:
        read_plan(text, name="x.toml")
    assert [(each.step, each.field) for each in caught.value.problems] == [
        ("TST-01", "phase"), ("", "starts 1.topic"), ("TST-02", "owner.role"), ("TST-02", "templates"),
    ]  # fmt: skip


def test_a_decision_in_a_broken_step_is_not_blamed_on_the_step_that_asks_it():
    assert broken('phase = "hours"', 'phase = "nu"') == [("TST-01", "phase")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace('title_nl = "Proef"', "title_nl = Proef"), "regel 3"),
        ("code = ", "te vroeg"),
        ("a = " + "[" * 5000, "niet te lezen"),
        ("a." * 90_000 + "a = 1", "niet te lezen"),
        ("# " + "x" * LARGEST, "200 kB"),
    ],
)
def test_a_file_that_is_no_toml_or_too_large_is_refused_whole(text, says):
    with pytest.raises(PlanError, match=says) as caught:
        read_plan(text, name="kapot.toml")
    assert [(each.file, each.step) for each in caught.value.problems] == [("kapot.toml", "")]


@pytest.mark.parametrize("text", ["", "steps = 3", "steps = [3]\nstarts = 1\napproved_by = 2", "code = 4"])
def test_a_file_with_other_things_in_it_says_what_is_missing(text):
    with pytest.raises(PlanError) as caught:
        read_plan(text, name="leeg.toml")
    assert "title_nl" in {each.field for each in caught.value.problems}


def places(node, path=()):
    """Every place in a file, as the keys and numbers that lead to it."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


@pytest.mark.parametrize("value", [3, "x", "", True, [], [1], {}, {"id": 4}, 1.5, date(2026, 1, 1), None])
def test_whatever_stands_in_any_place_is_refused_in_words_or_accepted(value):
    for path in places(tomllib.loads(GOOD)):
        data = tomllib.loads(GOOD)
        node = data
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value
        try:
            found = plan_from(data, name="x.toml")
        except PlanError as error:
            found = error.problems
        assert isinstance(found, Plan) or (found and all(each.message for each in found))


@given(st.text(max_size=300))
def test_random_text_is_refused_in_words(text):
    with pytest.raises(PlanError):
        read_plan(text, name="x.toml")


def test_signs_that_nobody_can_read_are_refused():
    assert broken('"Doen"', '"Doen\\u0000"') == [("", "")]


def test_a_plan_out_of_the_database_is_read_again():
    plan = read_plan(GOOD, name="p_tst.toml")
    assert plan_from(as_dict(plan), name="P-TST") == plan


def test_a_step_changed_by_hand_is_checked_again():
    plan = read_plan(GOOD, name="p_tst.toml")
    assert check_plan(plan, name="P-TST") == plan
    other = plan.steps[1].model_copy(update={"condition": "decision:TST-01 in maybe"})
    with pytest.raises(PlanError, match="TST-02 · condition"):
        check_plan(plan.model_copy(update={"steps": (plan.steps[0], other)}), name="P-TST")


@pytest.mark.parametrize("code", list(examples()))
def test_every_example_is_the_same_after_writing_and_reading(code):
    plan = examples()[code]
    assert read_plan(as_toml(plan), name="again.toml") == plan
    assert plan_from(as_dict(plan), name=code) == plan


def test_a_time_of_another_part_of_the_world_is_refused_because_it_cannot_be_kept_in_a_file():
    late = 'start = "trigger", offset = "PT4H", at = "10:00+02:00"'
    assert broken('start = "trigger", offset = "PT4H"', late) == [("TST-01", "due.at")]
