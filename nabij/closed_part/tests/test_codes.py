"""Codes of police, municipality and hospital: made, given out once, used once, stopped."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit.models import TrailEntry
from nabij.closed_part.actions.codes import give_out_codes, make_codes, stop_codes, use_code
from nabij.closed_part.actions.verifying import note_guardian
from nabij.closed_part.content import limit
from nabij.closed_part.factories import EVENING, make_asker, make_closed_centre, person_of
from nabij.closed_part.models import CodeList, EntryCode, Verification, VerificationState
from nabij.closed_part.queries.door import code_lists_of
from nabij.closed_part.queries.entry import entry_of
from nabij.keys.models import SubjectKey
from nabij.kit.tests.at_once import together

AT = EVENING


@pytest.fixture
def codes(door):
    made = make_codes(door.centre, "police", "bereaved", 3, by=door.lead, at=AT)
    return give_out_codes(made, by=door.lead, at=AT)


def test_codes_are_given_out_once_and_after_that_nobody_can_read_them(door):
    made = make_codes(door.centre, "hospital", "injured", 3, by=door.lead, at=AT)
    codes = give_out_codes(made, by=door.lead, at=AT)
    assert len(set(codes)) == 3
    kept = b"".join(bytes(each) for each in EntryCode.objects.values_list("code_index", flat=True))
    assert not any(each.encode() in kept for each in codes)
    held = CodeList.objects.get()
    assert held.codes_sealed == b""
    assert SubjectKey.objects.get(subject_id=made.pk).destroyed_at == AT
    with pytest.raises(ValidationError, match="al uitgegeven"):
        give_out_codes(made, by=door.lead, at=AT)
    assert TrailEntry.objects.filter(verb="closed_part.codes_given_out").count() == 1


@pytest.mark.parametrize(
    ("relation", "number", "field"),
    [("apart", 3, "relation"), ("vrienden", 3, "relation"), ("residents", 0, "number"),
     ("residents", limit("most_codes") + 1, "number")],
)  # fmt: skip
def test_codes_are_for_a_group_and_in_reason(door, relation, number, field):
    with pytest.raises(ValidationError) as error:
        make_codes(door.centre, "police", relation, number, by=door.lead, at=AT)
    assert list(error.value.message_dict) == [field]


def test_codes_are_the_leaders(door):
    made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    for act in (
        lambda: make_codes(door.centre, "police", "bereaved", 1, by=door.rosa, at=AT),
        lambda: give_out_codes(made, by=door.rosa, at=AT),
        lambda: stop_codes(made, by=door.rosa, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_code_lets_its_owner_in_however_it_is_typed_and_nobody_after_that(door, codes):
    typed = f" {codes[0].lower().replace('-', ' ')}"
    held = use_code(door.asker, typed, by=person_of(door.asker), at=AT)
    assert (held.state, held.way, held.relation) == (VerificationState.VERIFIED, "code", "bereaved")
    assert entry_of(person_of(door.asker), door.centre.slug, AT)
    second = make_asker(door.centre)
    assert use_code(second, codes[0], by=person_of(second), at=AT) is None
    assert use_code(door.asker, codes[1], by=person_of(door.asker), at=AT) is None
    assert [used for _, used in code_lists_of(door.centre)] == [1]


def test_guessing_ends_after_a_few_tries_also_with_the_right_code(door, codes):
    for _ in range(limit("most_tries")):
        assert use_code(door.asker, "BBBB-BBBB", by=person_of(door.asker), at=AT) is None
    assert use_code(door.asker, codes[0], by=person_of(door.asker), at=AT) is None
    assert Verification.objects.get().tries == limit("most_tries")


def test_a_list_that_was_lost_opens_nothing_any_more(door, codes):
    made = CodeList.objects.get()
    stopped = stop_codes(made, by=door.lead, at=AT)
    assert stop_codes(made, by=door.lead, at=AT).stopped_at == stopped.stopped_at
    assert use_code(door.asker, codes[0], by=person_of(door.asker), at=AT) is None
    kept = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    stop_codes(kept, by=door.lead, at=AT)
    with pytest.raises(ValidationError):
        give_out_codes(kept, by=door.lead, at=AT)


def test_a_code_of_another_centre_or_of_a_list_not_given_out_opens_nothing(door):
    made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    other = make_closed_centre()
    there = make_asker(other)
    code = give_out_codes(made, by=door.lead, at=AT)[0]
    assert use_code(there, code, by=person_of(there), at=AT) is None
    CodeList.objects.update(given_out_at=None, given_out_by=None)
    assert use_code(door.asker, code, by=person_of(door.asker), at=AT) is None


def test_a_child_with_the_right_code_waits_for_the_guardian(door, codes):
    child = make_asker(door.centre, age_group="12-15")
    held = use_code(child, codes[0], by=person_of(child), at=AT)
    assert (held.state, held.awaits_guardian) == (VerificationState.PENDING, True)
    assert entry_of(person_of(child), door.centre.slug, AT) is None
    held = note_guardian(child, by=door.rosa, at=AT)
    assert (held.way, held.guardian_heard_by) == ("code", door.rosa.id)
    assert entry_of(person_of(child), door.centre.slug, AT)


def test_who_did_not_tell_an_age_is_asked_for_it(door, codes):
    silent = make_asker(door.centre, age_group="")
    with pytest.raises(ValidationError) as error:
        use_code(silent, codes[0], by=person_of(silent), at=AT)
    assert list(error.value.message_dict) == ["age_class"]
    assert use_code(silent, codes[0], age_class="older", by=person_of(silent), at=AT).age_class == "older"


def test_a_code_is_typed_by_the_person_who_asks_where_there_is_a_closed_part(door, codes):
    no_wish = make_asker(door.centre, wants_closed_part=False)
    with pytest.raises(PermissionDenied):
        use_code(no_wish, codes[0], by=person_of(no_wish), at=AT)
    with pytest.raises(PermissionDenied):
        use_code(door.asker, codes[0], by=person_of(no_wish), at=AT)
    door.centre.commission.__class__.objects.update(wants_closed_part=False)
    with pytest.raises(PermissionDenied):
        use_code(door.asker, codes[0], by=person_of(door.asker), at=AT)


@pytest.mark.django_db(transaction=True)
def test_one_code_typed_by_two_at_once_lets_one_in(door):
    with transaction.atomic():
        made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
        [code] = give_out_codes(made, by=door.lead, at=AT)
        second = make_asker(door.centre)
    failed = together(
        lambda: use_code(door.asker, code, by=person_of(door.asker), at=AT),
        lambda: use_code(second, code, by=person_of(second), at=AT),
    )
    assert failed == []
    assert Verification.objects.filter(state=VerificationState.VERIFIED).count() == 1
