from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.desk import actions, tasks
from nabij.desk.factories import make_need, register
from nabij.desk.models import Need
from nabij.desk.policies import (
    can_lead,
    can_own,
    can_register,
    can_work_on,
    leads_desk,
    may_hold_needs,
    needs_visible_to,
    works_at_desk,
)
from nabij.desk.queries.calling import people_of_centre
from nabij.desk.queries.needs import counts_of, desks_for, needs_for
from nabij.desk.tests.conftest import EVENING
from nabij.notify.models import Message
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Page, PageState, Way
from nabij.paging.queries import facts_of
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.registering import place_held, store
from nabij.people.factories import make_answers, make_registration, make_submission
from nabij.people.models import Person, Registration
from nabij.people.policies import visible_to

MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def told(verb):
    return TrailEntry.objects.filter(verb=verb).latest("pk").pk


def both(first, again, at=EVENING):
    """A form, and later the same form with other answers."""
    return [store([each], by=SYSTEM, at=at, machine_at=at)[0] for each in (first, again)]


def states(**where):
    return set(Need.objects.filter(**where).values_list("kind", "state"))


def test_each_thing_that_is_needed_becomes_one_need_however_often_the_job_runs(place):
    row = make_registration(place.incident, at=EVENING, needs=["housing", "talk", "nothing", "onzin"])
    for _ in range(2):
        tasks.make_needs(told("registration.received"))
    found = {each.kind: each for each in Need.objects.all()}
    assert set(found) == {"housing", "talk"}
    assert found["housing"].partner == "municipality"
    assert found["housing"].owner_role == Role.IAC_REGISTRAR
    assert found["housing"].due_at - found["housing"].made_at == timedelta(hours=2)
    assert found["talk"].registration == row
    assert not Page.objects.exists(), "what can wait calls nobody"
    assert TrailEntry.objects.filter(verb="need.made").count() == 1


def test_26_urgent_needs_each_have_an_owner_or_the_chief_is_asked(place):
    """S05-8: each an owner within thirty minutes, unanswered goes to the chief editor."""
    urgent = [
        make_submission(place.incident.pk, sent_at=EVENING, name=f"Persoon {number}", urgent="yes")
        for number in range(26)
    ]  # fmt: skip
    rows = store(urgent, by=SYSTEM, at=EVENING, machine_at=EVENING)
    actions.make_needs(place.incident, rows, by=SYSTEM, at=EVENING)
    assert {each.due_at for each in Need.objects.all()} == {EVENING + HALF}
    take_due_steps(EVENING)
    assert set(Ask.objects.values_list("membership__role", flat=True)) == {Role.IAC_REGISTRAR_LEAD}
    for need in Need.objects.order_by("pk")[:20]:
        actions.take_need(need, by=place.rosa, at=EVENING + 10 * MINUTE)
    take_due_steps(EVENING + HALF)
    chief = Ask.objects.filter(membership=place.members.owen)
    assert chief.count() == 6, "only what nobody took"
    asked = {each.page.subject_id for each in chief}
    owned = set(Need.objects.filter(owner=place.members.rosa).values_list("registration_id", flat=True))
    assert len(owned) == 20
    assert asked | owned == {each.pk for each in rows}
    texts = " ".join(Message.objects.values_list("subject", flat=True))
    assert "Persoon" not in texts
    for ask in chief:
        accept(ask, by=place.owen, at=EVENING + HALF, way=Way.APP)
    assert not Need.objects.filter(owner__isnull=True).exists()
    assert counts_of(needs_for(place.rosa, EVENING), place.rosa, EVENING).waiting == 6, "the chief sees to it"


def test_what_the_engine_says_names_nobody(place):
    make_need(place.incident, at=EVENING, urgent="yes", needs=["medicine"])
    page = Page.objects.get()
    assert set(facts_of(page)) == {"reference", "registration"}


def test_help_today_without_a_choice_is_a_call(place):
    need = make_need(place.incident, at=EVENING, urgent="yes", needs=["nothing"])
    assert need.kind == "call"
    assert need.kind_in_words == "Vandaag hulp nodig: bellen"
    assert need.is_late(EVENING + HALF + MINUTE)


def test_one_person_is_called_for_once_and_phoned_once(place):
    row = register(place.incident, at=EVENING, urgent="yes", needs=["medicine", "housing"])
    [page] = Page.objects.all()
    first = Need.objects.filter(registration=row).first()
    actions.take_need(first, by=place.rosa, at=EVENING)
    assert set(Need.objects.values_list("owner__user__name", flat=True)) == {"Rosa Vink"}
    page.refresh_from_db()
    assert page.state == PageState.STOOD_DOWN


