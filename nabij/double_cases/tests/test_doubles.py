"""Two registrations of one person that both became a case: merged, decided about, and put back."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases import endings
from nabij.cases.actions.opening import Facts, begin
from nabij.cases.factories import give, make_case, make_helper
from nabij.cases.models import Case, CaseHelper, CaseState, SearchKey, Task, TaskKind
from nabij.cases.policies import can_open
from nabij.cases.queries import leader_tasks
from nabij.double_cases import tasks
from nabij.double_cases.actions import end_one, follow_rule, keep_both
from nabij.double_cases.models import Decision, DoubleCase
from nabij.double_cases.policies import can_decide, can_end, can_hear
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.matching.actions.merging import HeldBack, forget_folded, merge_pair, undo_merge
from nabij.matching.models import Merge, PossibleDouble
from nabij.matching.tests.conftest import NOON, compare, rows_of
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import ContactPoint, ContactRule
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.receiving import forget_person
from nabij.people.factories import MORNING, make_registration
from nabij.people.models import AccessGrant, BlindIndex, Person, Registration
from nabij.people.queries import own_answers
from nabij.vulnerability.models import Level, LevelChange, LevelSource

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
LAST = NOON + timedelta(hours=2)


def make_both(**late):
    """Mirjam registers twice and says yes both times; both became a case before anybody saw it."""
    fire = make_incident()
    early = make_registration(fire, name="Mirjam Zandstra", yes_to=("victim_support",))
    told = {"name": "Mirjam Zandstra", "yes_to": ("victim_support",), "safe_to_call": "no", **late}
    second = make_registration(fire, at=MORNING + timedelta(hours=1), **told)
    team = make_team()
    olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit", team=team)
    ayla, daan = make_helper(name="Ayla Demir", team=team), make_helper(name="Daan Oort", team=team)
    first_case, second_case = (_case(each, team, who) for each, who in ((early, ayla), (second, daan)))
    compare()
    return SimpleNamespace(
        fire=fire, early=early, late=second, team=team, olaf=actor_for(olaf), ayla=actor_for(ayla),
        daan=actor_for(daan), stays=first_case, folded=second_case, bo=make_actor(Role.IAC_REGISTRAR),
        pair=PossibleDouble.objects.get(),
    )  # fmt: skip


def _case(registration, team, helper):
    """As the job makes one from a wish."""
    wish = registration.person.contact_wishes.get()
    case = begin(
        registration.person, Facts("EVT-10"), team, incident=registration.incident, wish=wish,
        consent_version=wish.consent_version, by=SYSTEM, at=MORNING + timedelta(hours=2),
    )  # fmt: skip
    wish.state = "taken"
    wish.save()
    return give(case, helper, at=MORNING + timedelta(hours=2))


@pytest.fixture
def both(db):
    clock.move_to(NOON)
    return make_both()


def _merge(both, kept=None):
    return merge_pair(both.pair, (kept or both.early).pk, {}, by=both.bo, at=NOON)


def _everything():
    """Every row of these that a merge could touch, but for keys that are made anew."""
    tables = ((Person, ()), (Case, ()), (CaseHelper, ()), (AccessGrant, ()), (ContactRule, ()),
              (ContactPoint, ("is_active",)), (BlindIndex, ("id",)), (SearchKey, ("id",)))  # fmt: skip
    return rows_of(tables)


def _agree(registration, ways=("call", "sms"), **told):
    agree_contact(registration.person_id, Agreed(ways, **told), by=SYSTEM, at=MORNING)


def test_both_cases_stay_with_their_helpers_and_the_leader_is_asked_once(both):
    grants = set(AccessGrant.objects.values_list("pk", flat=True))
    _merge(both)
    row = DoubleCase.objects.get()
    assert (row.stays, row.folded, row.is_open) == (both.stays, both.folded, True)
    [task] = leader_tasks(both.olaf, NOON).filter(kind=TaskKind.DOUBLE)
    assert (task.case, task.about_id) == (both.folded, row.pk)
    assert task.due_at > NOON
    assert set(AccessGrant.objects.values_list("pk", flat=True)) == grants, "nobody reads more, or less"
    assert can_open(both.daan, both.folded, NOON)
    assert not can_open(both.daan, both.stays, NOON)
    assert TrailEntry.objects.filter(verb="double_case.found", thread_id=None).count() == 1


def test_the_registrar_is_told_nothing_of_cases(both, client, settings):
    settings.TOTP_REQUIRED = False
    member = make_membership(Role.IAC_REGISTRAR, name="Ada")
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(
        reverse("matching:pair", args=[both.pair.pk]), {"blijft": str(both.early.pk)}, follow=True
    )
    text = answer.content.decode()
    assert "Samengevoegd. U kunt dit terugzetten." in text
    assert "dossier" not in text.lower().replace("dossiers</a>", "")
    assert Merge.objects.exists()


def test_who_is_helped_apart_is_reached_and_comes_in_but_is_called_no_less_carefully(both):
    _merge(both, kept=both.late)
    told = own_answers(Registration.objects.get(pk=both.early.pk))
    assert told["safe_to_call"] == "no"
    points = ContactPoint.objects.filter(subject_id=both.early.person_id, is_active=True)
    assert {(each.channel, each.is_safe) for each in points} == {("sms", False), ("email", True)}
    assert BlindIndex.objects.filter(person_id=both.early.person_id).exists()


@pytest.mark.parametrize("stays", ["early", "late"])
def test_one_step_puts_everything_back_exactly(stays, both):
    _agree(both.early, weekdays=(1, 2), from_time=time(9), until_time=time(12), code_word="Tulp")
    before = _everything()
    merge = _merge(both, kept=getattr(both, stays))
    assert _everything() != before
    undo_merge(merge, by=both.bo, at=LATER)
    known = "".join(before["ContactPoint"])
    new = [each.pk for each in ContactPoint.objects.filter(is_active=False) if str(each.pk) not in known]
    ContactPoint.objects.filter(pk__in=new).delete()  # out of use, kept for what was sent to them
    assert _everything() == before
    assert not Task.objects.to_do().filter(kind=TaskKind.DOUBLE).exists()
    assert DoubleCase.objects.get().undone_at == LATER
    assert _merge(both).kept == both.early, "and again"


def test_the_strictest_rule_counts_in_both_and_its_words_stay_where_they_are(both):
    _agree(both.early, ("call", "sms"), weekdays=(1, 2, 3), from_time=time(9), until_time=time(12))
    _agree(both.late, ("sms", "email"), weekdays=(3, 4), is_voicemail_allowed=True, code_word="Roos")
    _merge(both)
    for each in (both.early, both.late):
        rule = ContactRule.objects.get(subject_id=each.person_id)
        assert (rule.ways, rule.weekdays, rule.from_time) == (["sms"], [3], time(9))
        assert not rule.is_voicemail_allowed
    assert not ContactRule.objects.get(subject_id=both.early.person_id).code_word_sealed


def test_a_rule_agreed_later_counts_in_both_until_somebody_decides(both, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    merge = _merge(both)
    _agree(both.late, ("email",))
    entry = TrailEntry.objects.filter(verb="contact_rule.agreed").latest("pk")
    tasks.follow_rule(entry.pk)
    assert ContactRule.objects.get(subject_id=both.early.person_id).ways == ["email"]
    tasks.follow_rule(0)
    keep_both(DoubleCase.objects.get(), both.folded, by=both.olaf, at=LATER)
    _agree(both.late, ())
    follow_rule(both.late.person_id, by=SYSTEM, at=LATER)
    assert ContactRule.objects.get(subject_id=both.early.person_id).ways == ["email"]
    undo_merge(merge, by=both.bo, at=LAST)
    assert ContactRule.objects.count() == 2, "what was agreed since stays agreed"


def test_rules_that_changed_or_went_since_are_left_alone(both):
    _agree(both.late, ("email",))
    merge = _merge(both)
    _agree(both.early, ("sms",))
    undo_merge(merge, by=both.bo, at=LATER)
    assert ContactRule.objects.get(subject_id=both.early.person_id).ways == ["sms"]
    merge = _merge(both)
    ContactRule.objects.all().delete()
    undo_merge(merge, by=both.bo, at=LATER)
    assert not ContactRule.objects.exists()


def test_one_case_ends_and_help_goes_on_in_the_other(both):
    _merge(both)
    row = end_one(DoubleCase.objects.get(), both.folded, by=both.olaf, at=LATER)
    both.folded.refresh_from_db()
    assert (row.decision, row.ended, both.folded.state) == (Decision.ONE, both.folded, CaseState.CLOSED)
    assert not Task.objects.to_do().filter(kind=TaskKind.DOUBLE).exists()
    assert can_open(both.daan, both.folded, LATER), "the words stay readable for who wrote them"
    for act in (end_one, keep_both):
        with pytest.raises(ValidationError, match="al besloten"):
            act(row, both.folded, by=both.olaf, at=LATER)


@pytest.mark.parametrize("has_helper", [True, False])
def test_a_case_that_ended_goes_on_when_they_are_two_people_after_all(both, has_helper):
    merge = _merge(both)
    end_one(DoubleCase.objects.get(), both.folded, by=both.olaf, at=LATER)
    if not has_helper:
        Case.objects.filter(pk=both.folded.pk).update(helper=None)
    undo_merge(merge, by=both.bo, at=LAST)
    both.folded.refresh_from_db()
    assert both.folded.state == CaseState.APPROACH
    kind = TaskKind.CALL_BACK if has_helper else TaskKind.ASSIGN
    assert Task.objects.to_do().filter(case=both.folded, kind=kind).exists()


def test_a_case_that_somebody_opened_again_is_left_alone(both):
    merge = _merge(both)
    end_one(DoubleCase.objects.get(), both.folded, by=both.olaf, at=LATER)
    Case.objects.filter(pk=both.folded.pk).update(state=CaseState.ACTIVE)
    undo_merge(merge, by=both.bo, at=LAST)
    both.folded.refresh_from_db()
    assert both.folded.state == CaseState.ACTIVE


def test_what_must_be_over_first_keeps_a_case_open(both, monkeypatch):
    _merge(both)
    row = DoubleCase.objects.get()
    monkeypatch.setattr(endings, "_checks", [lambda case: "Er loopt nog iets."])
    with pytest.raises(ValidationError, match="loopt nog iets"):
        end_one(row, both.folded, by=both.olaf, at=LATER)
    Case.objects.filter(pk=both.stays.pk).update(state=CaseState.CLOSED)
    with pytest.raises(ValidationError, match="al afgesloten"):
        end_one(row, both.folded, by=both.olaf, at=LATER)


def test_a_closed_case_asks_nothing_and_loses_nothing(both):
    Case.objects.filter(pk=both.folded.pk).update(state=CaseState.CLOSED)
    merge = _merge(both)
    assert not DoubleCase.objects.exists()
    undo_merge(merge, by=both.bo, at=LATER)
    assert Case.objects.count() == 2


def test_who_is_helped_had_better_stay_unless_only_the_other_can(both):
    Case.objects.filter(pk=both.stays.pk).delete()
    AccessGrant.objects.filter(person=both.early.person).delete()
    with pytest.raises(HeldBack, match="beter blijven"):
        _merge(both)
    AccessGrant.objects.create(
        person=both.early.person, grantee_id=both.ayla.id, scope="need", purpose="aftercare", source="need",
        starts_at=MORNING,
    )  # fmt: skip
    merge = _merge(both)
    assert not DoubleCase.objects.exists()
    undo_merge(merge, by=both.bo, at=LATER)


def _raise_level(registration, level=Level.HIGH):
    LevelChange.objects.create(
        person=registration.person, level=level, source=LevelSource.STAFF, reason_sealed=b"x", at=MORNING
    )


def test_the_better_protected_one_stays(both):
    _raise_level(both.late)
    with pytest.raises(HeldBack, match="andere staan"):
        _merge(both)
    assert _merge(both, kept=both.late).kept == both.late
    row = DoubleCase.objects.get()
    [task] = Task.objects.to_do().filter(kind=TaskKind.DOUBLE)
    assert task.case == both.folded, "only in the case at level 3"
    zuid = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"))
    Case.objects.filter(pk=both.stays.pk).update(team=zuid.team)
    stays = Case.objects.get(pk=both.stays.pk)
    AccessGrant.objects.create(
        person=both.early.person, team=zuid.team, grantee_role=Role.TEAM_LEADER, scope="case",
        purpose="aftercare", source="case_leader", starts_at=MORNING,
    )  # fmt: skip
    row = DoubleCase.objects.get()
    assert not can_hear(actor_for(zuid), row, stays, LATER), "a case at level 3 does not exist for others"


def test_leaders_of_two_teams_are_both_asked_and_neither_reads_more(both):
    zuid = make_membership(Role.TEAM_LEADER, team=make_team("Zuid"))
    Case.objects.filter(pk=both.folded.pk).update(team=zuid.team)
    AccessGrant.objects.filter(person=both.late.person, team=both.team).update(team=zuid.team)
    _merge(both)
    femke, row = actor_for(zuid), DoubleCase.objects.get()
    folded = Case.objects.get(pk=both.folded.pk)
    assert Task.objects.to_do().filter(kind=TaskKind.DOUBLE).count() == 2
    assert can_decide(femke, row, folded, LATER)
    assert not can_end(femke, row, folded, LATER), "who cannot read the other does not choose it"
    with pytest.raises(PermissionDenied):
        end_one(row, folded, by=femke, at=LATER)
    assert keep_both(row, folded, by=femke, at=LATER).decision == Decision.APART


def test_only_a_leader_of_one_of_the_two_decides(both):
    _merge(both)
    row = DoubleCase.objects.get()
    other = give_other(both)
    for by, case in ((both.daan, both.folded), (both.bo, both.folded), (both.olaf, other)):
        assert not can_hear(by, row, case, LATER)
        with pytest.raises(PermissionDenied):
            keep_both(row, case, by=by, at=LATER)


def give_other(both):
    """A case of somebody else in the same team."""
    return make_case("Iemand Anders", team=both.team)


def test_who_withdrew_leaves_the_help_of_the_other_as_it_was(both):
    merge = _merge(both)
    kept = Registration.objects.get(pk=both.early.pk)
    withdraw_registration(kept, by=Actor(ActorKind.HELPED_PERSON, id=both.early.person_id), at=LATER)
    undo_merge(merge, by=both.bo, at=LAST)
    assert {each.state for each in Case.objects.all()} == {CaseState.APPROACH}
    late = Registration.objects.get(pk=both.late.pk)
    assert late.state == "new"
    assert late.person.contact_wishes.get().state == "taken"


def test_who_is_helped_does_not_go_with_who_is_erased(both):
    _merge(both)
    Case.objects.filter(pk=both.stays.pk).delete()
    forget_person(both.early.person, by=SYSTEM, at=LATER)
    assert forget_folded(by=SYSTEM, at=LATER) == 0
    assert Case.objects.get() == both.folded


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_holds():
    clock.move_to(NOON)
    with transaction.atomic():
        both = make_both()
    _merge(both)
    row = DoubleCase.objects.get()
    failed = together(
        lambda: end_one(row, both.folded, by=both.olaf, at=LATER),
        lambda: end_one(row, both.stays, by=both.olaf, at=LATER),
    )
    assert [type(each) for each in failed] == [ValidationError]
    assert Case.objects.filter(state=CaseState.CLOSED).count() == 1


def test_two_rules_that_became_one_are_two_again_as_they_were_agreed(both):
    _agree(both.early, ("call", "sms"), weekdays=(1, 2), from_time=time(9), until_time=time(12))
    _agree(both.late, ("sms",), weekdays=(2, 3), is_voicemail_allowed=True, code_word="Roos")
    before = list(ContactRule.objects.order_by("pk").values())
    merge = _merge(both)
    assert list(ContactRule.objects.order_by("pk").values()) != before
    undo_merge(merge, by=both.bo, at=LATER)
    assert str(list(ContactRule.objects.order_by("pk").values())) == str(before)


def test_who_may_be_called_with_care_is_called_so_in_both():
    clock.move_to(NOON)
    both = make_both(safe_to_call="careful")
    merge = _merge(both, kept=both.late)
    early = Registration.objects.get(pk=both.early.pk)
    assert own_answers(early)["safe_to_call"] == "careful"
    assert not ContactPoint.objects.filter(subject_id=early.person_id, is_safe=False).exists()
    undo_merge(merge, by=both.bo, at=LATER)
    assert own_answers(Registration.objects.get(pk=early.pk))["safe_to_call"] == ""
