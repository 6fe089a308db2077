from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.disclosures import actions, tasks
from nabij.disclosures.keeping import COLLECTIONS, about_disclosed, about_withdrawn
from nabij.disclosures.models import Copy, DisclosedLine, Disclosure, NamedReceiver, Withdrawal
from nabij.disclosures.policies import (
    can_confirm,
    can_disclose,
    fits,
    leads_disclosures,
    may_receive,
    visible_to,
)
from nabij.disclosures.queries import consenting, disclosures_for, rows_in, stands_of, withdrawals_for
from nabij.disclosures.tests.conftest import EVENING, LATER, collected, own
from nabij.notify.factories import make_contact_point
from nabij.notify.models import ContactRule, Message
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import make_answers, make_registration, make_submission
from nabij.people.models import Receiver, Registration
from nabij.privacy.removal import Held

MINUTE = timedelta(minutes=1)
SHN, GGD, CITY = Receiver.VICTIM_SUPPORT, Receiver.GGD, Receiver.MUNICIPALITY


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def told(verb):
    return TrailEntry.objects.filter(verb=verb).latest("pk").pk


def test_three_exports_hold_exactly_who_said_yes(place):
    """S05-7: of 395 people 240 say yes to victim support, 132 to the GGD, 301 to the municipality."""

    def yes_to(number):
        lines = {SHN: number < 240, GGD: number >= 263, CITY: number >= 94}
        return tuple(receiver for receiver, says_yes in lines.items() if says_yes)

    people = [
        make_submission(place.incident.pk, sent_at=EVENING, name=f"Persoon {number}", yes_to=yes_to(number))
        for number in range(395)
    ]
    rows = store(people, by=SYSTEM, at=EVENING, machine_at=EVENING)
    make_registration(at=EVENING, yes_to=(SHN, GGD, CITY), name="Van elders")
    gone = make_registration(place.incident, at=EVENING, yes_to=(SHN, GGD, CITY), name="Weg")
    withdraw_registration(gone, by=own(gone), at=EVENING)
    for receiver, number in ((SHN, 240), (GGD, 132), (CITY, 301)):
        made = actions.disclose(place.incident, receiver, by=place.lot, at=EVENING)
        wanted = {str(row.pk) for at, row in enumerate(rows) if receiver in yes_to(at)}
        assert made.count == number
        assert {each.registration_id for each in rows_in(made)} == wanted
        assert {str(each.registration_id) for each in made.lines.all()} == wanted
    assert b"Persoon" not in bytes(made.rows_sealed)


def test_a_receiver_gets_what_the_consent_promises_and_only_needs_it_helps_with(place):
    make_registration(
        place.incident, at=EVENING, yes_to=(GGD, CITY), needs=["medicine", "housing"], age_group="65+"
    )
    [ggd] = rows_in(actions.disclose(place.incident, GGD, by=place.lot, at=EVENING))
    [city] = rows_in(actions.disclose(place.incident, CITY, by=place.lot, at=EVENING))
    assert (ggd.needs, city.needs) == ("Medicijnen", "Een plek om te slapen")
    assert (ggd.name, ggd.phone, ggd.email) == ("Mirjam Zandstra", "+31600000042", "mirjam@example.nl")
    assert not {"age_group", "relation", "guardian"} & set(vars(ggd))


def test_safe_contact_goes_before_everything(place):
    no = make_registration(place.incident, at=EVENING, yes_to=(GGD,), safe_to_call="no", name="Bo")
    ruled = make_registration(
        place.incident, at=EVENING, yes_to=(GGD,), name="Noor", preferred_time="evening"
    )
    ContactRule.objects.create(
        subject_id=ruled.person_id, ways=["letter"], has_secret_address=True, set_at=EVENING
    )
    told_of = {
        each.registration_id: each
        for each in rows_in(actions.disclose(place.incident, GGD, by=place.lot, at=EVENING))
    }
    assert (told_of[str(no.pk)].phone, told_of[str(no.pk)].contact) == ("", "Nee, bel mij niet")
    masked = told_of[str(ruled.pk)]
    assert (masked.phone, masked.email, masked.when) == ("", "", "")
    assert masked.contact == "Alleen via Slachtofferhulp"


def test_the_last_form_of_a_person_counts_once(place):
    first = make_submission(place.incident.pk, sent_at=EVENING, yes_to=(GGD, CITY))
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=EVENING + MINUTE, yes_to=(CITY, SHN)
    )
    store([first], by=SYSTEM, at=EVENING, machine_at=EVENING)
    copy = collected(place, GGD, "gijs@example.nl", place.gijs)
    store([again], by=SYSTEM, at=LATER, machine_at=LATER)
    tasks.follow_consent(told("registration.received"))
    numbers = {
        receiver: actions.disclose(place.incident, receiver, by=place.lot, at=LATER).count
        for receiver in Receiver
    }
    assert numbers == {SHN: 1, GGD: 0, CITY: 1}
    assert Withdrawal.objects.get().references == [Registration.objects.get(corrects=None).reference]
    assert copy.disclosure.number == 1