def test_who_says_yes_to_the_call_owns_what_still_waits(place):
    row = register(place.incident, at=EVENING, urgent="yes", needs=["medicine", "housing"])
    take_due_steps(EVENING)
    ask = Ask.objects.get()
    accept(ask, by=place.lot, at=EVENING + MINUTE, way=Way.APP)
    assert states(registration=row, owner=place.members.lot) == {
        ("medicine", "taken"), ("housing", "taken"),
    }  # fmt: skip
    assert not take_due_steps(EVENING + HALF)


def test_the_desk_takes_over_what_the_chief_only_saw_to(place):
    need = make_need(place.incident, at=EVENING, urgent="yes", needs=["talk"])
    take_due_steps(EVENING + HALF)
    take_due_steps(EVENING + 2 * HALF)
    accept(Ask.objects.get(membership=place.members.owen), by=place.owen, at=EVENING + 2 * HALF, way=Way.APP)
    need.refresh_from_db()
    assert need.owner == place.members.owen
    assert not Person.objects.filter(visible_to(place.owen, EVENING)).exists(), "the chief sees no person"
    assert needs_for(place.owen, EVENING).get() == need
    actions.take_need(need, by=place.tim, at=EVENING + 2 * HALF)
    need.refresh_from_db()
    assert need.owner == place.members.tim


def test_who_comes_second_hears_that_a_colleague_was_first(place):
    need = make_need(place.incident, at=EVENING)
    actions.take_need(need, by=place.rosa, at=EVENING)
    assert actions.take_need(need, by=place.rosa, at=EVENING).owner_id == place.rosa.id
    with pytest.raises(ValidationError, match="Een collega heeft"):
        actions.take_need(need, by=place.tim, at=EVENING)


def test_a_corrected_form_adds_to_the_first_and_hurries_it(place):
    first = make_submission(place.incident.pk, sent_at=EVENING, needs=["housing"])
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=EVENING, needs=["housing", "money"], urgent="yes"
    )
    rows = both(first, again)
    actions.make_needs(place.incident, rows, by=SYSTEM, at=EVENING)
    assert set(Need.objects.values_list("registration_id", "kind", "is_urgent")) == {
        (rows[0].pk, "housing", True), (rows[0].pk, "money", True),
    }  # fmt: skip
    assert Page.objects.count() == 1


def test_what_becomes_urgent_gets_its_half_hour_and_a_call(place):
    row = register(place.incident, at=EVENING, needs=["housing"])
    row.is_urgent = True
    row.save()
    later = EVENING + 5 * MINUTE
    actions.make_needs(place.incident, [row], by=SYSTEM, at=later)
    need = Need.objects.get()
    assert need.is_urgent
    assert need.due_at == later + HALF
    assert Page.objects.filter(subject_id=row.pk).count() == 1
    actions.make_needs(place.incident, [row], by=SYSTEM, at=later)
    assert Page.objects.count() == 1


def test_needs_follow_what_the_person_changes_and_lapse_when_it_is_withdrawn(place):
    row = register(place.incident, at=EVENING, needs=["housing", "talk"])
    own = Actor(ActorKind.HELPED_PERSON, id=row.person_id)
    change_registration(row, make_answers(needs=["talk", "money"]), language="nl", by=own, at=EVENING)
    tasks.follow_change(told("registration.changed"))
    assert states() == {("housing", "dropped"), ("talk", "open"), ("money", "open")}
    change_registration(row, make_answers(needs=["housing"], urgent="yes"), language="nl", by=own, at=EVENING)
    tasks.follow_change(told("registration.changed"))
    assert states() == {("housing", "open"), ("talk", "dropped"), ("money", "dropped")}
    page = Page.objects.get()
    actions.take_need(Need.objects.get(kind="housing"), by=place.rosa, at=EVENING)
    row.refresh_from_db()
    withdraw_registration(row, by=own, at=EVENING)
    tasks.follow_withdrawal(told("registration.withdrawn"))
    assert {state for _, state in states()} == {"dropped"}
    page.refresh_from_db()
    assert page.is_closed
    row.refresh_from_db()
    actions.follow_change(row, by=SYSTEM, at=EVENING)
    assert {state for _, state in states()} == {"dropped"}, "nothing comes back for who left"


