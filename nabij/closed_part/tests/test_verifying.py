"""Somebody is let in by a call, by two people or not at all; and who does not belong is out at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_actor, make_municipality, make_region, make_team
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.closed_part import leaving
from nabij.closed_part.actions.verifying import (
    Found,
    confirm_entry,
    expel,
    note_guardian,
    propose_entry,
    reconsider,
    refuse_entry,
    verify_by_call,
)
from nabij.closed_part.factories import EVENING, make_asker, make_insider, person_of
from nabij.closed_part.models import AgeClass, Verification, VerificationState, Way
from nabij.closed_part.policies import (
    age_class_of,
    can_confirm,
    can_expel,
    can_lead,
    can_reconsider,
    can_verify,
    entries_visible_to,
    shows_panel,
    verifications_visible_to,
    works_at_door,
)
from nabij.closed_part.queries.door import door_counts, leaders_at
from nabij.closed_part.queries.entry import entry_of
from nabij.keys.sealing import unseal
from nabij.notify.models import Message
from nabij.people.models import Registration

AT = EVENING
FOUND = Found("residents", asked=("name", "place"), note="Wist de hond van de buren.")


def told_to(person_or_member_id):
    return list(Message.objects.filter(recipient_id=person_or_member_id).values_list("template", flat=True))


def test_who_was_called_back_on_the_known_number_is_in_and_hears_so_without_content(door):
    held = verify_by_call(door.asker, FOUND, by=door.rosa, at=AT)
    assert (held.state, held.way, held.relation, held.asked) == (
        VerificationState.VERIFIED, Way.CALL_BACK, "residents", ["name", "place"],
    )  # fmt: skip
    assert held.decided_by_id == door.rosa.user_id
    assert unseal(door.asker.person_id, held.note_sealed) == FOUND.note
    assert entry_of(person_of(door.asker), door.centre.slug, AT).verification == held
    assert told_to(door.asker.person_id) == ["closed_part_waiting"]
    [entry] = TrailEntry.objects.filter(verb="closed_part.verified")
    assert entry.facts == {"way": "call_back"}


@pytest.mark.parametrize(
    ("found", "field"),
    [
        (Found("", asked=("name",)), "relation"),
        (Found("vrienden", asked=("name",)), "relation"),
        (Found("residents"), "asked"),
        (Found("residents", asked=("bloedgroep",)), "asked"),
    ],
)
def test_a_call_without_its_answers_lets_nobody_in(door, found, field):
    with pytest.raises(ValidationError) as error:
        verify_by_call(door.asker, found, by=door.rosa, at=AT)
    assert list(error.value.message_dict) == [field]
    assert not Verification.objects.filter(state=VerificationState.VERIFIED).exists()


def test_without_a_number_from_the_registration_nobody_is_let_in_by_a_call(door):
    silent = make_asker(door.centre, phone="")
    with pytest.raises(ValidationError, match="twee mensen"):
        verify_by_call(silent, FOUND, by=door.rosa, at=AT)


def test_an_age_that_was_not_told_is_asked(door):
    unknown = make_asker(door.centre, age_group="")
    with pytest.raises(ValidationError, match="hoe oud"):
        verify_by_call(unknown, FOUND, by=door.rosa, at=AT)
    held = verify_by_call(unknown, Found("residents", "older", asked=("name",)), by=door.rosa, at=AT)
    assert held.age_class == AgeClass.OLDER


def test_somebody_younger_than_16_is_in_only_with_the_yes_of_a_guardian(door):
    child = make_asker(door.centre, age_group="12-15", guardian="Joke Zandstra")
    with pytest.raises(ValidationError) as error:
        verify_by_call(child, FOUND, by=door.rosa, at=AT)
    assert list(error.value.message_dict) == ["guardian_says_yes"]
    heard = Found("residents", guardian_says_yes=True, asked=("name",))
    held = verify_by_call(child, heard, by=door.rosa, at=AT)
    assert (held.guardian_said_yes_at, held.guardian_heard_by) == (AT, door.rosa.id)
    assert entry_of(person_of(child), door.centre.slug, AT)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Verification.objects.update(guardian_said_yes_at=None, guardian_heard_by=None)


def test_a_hard_case_takes_two_different_people_and_the_second_is_the_leader(door):
    with pytest.raises(ValidationError, match="waarom"):
        propose_entry(door.asker, Found("bereaved"), by=door.rosa, at=AT)
    held = propose_entry(door.asker, Found("bereaved", note="Zus van."), by=door.lead, at=AT)
    assert not can_confirm(door.lead, held, AT)
    held = propose_entry(door.asker, Found("bereaved", note="Zus van."), by=door.rosa, at=AT)
    assert [can_confirm(each, held, AT) for each in (door.rosa, door.wim, door.lead)] == [False, False, True]
    with pytest.raises(PermissionDenied):
        confirm_entry(held, by=door.wim, at=AT)
    held = confirm_entry(held, by=door.lead, at=AT)
    assert (held.way, held.relation) == (Way.TWO_PEOPLE, "bereaved")
    assert not can_confirm(door.lead, held, AT)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Verification.objects.update(decided_by=held.proposed_by)


def test_a_proposal_for_a_child_needs_the_guardian_as_well(door):
    child = make_asker(door.centre, age_group="0-11")
    with pytest.raises(ValidationError, match="ouder of verzorger"):
        propose_entry(child, Found("bereaved", note="Dochter van."), by=door.rosa, at=AT)


def test_who_is_refused_is_told_as_calmly_as_who_is_let_in_and_reads_why(door):
    with pytest.raises(ValidationError) as error:
        refuse_entry(door.asker, "zomaar", "", by=door.rosa, at=AT)
    assert list(error.value.message_dict) == ["reason"]
    held = refuse_entry(door.asker, "press", "Gaf zelf een krant op.", by=door.rosa, at=AT)
    assert (held.state, held.reason) == (VerificationState.REFUSED, "press")
    assert told_to(door.asker.person_id) == ["closed_part_waiting"]
    assert entry_of(person_of(door.asker), door.centre.slug, AT) is None
    with pytest.raises(ValidationError, match="Een collega was eerder: niet toegelaten"):
        verify_by_call(door.asker, FOUND, by=door.wim, at=AT)


def test_only_the_leader_looks_again_at_who_was_refused(door):
    held = refuse_entry(door.asker, "unknown", "", by=door.rosa, at=AT)
    assert can_reconsider(door.lead, held, AT)
    with pytest.raises(PermissionDenied):
        reconsider(held, by=door.rosa, at=AT)
    held = reconsider(held, by=door.lead, at=AT)
    assert (held.state, held.reason, held.decided_at) == (VerificationState.PENDING, "", None)
    assert not can_reconsider(door.lead, held, AT)
    assert verify_by_call(door.asker, FOUND, by=door.rosa, at=AT).state == VerificationState.VERIFIED


def test_who_does_not_belong_is_out_at_once_and_the_leaders_hear_it(door, monkeypatch):
    followed = []
    monkeypatch.setattr(leaving, "_follows", [lambda held, *, by, at: followed.append(held.pk)])
    held = make_insider(door.centre, by=door.rosa)
    person = person_of(held.registration)
    assert entry_of(person, door.centre.slug, AT)
    assert can_expel(door.lead, held, AT)
    for reason, note, field in (("", "Schreef een stuk.", "reason"), ("press", " ", "note")):
        with pytest.raises(ValidationError) as error:
            expel(held, reason, note, by=door.lead, at=AT)
        assert list(error.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        expel(held, "press", "Schreef een stuk.", by=door.rosa, at=AT)
    held = expel(held, "press", "Schreef een stuk.", by=door.lead, at=AT)
    assert (held.state, held.expelled_at) == (VerificationState.REFUSED, AT)
    assert entry_of(person, door.centre.slug, AT) is None
    assert told_to(door.member.lead.pk) == ["closed_part_expelled"]
    assert told_to(door.member.rosa.pk) == []
    assert followed == [held.pk]
    assert TrailEntry.objects.get(verb="closed_part.expelled").facts == {"reason": "press"}
    assert not can_expel(door.lead, held, AT)


def test_only_a_right_code_waits_for_a_guardian(door):
    make_asker(door.centre, age_group="12-15")
    with pytest.raises(ValidationError, match="Hier wacht niemand"):
        note_guardian(door.asker, by=door.rosa, at=AT)


def test_verifying_is_for_registrars_of_this_area_and_only_while_somebody_asks(door):
    elsewhere = make_municipality("GM9002", "Elders", region=make_region("VR92", team=make_team("Zuid")))
    stranger = make_actor(Role.IAC_REGISTRAR, municipality=elsewhere, team=make_team("Zuid"))
    no_wish = make_asker(door.centre, wants_closed_part=False)
    assert can_verify(door.rosa, door.asker, AT)
    assert can_verify(door.lead, door.asker, AT)
    assert not can_verify(door.rosa, no_wish, AT)
    assert not can_verify(stranger, door.asker, AT)
    assert not can_verify(door.editor, door.asker, AT)
    with pytest.raises(PermissionDenied):
        verify_by_call(door.asker, FOUND, by=stranger, at=AT)
    held = make_insider(door.centre, by=door.rosa)
    other_lead = make_actor(Role.IAC_REGISTRAR_LEAD, team=make_team("Zuid"))
    assert not can_expel(other_lead, held, AT)
    assert not can_lead(other_lead, door.incident, AT)
    assert can_lead(door.lead, door.incident, AT)
    assert not can_lead(door.rosa, door.incident, AT)
    assert leaders_at(door.incident, AT) == [door.member.lead.pk]


@pytest.mark.parametrize("role", Role)
def test_the_door_is_for_registrars_and_nobody_else(door, role):
    held = make_insider(door.centre, by=door.rosa)
    actor = make_actor(role)
    is_registrar = role in (Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD)
    assert works_at_door(actor) is is_registrar
    assert Verification.objects.filter(verifications_visible_to(actor, AT)).exists() is is_registrar
    assert can_expel(actor, held, AT) is (role == Role.IAC_REGISTRAR_LEAD)
    assert not Verification.objects.filter(entries_visible_to(actor, AT)).exists()


def test_the_counts_add_up_to_everybody_who_registered(door):
    """S05-6 in small: let in, refused with reason, waiting, stopped, and no wish are all that there are."""
    for _ in range(3):
        make_insider(door.centre, by=door.rosa)
    refuse_entry(make_asker(door.centre), "unknown", "", by=door.rosa, at=AT)
    propose_entry(make_asker(door.centre), Found("bereaved", note="Zus van."), by=door.rosa, at=AT)
    for _ in range(2):
        make_asker(door.centre, wants_closed_part=False)
    counts = door_counts(door.incident.pk)
    assert (counts.verified, counts.refused, counts.pending, counts.withdrawn, counts.no_wish) == (
        3,
        1,
        2,
        0,
        2,
    )
    assert counts.total == 8


def test_the_counts_of_the_fire_are_188_4_and_203(door):
    """S05-6 in full: 395 registrations, of whom 188 are let in, 4 refused with a reason, 203 have no wish."""
    Registration.objects.all().delete()
    rows = [_plain_row(door, number) for number in range(395)]
    Registration.objects.bulk_create(rows)
    decided = {"decided_at": AT, "decided_by_id": door.rosa.user_id}
    Verification.objects.bulk_create(
        [
            *(
                Verification(registration=row, state="verified", way="call_back", relation="residents",
                             age_class="older", **decided)
                for row in rows[:188]
            ),
            *(Verification(registration=row, state="refused", reason="unknown", **decided)
              for row in rows[188:192]),
        ]
    )  # fmt: skip
    counts = door_counts(door.incident.pk)
    assert (counts.verified, counts.refused, counts.no_wish, counts.pending) == (188, 4, 203, 0)
    assert counts.total == 395


def _plain_row(door, number):
    return Registration(
        person_id=door.asker.person_id, incident=door.incident, asked_for=door.incident.pk,
        form_key=f"00000000-0000-4000-8000-{number:012d}", content_index=b"x", reference=f"r-{number}",
        state="new", received_at=AT, drained_at=AT, page_language="nl", relation="resident",
        age_group="18-64", is_urgent=False, wants_closed_part=number < 192, wants_newsletter=False,
    )  # fmt: skip


def test_counts_stand_in_the_room_only_where_there_is_a_closed_part(door):
    assert shows_panel(door.editor, door.incident)
    assert not shows_panel(make_actor(Role.IAC_TECHNICIAN), door.incident)
    door.centre.commission.__class__.objects.update(wants_closed_part=False)
    assert not shows_panel(door.editor, door.incident)


def test_the_age_says_who_decides():
    assert [age_class_of(each) for each in ("0-11", "12-15", "16-17", "18-64", "65+", "")] == [
        "child", "youth", "older", "older", "older", "",
    ]  # fmt: skip


def test_an_exercise_says_so_to_everybody_who_hears_of_it(door):
    held = make_insider(door.centre, by=door.rosa)
    held.registration.incident.__class__.objects.update(is_exercise=True)
    expel(held, "rules", "Schold.", by=door.lead, at=AT + timedelta(hours=1))
    assert Message.objects.filter(template="closed_part_expelled", is_exercise=True).exists()
