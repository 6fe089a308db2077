"""Who helps: certified, with room, without a tie; a caseload moves whole; the rule for a case manager."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.academy.models import Certificate
from nabij.audit.actor import ANONYMOUS
from nabij.cases.actions import assign, move_caseload, override_case_manager, reclassify, tell_tie
from nabij.cases.actions.tasks import finish_task
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Case, CaseHelper, CaseTie, Part, Task, TaskKind
from nabij.cases.policies import gets_case_manager
from nabij.cases.queries import candidates_for, case_for, leader_tasks
from nabij.cases.queries.files import file_of, history_of
from nabij.rosters.models import Profile


def open_tasks(case, kind):
    return Task.objects.to_do().filter(case=case, kind=kind).count()


def test_the_leader_gives_a_case_and_it_opens_to_who_got_it(noordwest):
    case = make_case(team=noordwest.team)
    assign(case, noordwest.member.ayla, Part.MAIN, by=noordwest.olaf, at=WEDNESDAY)
    assign(case, noordwest.member.daan, Part.DEPUTY, by=noordwest.olaf, at=WEDNESDAY)
    assert not open_tasks(case, TaskKind.ASSIGN)
    for who in (noordwest.ayla, noordwest.daan, noordwest.olaf):
        assert case_for(who, case.pk, WEDNESDAY) == case
    assign(case, noordwest.member.vera, Part.MAIN, by=noordwest.olaf, at=WEDNESDAY + timedelta(hours=1))
    assert case_for(noordwest.ayla, case.pk, WEDNESDAY + timedelta(hours=1)) is None
    assert CaseHelper.objects.filter(case=case, part=Part.MAIN).count() == 2
    assert Case.objects.get().helper == noordwest.member.vera
    file = file_of(case, noordwest.vera, WEDNESDAY)
    assert [each.part for each in file.helpers] == [Part.DEPUTY, Part.MAIN]
    assert (file.must_read, file.rule_text) == (False, "Er is geen contactregel afgesproken.")
    assert "teamleider van Noordwest" in history_of(case, WEDNESDAY + timedelta(hours=2)).readers


def test_only_the_leader_of_the_team_assigns_and_only_colleagues_who_may(noordwest):
    case = make_case(team=noordwest.team)
    for who in (noordwest.ayla, noordwest.femke, noordwest.hester, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            assign(case, noordwest.member.ayla, Part.MAIN, by=who, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="hoort niet bij dit team"):
        assign(case, noordwest.member.zuid, Part.MAIN, by=noordwest.olaf, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="deze rol niet"):
        assign(case, noordwest.member.ayla, Part.CASE_MANAGER, by=noordwest.olaf, at=WEDNESDAY)
    Certificate.objects.filter(user=noordwest.member.ayla.user, module="PRIV").update(
        last_valid_on=WEDNESDAY.date() - timedelta(days=1)
    )
    with pytest.raises(ValidationError, match="geldig tot en met"):
        assign(case, noordwest.member.ayla, Part.MAIN, by=noordwest.olaf, at=WEDNESDAY)
    give(case, noordwest.member.daan)
    with pytest.raises(ValidationError, match="helpt al"):
        assign(case, noordwest.member.daan, Part.DEPUTY, by=noordwest.olaf, at=WEDNESDAY)
    Case.objects.update(state="closed")
    with pytest.raises(ValidationError, match="Heropen"):
        assign(case, noordwest.member.vera, Part.DEPUTY, by=noordwest.olaf, at=WEDNESDAY)


def test_who_speaks_the_language_and_has_most_room_comes_first(noordwest):
    Profile.objects.create(membership=noordwest.member.daan, languages=["tr"], changed_at=WEDNESDAY)
    make_case("Iemand anders", helper=noordwest.member.daan)
    case = make_case(team=noordwest.team, language="tr")
    found = candidates_for(case, Part.MAIN, WEDNESDAY)
    assert (found[0].membership, found[0].speaks, found[0].load) == (noordwest.member.daan, True, 1)
    assert all(not each.speaks and each.load == 0 for each in found[1:])


def test_a_case_manager_has_at_most_so_many_cases(noordwest, monkeypatch):
    from nabij.cases.queries import staffing

    monkeypatch.setattr(staffing, "most_cases", lambda: 1)
    give(make_case("A", team=noordwest.team), noordwest.member.rinske, Part.CASE_MANAGER)
    case = make_case("B", team=noordwest.team)
    with pytest.raises(ValidationError, match="hoogste aantal"):
        assign(case, noordwest.member.rinske, Part.CASE_MANAGER, by=noordwest.olaf, at=WEDNESDAY)


def test_who_knows_somebody_in_the_case_is_out_at_once_and_not_asked_again(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    later = WEDNESDAY + timedelta(hours=1)
    tell_tie(case, by=noordwest.ayla, at=later)
    assert case_for(noordwest.ayla, case.pk, later) is None
    assert open_tasks(case, TaskKind.ASSIGN) == 1
    assert Case.objects.get().helper is None
    with pytest.raises(ValidationError, match="kent iemand"):
        assign(case, noordwest.member.ayla, Part.MAIN, by=noordwest.olaf, at=later)
    with pytest.raises(PermissionDenied):
        tell_tie(case, by=noordwest.ayla, at=later)
    deputy = give(make_case("B", helper=noordwest.member.daan), noordwest.member.ayla, Part.DEPUTY)
    tell_tie(deputy, by=noordwest.ayla, at=later)
    assert Case.objects.get(pk=deputy.pk).helper == noordwest.member.daan


def test_a_whole_caseload_moves_and_what_may_not_is_left_to_the_leader(noordwest):
    mine = [make_case(name, helper=noordwest.member.ayla) for name in ("A", "B")]
    tied = make_case("C", helper=noordwest.member.ayla)
    give(tied, noordwest.member.daan, Part.DEPUTY)
    closed = make_case("D", helper=noordwest.member.ayla)
    tell_tie(tied, by=noordwest.daan, at=WEDNESDAY)
    over = make_case("E", helper=noordwest.member.ayla)
    CaseTie.objects.create(case=over, membership=noordwest.member.daan, told_at=WEDNESDAY)
    Case.objects.filter(pk=over.pk).update(state="closed")
    Case.objects.filter(pk=closed.pk).update(state="closed")
    later = WEDNESDAY + timedelta(hours=1)
    moved = move_caseload(noordwest.member.ayla, noordwest.member.daan, by=noordwest.olaf, at=later)
    assert moved == 3
    assert set(Case.objects.filter(helper=noordwest.member.daan)) == {*mine, closed}
    assert Case.objects.get(pk=tied.pk).helper is None
    assert open_tasks(tied, TaskKind.ASSIGN) == 1
    assert open_tasks(over, TaskKind.ASSIGN) == 0
    assert all(case_for(noordwest.ayla, case.pk, later) is None for case in [*mine, tied, closed])
    Case.objects.filter(pk=closed.pk).update(state="closed")
    tell_tie(mine[0], by=noordwest.daan, at=later)
    with pytest.raises(PermissionDenied):
        move_caseload(noordwest.member.daan, noordwest.member.ayla, by=noordwest.ayla, at=later)


@pytest.mark.parametrize(
    ("topic", "is_severe", "gets"),
    [
        ("EVT-28", False, True), ("EVT-08", True, True), ("EVT-08", False, False), ("EVT-02", True, True),
        ("EVT-02", False, False), ("EVT-01", True, True), ("EVT-12", False, False), ("EVT-05", True, False),
    ],
)  # fmt: skip
def test_four_triggers_give_a_case_manager(noordwest, topic, is_severe, gets):
    case = make_case(team=noordwest.team, topic=topic, is_severe=is_severe)
    assert gets_case_manager(case) is gets
    assert bool(open_tasks(case, TaskKind.CASE_MANAGER)) is gets


def test_the_rule_is_asked_again_when_the_event_turns_out_worse(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    reclassify(case, "EVT-28", is_severe=True, by=noordwest.ayla, at=WEDNESDAY)
    assert [each.kind for each in leader_tasks(noordwest.olaf, WEDNESDAY)] == [TaskKind.CASE_MANAGER]
    assign(case, noordwest.member.rinske, Part.CASE_MANAGER, by=noordwest.olaf, at=WEDNESDAY)
    assert not open_tasks(case, TaskKind.CASE_MANAGER)
    reclassify(case, "EVT-28", is_severe=True, by=noordwest.olaf, at=WEDNESDAY)
    assert not open_tasks(case, TaskKind.CASE_MANAGER)
    with pytest.raises(PermissionDenied):
        reclassify(case, "EVT-12", is_severe=False, by=noordwest.zuid, at=WEDNESDAY)


def test_the_leader_decides_otherwise_with_a_reason(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    with pytest.raises(PermissionDenied):
        override_case_manager(case, "Zwaar", gets_one=True, by=noordwest.ayla, at=WEDNESDAY)
    with pytest.raises(ValidationError):
        override_case_manager(case, " ", gets_one=True, by=noordwest.olaf, at=WEDNESDAY)
    override_case_manager(case, "Zwaar", gets_one=True, by=noordwest.olaf, at=WEDNESDAY)
    assert open_tasks(case, TaskKind.CASE_MANAGER) == 1
    case = override_case_manager(case, "Toch niet", gets_one=False, by=noordwest.olaf, at=WEDNESDAY)
    assert not open_tasks(case, TaskKind.CASE_MANAGER)
    assert not gets_case_manager(case)


def test_a_task_is_ticked_off_once_by_who_helps(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    task = Task.objects.get(case=case, kind=TaskKind.ASK_POLICE)
    assert finish_task(case, task.pk, by=noordwest.ayla, at=WEDNESDAY)
    assert not finish_task(case, task.pk, by=noordwest.ayla, at=WEDNESDAY)
    with pytest.raises(PermissionDenied):
        finish_task(case, task.pk, by=noordwest.daan, at=WEDNESDAY)