def test_new_people_alone_do_not_make_it_again(place):
    make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    make_registration(place.incident, at=LATER, yes_to=(GGD,), name="Bo")
    tasks.follow_consent(told("registration.received"))
    assert Disclosure.objects.count() == 1
    stand = next(each for each in stands_of(place.incident) if each.receiver == GGD)
    assert (stand.number_now, stand.added) == (2, 1)


def test_it_is_made_again_when_a_consent_changes_and_the_old_one_is_gone(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    old = actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    assert actions.disclose(place.incident, GGD, by=place.lot, at=EVENING) == old, "nothing changed"
    change_registration(row, make_answers(yes_to=(CITY,)), language="nl", by=own(row), at=EVENING)
    tasks.follow_consent(told("registration.changed"))
    old.refresh_from_db()
    assert old.replaced_at is not None
    assert rows_in(old) == []
    new = Disclosure.objects.get(replaced_at=None)
    assert (new.number, new.count, new.made_by) == (2, 0, None)
    assert not Disclosure.objects.filter(receiver=CITY).exists(), "nobody asked for that one"
    with pytest.raises(ValidationError, match="nieuwere versie"):
        actions.collect(old, "csv", by=place.lot, at=LATER)


def test_who_collected_somebody_is_asked_to_delete_them_until_they_confirm(place):
    stays = make_registration(place.incident, at=EVENING, yes_to=(GGD,), name="Bo")
    leaves = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    make_contact_point(place.gijs.id)
    collected(place, GGD, "gijs@example.nl", place.gijs)
    withdraw_registration(leaves, by=own(leaves), at=LATER)
    tasks.follow_consent(told("registration.withdrawn"))
    asked = Withdrawal.objects.get()
    assert (asked.membership, asked.references) == (place.members.gijs, [leaves.reference])
    message = Message.objects.get(template="disclosure_withdrawn")
    assert message.recipient_id == place.gijs.id
    assert "Mirjam" not in message.subject
    for _ in range(2):
        actions.follow_consent(place.incident, by=SYSTEM, at=LATER)
    assert Withdrawal.objects.count() == 1, "asked once"
    assert actions.remind(by=SYSTEM, at=LATER) == 0
    for days in (2, 4):
        assert actions.remind(by=SYSTEM, at=LATER + timedelta(days=days, hours=1)) == 1
    actions.confirm_deletion(asked, by=place.gijs, at=LATER + timedelta(days=5))
    actions.confirm_deletion(asked, by=place.lot, at=LATER + timedelta(days=6))
    asked.refresh_from_db()
    assert asked.confirmed_by == place.gijs.id
    assert actions.remind(by=SYSTEM, at=LATER + timedelta(days=20)) == 0
    assert [each.registration_id for each in rows_in(Disclosure.objects.get(replaced_at=None))] == [
        str(stays.pk)
    ]


def test_who_never_collected_is_not_asked(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    withdraw_registration(row, by=own(row), at=LATER)
    actions.follow_consent(place.incident, by=SYSTEM, at=LATER)
    assert not Withdrawal.objects.exists()


def test_who_says_yes_again_and_no_again_is_asked_back_again_after_a_new_copy(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    collected(place, GGD, "gijs@example.nl", place.gijs)
    moments = [EVENING + number * MINUTE for number in range(1, 4)]
    for at, yes in zip(moments, ((), (GGD,), ()), strict=True):
        change_registration(row, make_answers(yes_to=yes), language="nl", by=own(row), at=at)
        actions.follow_consent(place.incident, by=SYSTEM, at=at)
        if yes:
            made = Disclosure.objects.get(replaced_at=None)
            actions.collect(made, "pdf", by=place.gijs, at=at)
    assert Withdrawal.objects.count() == 2


def test_a_withdrawal_is_asked_also_when_the_file_itself_is_past_its_term(place):
    row = make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    collected(place, GGD, "gijs@example.nl", place.gijs)
    files, old, asked = COLLECTIONS
    files.remove(files.rows(LATER), by=SYSTEM, at=LATER)
    assert not disclosures_for(place.gijs, LATER).exists()
    withdraw_registration(row, by=own(row), at=LATER)
    assert actions.follow_consent(place.incident, by=SYSTEM, at=LATER) == 0
    assert Withdrawal.objects.count() == 1
    held = Held(persons=[row.person_id])
    assert Disclosure.objects.filter(about_disclosed(held)).count() == 1
    assert Withdrawal.objects.filter(about_withdrawn(held)).count() == 1
    assert not asked.rows(LATER + MINUTE).exists(), "not before it is confirmed"
    actions.confirm_deletion(Withdrawal.objects.get(), by=place.lot, at=LATER)
    asked.remove(asked.rows(LATER + MINUTE), by=SYSTEM, at=LATER)
    old.remove(old.rows(LATER), by=SYSTEM, at=LATER)
    for model in (Disclosure, DisclosedLine, Copy, Withdrawal):
        assert not model.objects.exists()


def test_every_person_in_a_copy_is_logged_as_read_by_who_collects_it(place):
    rows = [
        make_registration(place.incident, at=EVENING, yes_to=(GGD,), name=name) for name in ("Bo", "Noor")
    ]
    collected(place, GGD, "gijs@example.nl", place.gijs)
    read = ReadEntry.objects.filter(actor_id=place.gijs.id)
    assert {each.person_id for each in read} == {row.person_id for row in rows}
    assert TrailEntry.objects.get(verb="disclosure.collected").facts == {
        "receiver": "ggd", "count": 2, "copy": 1,
    }  # fmt: skip


def test_only_a_named_colleague_of_the_receiver_collects(place):
    make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    made = actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    for actor in (place.gijs, place.els, place.rosa, place.zuid, SYSTEM):
        with pytest.raises(PermissionDenied):
            actions.collect(made, "csv", by=actor, at=EVENING)
    named = actions.name_receiver(place.incident, GGD, "Gijs@example.nl", by=place.lot, at=EVENING)
    assert actions.name_receiver(place.incident, GGD, "gijs@example.nl", by=place.lot, at=EVENING) == named
    assert list(disclosures_for(place.gijs, EVENING)) == [made]
    for _ in range(2):
        actions.end_name(named, by=place.lot, at=EVENING)
    assert not disclosures_for(place.gijs, EVENING).exists()
    assert TrailEntry.objects.filter(verb="disclosure.name_ended").count() == 1


@pytest.mark.parametrize(
    ("receiver", "email", "is_right"),
    [
        (GGD, "gijs@example.nl", True), (GGD, "ger@example.nl", False), (GGD, "els@example.nl", False),
        (CITY, "els@example.nl", True), (CITY, "joost@example.nl", False), (SHN, "vera@example.nl", True),
        (SHN, "niemand@example.nl", False),
    ],
)  # fmt: skip
def test_a_receiver_is_somebody_of_that_organisation_at_that_place(place, receiver, email, is_right):
    if is_right:
        named = actions.name_receiver(place.incident, receiver, email, by=place.lot, at=EVENING)
        assert fits(named.membership, place.incident, receiver)
    else:
        with pytest.raises(ValidationError) as refused:
            actions.name_receiver(place.incident, receiver, email, by=place.lot, at=EVENING)
        assert "email" in refused.value.message_dict
        assert not NamedReceiver.objects.exists()


def test_who_may_not_is_refused(place):
    named = actions.name_receiver(place.incident, GGD, "gijs@example.nl", by=place.lot, at=EVENING)
    make_registration(place.incident, at=EVENING, yes_to=(GGD,))
    made = actions.disclose(place.incident, GGD, by=place.lot, at=EVENING)
    asked = Withdrawal.objects.create(
        incident=place.incident, receiver=GGD, membership=place.members.gijs, registrations=[made.pk],
        references=["x"], told_at=EVENING, reminded_at=EVENING,
    )  # fmt: skip
    for actor in (place.rosa, place.zuid, place.els, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            actions.disclose(place.incident, GGD, by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.name_receiver(place.incident, GGD, "gijs@example.nl", by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.end_name(named, by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.confirm_deletion(asked, by=actor, at=EVENING)
        assert not Disclosure.objects.filter(visible_to(actor, EVENING)).exists()
        assert not can_confirm(actor, asked, EVENING)
    with pytest.raises(PermissionDenied):
        actions.name_receiver(place.incident, GGD, "gijs@example.nl", by=SYSTEM, at=EVENING)
    assert withdrawals_for(place.lot, EVENING).get() == asked


@pytest.mark.parametrize("role", Role)
def test_only_the_lead_of_the_registrars_discloses(role, place):
    actor = make_actor(role)
    assert leads_disclosures(actor) is (role == Role.IAC_REGISTRAR_LEAD)
    assert can_disclose(actor, place.incident, EVENING) is (role == Role.IAC_REGISTRAR_LEAD)
    assert may_receive(actor) is (role not in (Role.POLICE_OFFICER, Role.CONTROL_ROOM))


def test_each_morning_the_job_reminds(place):
    tasks.remind(0)
    assert not Message.objects.exists()


def test_what_is_counted_is_what_an_export_would_hold(place):
    """The last form of a person counts, also when it says no where the first said yes."""
    first = make_submission(place.incident.pk, sent_at=EVENING, yes_to=(SHN, GGD))
    again = make_submission(
        place.incident.pk, form_key=first.form_key, sent_at=EVENING + MINUTE, yes_to=(CITY, GGD)
    )
    other = make_submission(place.incident.pk, sent_at=EVENING, name="Bo", yes_to=(SHN,))
    store([first, again, other], by=SYSTEM, at=LATER, machine_at=LATER)
    counted = {each.receiver: each.number_now for each in stands_of(place.incident)}
    assert counted == {SHN: 1, GGD: 1, CITY: 1}
    assert counted == {each: len(consenting(place.incident, each)) for each in Receiver}
