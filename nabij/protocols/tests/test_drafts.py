"""A draft begins, changes with a reason, and may be dropped; a version in force never changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.protocols.actions import (
    PartiesMissing,
    Shared,
    adopt_example,
    adopt_shared,
    change_step,
    drop_draft,
    import_plan,
    renew_version,
    send_version,
    take_over,
)
from nabij.protocols.editing import Change, change_of
from nabij.protocols.examples import examples
from nabij.protocols.factories import MORNING, make_in_force
from nabij.protocols.models import ALLOWED, ChangeReason, State, Version
from nabij.protocols.plan import Owner
from nabij.protocols.problems import PlanError
from nabij.protocols.queries.differences import differences_of, example_changes
from nabij.protocols.queries.versions import has_new_example
from nabij.protocols.writing import as_dict, as_toml

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=1)


def changed(version, step_id, **wanted):
    now = change_of(version.whole_plan.step(step_id), is_on=step_id not in version.off)
    return Change(**{**now.__dict__, "reason": "Dat past hier beter", **wanted})


@pytest.fixture
def draft(place):
    return adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)


def test_an_example_becomes_a_draft_with_the_same_steps(draft):
    assert draft.state == State.DRAFT
    assert draft.number == 1
    assert [step.id for step in draft.plan_in_use.steps] == [step.id for step in examples()["P-EXP"].steps]
    assert not has_new_example(draft)


def test_there_is_one_draft_at_a_time(place, draft):
    with pytest.raises(ValidationError, match="al een concept"):
        adopt_example(place.heidebeek, "P-EXP", by=place.els, at=MORNING)
    adopt_example(place.duinrand, "P-EXP", by=place.joost, at=MORNING)
    assert Version.objects.count() == 2


def test_a_dropped_draft_makes_room_for_a_next_one_with_its_own_number(place, draft):
    drop_draft(draft, by=place.els, at=LATER)
    assert adopt_example(place.heidebeek, "P-EXP", by=place.tom, at=LATER).number == 2
    with pytest.raises(PermissionDenied):
        drop_draft(draft, by=place.els, at=LATER)


def test_another_moment_hours_and_owner_are_kept_with_the_reason(place, draft):
    change = changed(
        draft, "EXP-17", number=90, unit="minutes", window="09:00-20:00",
        owner=Owner(org="municipality", role="communication_adviser"),
    )  # fmt: skip
    held = change_step(draft, "EXP-17", change, by=place.els, at=LATER)
    step = held.whole_plan.step("EXP-17")
    assert (step.due.offset, step.due.window) == ("PT1H30M", "09:00-20:00")
    assert step.owner.role == "communication_adviser"
    reason = ChangeReason.objects.get()
    assert (reason.step_id, reason.reason, reason.changed_by) == ("EXP-17", change.reason, place.els.id)
    assert set(reason.fields) == {"offset", "window", "owner"}


def test_working_days_take_the_place_of_hours(place, draft):
    held = change_step(
        draft, "EXP-17", changed(draft, "EXP-17", number=3, unit="working_days"), by=place.els, at=LATER
    )
    assert held.whole_plan.step("EXP-17").due.working_days == 3
    assert held.whole_plan.step("EXP-17").due.offset == "PT0H"


def test_a_step_that_is_off_is_not_in_the_plan_in_use_and_comes_back(place, draft):
    off = change_step(draft, "EXP-25", changed(draft, "EXP-25", is_on=False), by=place.els, at=LATER)
    assert "EXP-25" not in {step.id for step in off.plan_in_use.steps}
    assert "EXP-25" in {step.id for step in off.whole_plan.steps}
    on = change_step(off, "EXP-25", changed(off, "EXP-25", is_on=True), by=place.els, at=LATER)
    assert on.off == []


def test_a_step_for_which_another_waits_cannot_be_switched_off(place, draft):
    with pytest.raises(PlanError) as found:
        change_step(draft, "EXP-04", changed(draft, "EXP-04", is_on=False), by=place.els, at=LATER)
    assert "EXP-05" in {problem.step for problem in found.value.problems}
    draft.refresh_from_db()
    assert draft.off == []


def test_a_change_of_nothing_is_refused(place, draft):
    with pytest.raises(ValidationError, match="niets gewijzigd"):
        change_step(draft, "EXP-17", changed(draft, "EXP-17"), by=place.els, at=LATER)


def test_the_database_wants_a_reason(place, draft):
    with pytest.raises(IntegrityError, match="a_change_has_a_reason"), transaction.atomic():
        change_step(draft, "EXP-25", changed(draft, "EXP-25", is_on=False, reason=""), by=place.els, at=LATER)


def test_an_unknown_step_or_example_is_an_error_of_the_caller(place, draft):
    with pytest.raises(KeyError):
        change_step(draft, "EXP-99", changed(draft, "EXP-01"), by=place.els, at=LATER)
    with pytest.raises(KeyError):
        adopt_example(place.heidebeek, "P-XXX", by=place.els, at=LATER)


def test_what_was_sent_or_is_in_force_no_longer_changes(place, draft):
    sent = send_version(draft, by=place.els, at=LATER)
    with pytest.raises(PermissionDenied):
        change_step(sent, "EXP-25", changed(sent, "EXP-25", is_on=False), by=place.els, at=LATER)
    with pytest.raises(PermissionDenied):
        take_over(sent, None, by=place.els, at=LATER)


@pytest.mark.parametrize("change", [{"plan": {}}, {"off": ["EXP-01"]}, {"number": 9}, {"base": None}])
def test_the_database_refuses_a_change_of_a_version_in_force(place, change):
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    with pytest.raises(IntegrityError, match="only a draft can change"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_the_database_keeps_what_was_in_force(place):
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    with pytest.raises(IntegrityError, match="what was in force is kept"), transaction.atomic():
        version.delete()


def test_a_version_begins_as_a_draft(place, draft):
    with pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        Version.objects.create(
            protocol=draft.protocol, number=9, plan=draft.plan, state=State.SENT, sent_at=LATER,
            made_at=LATER, made_by=place.els.id,
        )  # fmt: skip


@pytest.mark.parametrize("state", State.values)
def test_the_database_knows_the_same_ways_as_the_house(place, draft, state):
    """From draft: sent and dropped, nothing else."""
    wanted = {"state": state}
    wanted |= {"sent_at": LATER} if state in ("sent", "in_force", "replaced") else {}
    wanted |= {"in_force_at": LATER} if state in ("in_force", "replaced") else {}
    wanted |= {"ended_at": LATER} if state in ("replaced", "dropped") else {}
    rows = Version.objects.filter(pk=draft.pk)
    if state == State.DRAFT or state in ALLOWED[State.DRAFT]:
        assert rows.update(**wanted) == 1
        return
    with pytest.raises(IntegrityError, match="does not go from"), transaction.atomic():
        rows.update(**wanted)


def test_a_new_draft_begins_as_the_version_in_force_is(place):
    version = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    made = renew_version(version, by=place.tom, at=LATER)
    assert (made.number, made.state, made.plan, made.base) == (2, State.DRAFT, version.plan, version.base)
    with pytest.raises(PermissionDenied):
        renew_version(made, by=place.tom, at=LATER)
    with pytest.raises(ValidationError, match="al een concept"):
        renew_version(version, by=place.tom, at=LATER)


def test_who_is_not_of_this_municipality_changes_nothing(place, draft):
    for stranger in (place.joost, place.zoe, place.hester, SYSTEM):
        for act in (
            lambda who=stranger: adopt_example(place.heidebeek, "P-GEN", by=who, at=LATER),
            lambda who=stranger: import_plan(
                place.heidebeek, as_toml(examples()["P-GEN"]), "p.toml", by=who, at=LATER
            ),
            lambda who=stranger: change_step(
                draft, "EXP-25", changed(draft, "EXP-25", is_on=False), by=who, at=LATER
            ),
            lambda who=stranger: drop_draft(draft, by=who, at=LATER),
            lambda who=stranger: send_version(draft, by=who, at=LATER),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert Version.objects.get() == draft


def test_a_file_becomes_a_draft(place):
    made = import_plan(place.heidebeek, as_toml(examples()["P-GEN"]), "gen.toml", by=place.els, at=MORNING)
    assert made.whole_plan == examples()["P-GEN"]
    assert made.base_plan is None
    assert not has_new_example(made)
    with pytest.raises(ValidationError, match="voorbeeld is niet gewijzigd"):
        take_over(made, None, by=place.els, at=LATER)


def test_a_file_may_not_leave_out_a_party_that_must_agree(place):
    plan = examples()["P-EXP"].model_copy(update={"approved_by": ("municipality",)})
    with pytest.raises(PartiesMissing) as found:
        import_plan(place.heidebeek, as_toml(plan), "exp.toml", by=place.els, at=MORNING)
    assert found.value.parties == ["victim_support", "police"]
    assert not Version.objects.exists()


def test_another_name_for_the_plan_of_an_event_gets_round_no_party(place):
    plan = examples()["P-EXP"]
    steps = (plan.steps[0].model_copy(update={"id": "OWN-01"}),)
    own = plan.model_copy(update={"code": "P-OWN", "steps": steps, "approved_by": ("municipality",)})
    with pytest.raises(PartiesMissing) as found:
        import_plan(place.heidebeek, as_toml(own), "own.toml", by=place.els, at=MORNING)
    assert found.value.parties == ["victim_support", "police"]
    assert not Version.objects.exists()


def test_a_file_of_a_protocol_without_example_asks_its_own_parties(place):
    plan = examples()["P-GEN"].model_copy(update={"code": "P-OWN"})
    steps = tuple(each.model_copy(update={"id": f"OWN-{each.id[-2:]}"}) for each in plan.steps[:1])
    text = as_toml(plan.model_copy(update={"steps": steps, "starts": ()}))
    assert import_plan(place.heidebeek, text, "own.toml", by=place.els, at=MORNING).protocol.code == "P-OWN"


def test_an_unfit_file_says_all_that_is_wrong(place):
    text = as_toml(examples()["P-EXP"]).replace('"PT1H30M"', '"snel"').replace('"EXP-27"', '"EXP-26"')
    with pytest.raises(PlanError) as found:
        import_plan(place.heidebeek, text, "exp.toml", by=place.els, at=MORNING)
    assert len(found.value.problems) > 1


def test_what_was_made_together_becomes_a_draft(place):
    plan = examples()["P-EXP"]
    shared = Shared(plan, ("EXP-25",), plan, place.heidebeek.pk)
    made = adopt_shared(place.duinrand, shared, by=place.joost, at=MORNING)
    assert made.off == ["EXP-25"]
    assert TrailEntry.objects.filter(verb="protocol.shared_adopted", subject_id=made.pk).exists()


@pytest.fixture
def behind(draft):
    """The draft as if the example was renewed since: EXP-17 had another moment, EXP-25 was not there."""
    old = examples()["P-EXP"]
    letter = old.step("EXP-17")
    slower = letter.model_copy(update={"due": letter.due.model_copy(update={"offset": "P2D"})})
    steps = tuple(slower if step.id == "EXP-17" else step for step in old.steps if step.id != "EXP-25")
    base = as_dict(old.model_copy(update={"steps": steps, "title_nl": "Oude titel"}))
    Version.objects.filter(pk=draft.pk).update(base=base, plan=base)
    return Version.objects.get(pk=draft.pk)


def test_a_renewed_example_shows_per_step_what_changed(place, behind):
    assert has_new_example(behind)
    found = {change.step_id: change for change in example_changes(behind)}
    assert set(found) == {"", "EXP-17", "EXP-25"}
    mine = change_step(
        behind, "EXP-17", changed(behind, "EXP-17", number=3, unit="days"), by=place.els, at=LATER
    )
    assert {each.step_id for each in example_changes(mine) if each.is_ours_too} == {"EXP-17"}


def test_one_step_of_a_renewed_example_is_taken_over(place, behind):
    held = take_over(behind, ["EXP-25"], by=place.els, at=LATER)
    assert held.whole_plan.step("EXP-25") == examples()["P-EXP"].step("EXP-25")
    assert held.whole_plan.step("EXP-17").due.offset == "P2D"
    assert {change.step_id for change in example_changes(held)} == {"", "EXP-17"}
    with pytest.raises(ValidationError, match="niets gewijzigd"):
        take_over(held, ["EXP-01"], by=place.els, at=LATER)


def test_a_renewed_example_is_taken_over_whole(place, behind):
    held = take_over(behind, None, by=place.els, at=LATER)
    assert held.whole_plan == examples()["P-EXP"]
    assert not has_new_example(held)
    with pytest.raises(ValidationError, match="voorbeeld is niet gewijzigd"):
        take_over(held, None, by=place.els, at=LATER)


def test_a_step_that_left_the_example_leaves_the_draft(place, draft):
    plan = examples()["P-EXP"]
    gone = plan.step("EXP-25").model_copy(update={"id": "EXP-98"})
    base = as_dict(plan.model_copy(update={"steps": (*plan.steps, gone)}))
    Version.objects.filter(pk=draft.pk).update(base=base, plan=base, off=["EXP-98"])
    held = take_over(draft, ["EXP-98"], by=place.els, at=LATER)
    assert "EXP-98" not in {step.id for step in held.whole_plan.steps}
    assert held.off == []


def test_a_version_is_compared_with_the_example_and_with_the_one_before(place):
    first = make_in_force(place.heidebeek, "P-EXP", by=place.els)
    made = renew_version(first, by=place.els, at=LATER)
    made = change_step(made, "EXP-25", changed(made, "EXP-25", is_on=False), by=place.els, at=LATER)
    compared = differences_of(made, place.els, LATER)
    assert compared.previous == first
    assert [(each.kind, each.step) for each in compared.since_previous] == [("dropped", "EXP-25")]
    assert [(each.kind, each.step) for each in compared.since_example] == [("dropped", "EXP-25")]
    assert differences_of(first, place.els, LATER).since_previous is None