def test_who_withdraws_a_corrected_form_is_asked_about_nothing_that_the_first_form_said(place):
    first = make_submission(place.incident.pk, sent_at=EVENING, needs=["housing"])
    again = make_submission(place.incident.pk, form_key=first.form_key, sent_at=EVENING, needs=["talk"])
    rows = both(first, again)
    actions.make_needs(place.incident, rows, by=SYSTEM, at=EVENING)
    withdraw_registration(rows[1], by=Actor(ActorKind.HELPED_PERSON, id=rows[1].person_id), at=EVENING)
    actions.follow_withdrawal(rows[1], by=SYSTEM, at=EVENING)
    assert {state for _, state in states()} == {"dropped"}


def test_a_withdrawn_urgent_need_stands_the_call_down(place):
    row = register(place.incident, at=EVENING, urgent="yes", needs=["talk"])
    withdraw_registration(row, by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=EVENING)
    actions.follow_withdrawal(row, by=SYSTEM, at=EVENING)
    assert Page.objects.get().state == PageState.STOOD_DOWN


def test_nobody_is_called_for_somebody_who_was_erased(place):
    register(place.incident, at=EVENING, urgent="yes", needs=["talk"])
    Need.objects.all().delete()
    take_due_steps(EVENING)
    assert not Ask.objects.exists()


def test_jobs_about_what_is_gone_do_nothing(place):
    row = make_registration(place.incident, at=EVENING)
    entry = told("registration.received")
    row.person.delete()
    for job in (tasks.make_needs, tasks.follow_change, tasks.follow_withdrawal):
        job(entry)
    assert not Need.objects.exists()


def test_a_held_registration_gets_its_needs_when_it_is_placed(place):
    store([make_submission(uuid4(), sent_at=EVENING)], by=SYSTEM, at=EVENING, machine_at=EVENING)
    assert not Need.objects.exists()
    Registration.objects.update(asked_for=place.incident.pk)
    place_held(by=SYSTEM, at=EVENING)
    tasks.make_needs(told("registration.placed"))
    assert states() == {("talk", "open")}


def test_what_is_late_reaches_the_lead_once_and_without_a_name(place, monkeypatch):
    late = make_need(place.incident, at=EVENING, needs=["transport"])
    make_need(place.incident, at=EVENING, urgent="yes", needs=["talk"])
    taken = actions.take_need(
        make_need(place.incident, at=EVENING, needs=["housing"]), by=place.rosa, at=EVENING
    )
    monkeypatch.setattr(tasks.clock, "now", lambda: EVENING + timedelta(hours=5))
    tasks.tell_late(0)
    messages = Message.objects.filter(template="desk_late")
    assert messages.count() == 1
    assert messages.get().recipient_id == place.lot.id
    late.refresh_from_db()
    assert late.late_told_at is not None
    taken.refresh_from_db()
    assert taken.late_told_at is None, "the owner has eight hours"
    assert actions.tell_late(by=SYSTEM, at=EVENING + timedelta(hours=5)) == 0


@pytest.mark.parametrize("role", Role)
def test_who_works_at_the_desk_leads_it_or_may_hold_a_need(role, place):
    actor = make_actor(role)
    at_desk = role in (Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD)
    helps = role in (Role.VOLUNTEER, Role.PAID_WORKER, Role.CASE_MANAGER)
    assert works_at_desk(actor) is at_desk
    assert can_register(actor, place.incident, EVENING) is at_desk
    assert leads_desk(actor) is (role == Role.IAC_REGISTRAR_LEAD)
    assert can_lead(actor, place.incident, EVENING) is (role == Role.IAC_REGISTRAR_LEAD)
    assert may_hold_needs(actor) is (at_desk or helps or role == Role.IAC_CHIEF)
    owner = make_membership(role)
    need = Need(incident=place.incident)
    assert can_own(owner, need, EVENING) is (at_desk or helps)


def test_the_desk_answers_for_its_own_chairs_only(place):
    assert people_of_centre("coordinator", place.lot.team_id, EVENING) == []
    assert people_of_centre("desk_lead", place.zuid.team_id, EVENING) == []
    assert people_of_centre("desk_lead", place.lot.team_id, EVENING) == [place.lot.id]


def test_nobody_without_a_membership_sees_a_need(place):
    need = make_need(place.incident, at=EVENING)
    person = Actor(ActorKind.HELPED_PERSON, id=need.registration.person_id)
    for actor in (SYSTEM, person):
        assert not Need.objects.filter(needs_visible_to(actor, EVENING)).exists()
        assert not can_work_on(actor, need, EVENING)
    assert desks_for(place.zuid, EVENING) == []
    [desk] = desks_for(place.rosa, EVENING)
    assert (desk.waiting, desk.urgent, desk.mine) == (1, 0, 0)
