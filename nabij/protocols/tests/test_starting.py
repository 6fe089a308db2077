"""With which plan an event starts, and how a span is typed."""

import pytest

from nabij.protocols.actions import adopt_example, answer_version, import_plan, send_version
from nabij.protocols.examples import examples
from nabij.protocols.factories import MORNING, make_in_force
from nabij.protocols.models import Version
from nabij.protocols.plan import Due, Start
from nabij.protocols.queries import plan_for
from nabij.protocols.units import join_span, split_span
from nabij.protocols.writing import as_toml

EXPLOSION = examples()["P-EXP"].starts[0].topic


@pytest.mark.django_db
def test_what_is_in_force_goes_before_the_example_and_only_in_its_own_municipality(place):
    assert plan_for(place.heidebeek.pk, EXPLOSION, {}) == (None, examples()["P-EXP"])
    adopt_example(place.duinrand, "P-EXP", by=place.joost, at=MORNING)
    assert plan_for(place.duinrand.pk, EXPLOSION, {})[0] is None
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    found, plan = plan_for(place.heidebeek.pk, EXPLOSION, {})
    assert found == version
    assert plan == version.plan_in_use
    assert plan_for(place.duinrand.pk, EXPLOSION, {})[0] is None


@pytest.mark.django_db
def test_an_event_that_nothing_starts_gets_the_general_protocol(place):
    assert plan_for(place.heidebeek.pk, "EVT-99", {}) == (None, examples()["P-GEN"])
    version = make_in_force(place.heidebeek, "P-GEN", by=place.els)
    assert plan_for(place.heidebeek.pk, "EVT-99", {})[0] == version


@pytest.mark.django_db
def test_a_protocol_of_ones_own_goes_before_an_example(place):
    general = examples()["P-GEN"]
    steps = (general.steps[0].model_copy(update={"id": "OWN-01"}),)
    starts, parties = (Start(topic=EXPLOSION, condition="dead >= 1"),), examples()["P-EXP"].approved_by
    own = general.model_copy(
        update={"code": "P-OWN", "steps": steps, "starts": starts, "approved_by": parties}
    )
    draft = import_plan(place.heidebeek, as_toml(own), "own.toml", by=place.els, at=MORNING)
    _agree(draft, place)
    assert plan_for(place.heidebeek.pk, EXPLOSION, {"dead": 2})[0] == Version.objects.get(pk=draft.pk)
    assert plan_for(place.heidebeek.pk, EXPLOSION, {"dead": 0}) == (None, examples()["P-EXP"])
    assert plan_for(place.heidebeek.pk, EXPLOSION, {}) == (None, examples()["P-EXP"])


def _agree(draft, place):
    send_version(draft, by=place.els, at=MORNING)
    for party in draft.whole_plan.approved_by:
        who = {"municipality": place.els, "victim_support": place.tom, "police": place.hester}[party]
        answer_version(draft, True, by=who, at=MORNING)


@pytest.mark.parametrize(
    ("offset", "days", "number", "unit"),
    [
        ("PT0H", 0, 0, "hours"), ("PT24H", 0, 24, "hours"), ("PT1H30M", 0, 90, "minutes"),
        ("PT15M", 0, 15, "minutes"), ("P3D", 0, 3, "days"), ("P5W", 0, 5, "weeks"), ("P6M", 0, 6, "months"),
        ("P1Y", 0, 1, "years"), ("PT0H", 2, 2, "working_days"),
    ],
)  # fmt: skip
def test_a_span_is_typed_as_a_number_and_a_unit_and_comes_back_the_same(offset, days, number, unit):
    due = Due(start="trigger", offset=offset, working_days=days)
    assert split_span(due) == (number, unit)
    assert join_span(number, unit) == (offset, days)


def test_what_is_no_span_is_refused():
    with pytest.raises(ValueError, match="no span"):
        split_span(Due.model_construct(start="trigger", offset="soon", working_days=0))
