"""Who is gone from an export, and when: erased, taken back, sent again, a child, at the same moment."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.audit.reading import log_read
from nabij.disclosures import actions, tasks
from nabij.disclosures.actions import collecting
from nabij.disclosures.hooks import CHANGING
from nabij.disclosures.keeping import COLLECTIONS
from nabij.disclosures.models import Copy, Disclosure, Withdrawal
from nabij.disclosures.queries import rows_in
from nabij.disclosures.tests.conftest import EVENING, LATER, collected, own
from nabij.kit.tests.at_once import together
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.receiving import forget_person
from nabij.people.actions.registering import believe, store
from nabij.people.factories import make_answers, make_registration, make_submission
from nabij.people.models import Receiver
from nabij.people.submissions import SUSPECT

MINUTE = timedelta(minutes=1)
GGD, CITY = Receiver.GGD, Receiver.MUNICIPALITY


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def erase(row):
    """As the own space and the removal after the last term do."""
    with transaction.atomic():
        trail.record("person.erased", by=SYSTEM, at=LATER, subject=row.person)
        forget_person(row.person, by=SYSTEM, at=LATER)


def test_who_is_erased_is_in_no_file_and_receivers_are_asked_to_delete_them(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD, CITY))
    old = collected(place, GGD, "gijs@example.nl", place.gijs).disclosure
    erase(row)
    with pytest.raises(ValidationError, match="veranderden net"):
        actions.collect(old, "csv", by=place.gijs, at=LATER)
    assert trail._listeners["person.erased"].count("nabij.disclosures.tasks.follow_erasure") == 1
    for _ in range(2):
        tasks.follow_erasure(0)
    old.refresh_from_db()
    assert (old.replaced_at is not None, rows_in(old)) == (True, [])
    assert Disclosure.objects.get(replaced_at=None).count == 0
    assert Withdrawal.objects.get().references == [row.reference]
    assert Disclosure.objects.count() == 2


def test_who_is_erased_after_the_file_was_replaced_is_still_asked_back(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    collected(place, GGD, "gijs@example.nl", place.gijs)
    COLLECTIONS[0].remove(COLLECTIONS[0].rows(LATER), by=SYSTEM, at=LATER)
    erase(row)
    for _ in range(2):
        tasks.follow_erasure(0)
    assert Withdrawal.objects.get().references == [row.reference]


def test_nobody_gets_a_line_of_who_took_their_yes_back_a_moment_ago(place):
    """The file is made again in a moment: until then nobody collects it."""
    make_registration(place.incident, at=EVENING, yes_to=(GGD,), name="Bo")
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    made = collected(place, GGD, "gijs@example.nl", place.gijs).disclosure
    withdraw_registration(row, by=own(row), at=LATER)
    with pytest.raises(ValidationError, match="veranderden net"):
        actions.collect(made, "csv", by=place.gijs, at=LATER)
    tasks.follow_consent(TrailEntry.objects.get(verb="registration.withdrawn").pk)
    newest = Disclosure.objects.get(replaced_at=None)
    assert actions.collect(newest, "csv", by=place.gijs, at=LATER).number == 1


def sent_twice(place, first_yes, then_yes):
    """The same form sent again with other answers: both rows, in order."""
    first = make_submission(place.incident.pk, sent_at=EVENING, yes_to=first_yes)
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=EVENING + MINUTE, yes_to=then_yes
    )
    return [store([each], by=SYSTEM, at=LATER, machine_at=LATER)[0] for each in (first, again)]


def test_who_withdraws_a_corrected_form_does_not_fall_back_on_the_yes_before_it(place):
    _first, again = sent_twice(place, (GGD,), ())
    assert actions.disclose(place.incident, GGD, by=place.lot, at=LATER).count == 0
    withdraw_registration(again, by=own(again), at=LATER + MINUTE)
    assert actions.disclose(place.incident, GGD, by=place.lot, at=LATER + MINUTE).count == 0


def test_who_withdraws_the_first_form_withdraws_what_was_sent_again_before(place):
    first, _again = sent_twice(place, (GGD,), (GGD, CITY))
    assert actions.disclose(place.incident, GGD, by=place.lot, at=LATER).count == 1
    withdraw_registration(first, by=own(first), at=LATER + MINUTE)
    assert actions.disclose(place.incident, GGD, by=place.lot, at=LATER + MINUTE).count == 0


def test_a_form_that_is_sent_again_after_a_withdrawal_counts(place):
    first = make_submission(place.incident.pk, sent_at=EVENING, yes_to=(GGD,))
    [row] = store([first], by=SYSTEM, at=EVENING, machine_at=EVENING)
    withdraw_registration(row, by=own(row), at=EVENING + MINUTE)
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=LATER, yes_to=(GGD,), name="Anders"
    )
    store([again], by=SYSTEM, at=LATER, machine_at=LATER)
    assert actions.disclose(place.incident, GGD, by=place.lot, at=LATER).count == 1


@pytest.mark.parametrize(
    ("age_group", "guardian", "count"),
    [("12-15", "", 0), ("0-11", "", 0), ("12-15", "Ans Zandstra", 1), ("16-17", "", 1), ("", "", 1)],
)
def test_a_child_says_yes_together_with_who_cares_for_them(place, age_group, guardian, count):
    make_registration(place.incident, at=EVENING, yes_to=(GGD,), age_group=age_group, guardian=guardian)
    assert actions.disclose(place.incident, GGD, by=place.lot, at=EVENING).count == count


@pytest.mark.django_db(transaction=True)
def test_who_collects_at_the_moment_of_a_withdrawal_is_asked_to_delete(place, monkeypatch):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    actions.name_receiver(place.incident, GGD, "gijs@example.nl", by=place.lot, at=EVENING)
    made = actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    reading, withdrawn = Event(), Event()

    def slowly(*given, **named):
        reading.set()
        withdrawn.wait(10)
        sleep(0.5)
        return log_read(*given, **named)

    monkeypatch.setattr(collecting, "log_read", slowly)

    def withdraw():
        reading.wait(10)
        withdraw_registration(row, by=own(row), at=LATER)
        withdrawn.set()
        actions.follow_consent(place.incident, by=SYSTEM, at=LATER)

    assert together(lambda: actions.collect(made, "csv", by=place.gijs, at=EVENING), withdraw) == []
    assert Copy.objects.count() == 1
    assert Withdrawal.objects.get().references == [row.reference]


def test_who_says_how_contact_is_safe_is_reached_by_nobody_with_an_older_file(place):
    """Safe contact goes before everything: also in a file that was made, or collected, before."""
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    old = collected(place, GGD, "gijs@example.nl", place.gijs).disclosure
    agree_contact(row.person_id, Agreed(()), by=own(row), at=LATER)
    with pytest.raises(ValidationError, match="veranderden net"):
        actions.collect(old, "csv", by=place.gijs, at=LATER)
    entry = TrailEntry.objects.get(verb="contact_rule.agreed")
    assert "nabij.disclosures.tasks.follow_consent" in trail._listeners["contact_rule.agreed"]
    for _ in range(2):
        tasks.follow_consent(entry.pk)
    newest = Disclosure.objects.get(replaced_at=None)
    assert [(each.phone, each.email) for each in rows_in(newest)] == [("", "")]
    assert Withdrawal.objects.get().references == [row.reference]
    actions.collect(newest, "csv", by=place.gijs, at=LATER + MINUTE)
    actions.follow_consent(place.incident, by=SYSTEM, at=LATER + 2 * MINUTE)
    assert Withdrawal.objects.count() == 1, "the new file has no number in it"


def test_a_number_that_may_no_longer_be_called_is_asked_back(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    make_registration(place.incident, at=EVENING, yes_to=(GGD,), name="Bo")
    collected(place, GGD, "gijs@example.nl", place.gijs)
    answers = make_answers(yes_to=(GGD,), safe_to_call="no")
    change_registration(row, answers, language="nl", by=own(row), at=LATER)
    tasks.follow_consent(TrailEntry.objects.get(verb="registration.changed").pk)
    assert Withdrawal.objects.get().references == [row.reference]


def test_a_rule_of_somebody_who_registered_nowhere_changes_no_file(place):
    somebody = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    withdraw_registration(somebody, by=own(somebody), at=LATER)
    agree_contact(somebody.person_id, Agreed(()), by=own(somebody), at=LATER)
    tasks.follow_consent(TrailEntry.objects.get(verb="contact_rule.agreed").pk)
    assert Disclosure.objects.get().replaced_at is None


def test_a_no_that_was_set_apart_first_reaches_who_collected_before(place):
    """It looked like a program's, or its event was unknown: once it counts, it counts for exports as well."""
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    collected(place, GGD, "gijs@example.nl", place.gijs)
    told = make_submission(place.incident.pk, form_key=row.form_key, sent_at=LATER, **{SUSPECT: True})
    [again] = store([told], by=SYSTEM, at=LATER, machine_at=LATER)
    assert again.state == "suspect"
    believe(again, by=place.rosa, at=LATER + MINUTE)
    for entry in TrailEntry.objects.filter(verb__in=CHANGING):
        tasks.follow_consent(entry.pk)
    assert Withdrawal.objects.get().references == [row.reference]
    assert Disclosure.objects.get(replaced_at=None).count == 0


def test_a_new_person_who_was_set_apart_first_is_no_reason_to_hurry(place):
    make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,), **{SUSPECT: True})
    believe(row, by=place.rosa, at=LATER)
    for entry in TrailEntry.objects.filter(verb__in=CHANGING):
        tasks.follow_consent(entry.pk)
    assert Disclosure.objects.get().count == 1
