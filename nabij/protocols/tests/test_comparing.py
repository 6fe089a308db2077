import pytest

from nabij.protocols.comparing import differences
from nabij.protocols.examples import examples
from nabij.protocols.plan import Due, Owner, Plan

EXP = "P-EXP"


def changed(step_id: str, **values: object) -> Plan:
    """The explosion example with one step changed."""
    plan = examples()[EXP]
    steps = tuple(each.model_copy(update=values) if each.id == step_id else each for each in plan.steps)
    return plan.model_copy(update={"steps": steps})


@pytest.mark.parametrize("code", list(examples()))
def test_a_plan_does_not_differ_from_itself(code):
    assert differences(examples()[code], examples()[code]) == []


def test_another_version_day_or_source_is_no_difference():
    other = examples()[EXP].model_copy(update={"version": 2, "source": "later"})
    assert differences(examples()[EXP], other) == []


@pytest.mark.parametrize(
    ("step", "values", "field", "before", "after"),
    [
        ("EXP-17", {"due": Due(start="trigger", offset="P2D", working_days=1, window="09:00-18:00")},
         "wanneer", "24 uur na de gebeurtenis, tussen 08:00 en 21:00",
         "2 dagen en 1 werkdag na de gebeurtenis, tussen 09:00 en 18:00"),
        ("EXP-01", {"owner": Owner(org="municipality", role="mayor")}, "wie", "politie, meldkamer",
         "gemeente, burgemeester"),
        ("EXP-01", {"helpers": ()}, "samen met",
         "gemeente, ambtenaar openbare orde en veiligheid", "niemand"),
        ("EXP-04", {"condition": ""}, "voorwaarde", "er zijn mensen hun huis uit", "altijd"),
        ("EXP-04", {"templates": ()}, "modellen", "opvangkaart", "niets"),
        ("EXP-05", {"person": ""}, "grond", "alleen als de persoon het goed vindt", "niets"),
        ("EXP-01", {"is_urgent": False}, "spoed", "ja", "nee"),
        ("EXP-01", {"phase": "days"}, "fase", "eerste uren", "eerste dagen"),
        ("EXP-04", {"explanation_nl": ""}, "uitleg",
         "Zorg voor een warme plek met drinken, telefoon en medicijnen. Denk ook aan de dieren.", "niets"),
    ],
)  # fmt: skip
def test_a_changed_step_is_told_field_by_field_in_dutch(step, values, field, before, after):
    (found,) = differences(examples()[EXP], changed(step, **values))
    assert (found.kind, found.step, found.field_nl, found.before, found.after) == (
        "changed", step, field, before, after,
    )  # fmt: skip


def test_the_proof_is_told_with_its_fields_and_answers():
    plan = examples()[EXP]
    (found,) = differences(plan, changed("EXP-16", evidence=plan.step("EXP-03").evidence))
    assert found.before == "besluit (Besluit: wel maatregelen / geen maatregelen, Reden)"
    assert found.after == "korte notitie (Hoeveel mensen komen er?, Hoe laat zijn zij er?)"


def test_steps_added_and_dropped_are_told_whole():
    whole = examples()[EXP]
    less = whole.model_copy(update={"steps": whole.steps[:-1]})
    (dropped,) = differences(whole, less)
    (added,) = differences(less, whole)
    assert (dropped.kind, dropped.step, added.kind, added.step) == ("dropped", "EXP-27", "added", "EXP-27")
    assert added.after == dropped.before != ""
    assert added.after.startswith("EXP-27 Terugkijken met alle partners (gemeente, ")


def test_another_order_of_the_same_steps_is_one_difference():
    plan = examples()[EXP]
    (found,) = differences(plan, plan.model_copy(update={"steps": plan.steps[1:] + plan.steps[:1]}))
    assert (found.field_nl, found.step) == ("volgorde van de stappen", "")


def test_what_changed_in_the_protocol_itself_is_told():
    plan = examples()[EXP]
    other = plan.model_copy(update={
        "approved_by": ("municipality",), "starts": (), "owner_org": "safety_region", "title_nl": "Anders",
    })  # fmt: skip
    found = {each.field: (each.before, each.after) for each in differences(plan, other)}
    assert found["approved_by"] == ("gemeente, slachtofferhulp, politie", "gemeente")
    assert found["owner_org"] == ("gemeente", "veiligheidsregio")
    assert found["title_nl"] == ("Nazorg na een explosie", "Anders")
    assert found["starts"][1] == "niets"
