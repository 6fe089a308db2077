"""Who is in, and everything that ends it at the next request."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import SYSTEM, Actor, ActorKind, Scope
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.closed_part import tasks
from nabij.closed_part.actions.entering import accept_rules, ask_again, leave, leave_with_registration
from nabij.closed_part.content import rules_version
from nabij.closed_part.factories import EVENING, make_closed_centre, make_insider, person_of
from nabij.closed_part.models import Verification, VerificationState
from nabij.closed_part.queries.door import registration_in
from nabij.closed_part.queries.entry import entry_of, standing_of
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.factories import make_answers
from nabij.people.models import Registration

AT = EVENING


@pytest.fixture
def held(door):
    return make_insider(door.centre, by=door.rosa, accepts=False)


@pytest.fixture
def person(held):
    return person_of(held.registration)


def is_in(door, person):
    return entry_of(person, door.centre.slug, AT) is not None


def test_only_the_person_is_in_and_only_at_this_centre(door, held, person):
    other = make_closed_centre()
    assert is_in(door, person)
    assert entry_of(person, other.slug, AT) is None
    assert entry_of(person, "geen-centrum", AT) is None
    assert entry_of(person_of(door.asker), door.centre.slug, AT) is None
    acting = Actor(ActorKind.ACTING, id=person.id, for_id=person.id, permissions=frozenset({Scope.SEE}))
    assert entry_of(acting, door.centre.slug, AT) is None
    assert entry_of(door.lead, door.centre.slug, AT) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda: Registration.objects.update(wants_closed_part=False),
        lambda: Registration.objects.update(state="withdrawn", withdrawn_at=AT),
        lambda: Registration.objects.update(age_group="12-15"),
        lambda: Verification.objects.update(state="withdrawn", withdrawn_at=AT),
        lambda: Verification.objects.update(state="pending"),
        lambda: AdviceCentre.objects.update(status=CentreStatus.OFFLINE, offline_at=AT),
        lambda: AdviceCentre.objects.get().commission.__class__.objects.update(wants_closed_part=False),
    ],
)
def test_whatever_ends_the_entry_ends_it_at_the_next_look(door, person, change):
    assert is_in(door, person)
    change()
    assert not is_in(door, person)


def test_an_archive_is_still_read_by_who_is_in_and_by_nobody_new(door, person):
    AdviceCentre.objects.update(archived_at=AT)
    assert is_in(door, person)
    assert standing_of(person, AT).is_in
    assert standing_of(person_of(door.asker), AT) is None


def test_the_rules_are_accepted_in_the_version_that_was_read(door, held, person):
    assert not entry_of(person, door.centre.slug, AT).has_accepted
    with pytest.raises(ValidationError, match="net veranderd"):
        accept_rules(held, "2020-01-01", by=person, at=AT)
    with pytest.raises(PermissionDenied):
        accept_rules(held, rules_version(), by=person_of(door.asker), at=AT)
    first = accept_rules(held, rules_version(), by=person, at=AT)
    assert accept_rules(held, rules_version(), by=person, at=AT.replace(hour=23)).terms_accepted_at == AT
    assert first.terms_version == rules_version()
    assert entry_of(person, door.centre.slug, AT).has_accepted


def test_somebody_leaves_at_once_and_may_ask_again(door, held, person):
    with pytest.raises(PermissionDenied):
        leave(held, by=door.lead, at=AT)
    with pytest.raises(PermissionDenied):
        ask_again(held, by=person, at=AT)
    assert leave(held, by=person, at=AT).withdrawn_at == AT
    assert not is_in(door, person)
    assert leave(held, by=person, at=AT.replace(hour=23)).withdrawn_at == AT
    assert ask_again(held, by=person, at=AT).state == VerificationState.PENDING
    assert not is_in(door, person)


def test_who_takes_the_registration_back_is_out_and_what_was_shared_goes_along(
    door, held, person, monkeypatch
):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    row = withdraw_registration(held.registration, by=person, at=AT)
    from nabij.audit.models import TrailEntry

    entry = TrailEntry.objects.get(verb="registration.withdrawn")
    assert registration_in(entry.pk) == row
    tasks.follow_registration(entry.pk)
    tasks.follow_registration(entry.pk)
    tasks.follow_registration(entry.pk + 1000)
    held.refresh_from_db()
    assert held.state == VerificationState.WITHDRAWN
    assert TrailEntry.objects.filter(verb="closed_part.left").count() == 1


def test_another_answer_about_something_else_changes_nothing(door, held, person):
    answers = make_answers(wants_closed_part=True, name="Mirjam de Zwart")
    row = change_registration(held.registration, answers, language="nl", by=person, at=AT)
    assert not leave_with_registration(row, by=SYSTEM, at=AT)
    assert is_in(door, person)
    row = change_registration(row, make_answers(wants_closed_part=False), language="nl", by=person, at=AT)
    assert leave_with_registration(row, by=SYSTEM, at=AT)
    assert not leave_with_registration(row, by=SYSTEM, at=AT)
    door.asker.wants_closed_part = False
    assert not leave_with_registration(door.asker, by=SYSTEM, at=AT)


def test_how_it_stands_is_known_only_where_there_is_a_closed_part(door, held, person):
    assert standing_of(person, AT).is_in
    waiting = standing_of(person_of(door.asker), AT)
    assert (waiting.state, waiting.may_try, waiting.asks_age, waiting.reason) == ("pending", True, False, "")
    assert standing_of(door.lead, AT) is None
    AdviceCentre.objects.update(status=CentreStatus.OFFLINE, offline_at=AT)
    assert standing_of(person, AT) is None
