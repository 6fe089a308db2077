import base64
import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from nacl.public import PrivateKey
from pydantic import SecretStr

from nabij.keys.blind import blind_index
from nabij.keys.envelope import CannotOpen, close, open_envelope
from nabij.keys.models import SubjectKey
from nabij.keys.sealing import ERASED, Opener, Sealer, Unreadable, destroy_key, seal, seal_all, unseal

NOW = datetime(2027, 1, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_sealed_text_is_read_back_with_the_subject_s_own_key_only():
    one, other = uuid.uuid4(), uuid.uuid4()
    sealed = seal(one, "Imke 👋 مرحبا")
    assert b"Imke" not in sealed
    assert unseal(one, sealed) == "Imke 👋 مرحبا"
    seal(other, "x")
    with pytest.raises(Unreadable):
        unseal(other, sealed)


@pytest.mark.django_db
def test_empty_text_stays_empty():
    subject = uuid.uuid4()
    assert seal(subject, "") == b""
    assert unseal(subject, b"") == ""
    assert unseal(subject, None) == ""
    assert seal_all(subject, {"a": "", "b": "x"})["a"] == b""


@pytest.mark.django_db
def test_who_is_new_gets_a_key_in_one_query_and_never_a_second_one(django_assert_num_queries):
    subject = uuid.uuid4()
    with django_assert_num_queries(1):
        sealed = Sealer.of_new(subject).seal_all(subject, {"name": "Imke"})["name"]
    assert unseal(subject, sealed) == "Imke"
    with pytest.raises(IntegrityError), transaction.atomic():
        Sealer.of_new(subject)


@pytest.mark.django_db
def test_a_list_of_people_costs_one_query(django_assert_num_queries):
    people = [uuid.uuid4() for _ in range(5)]
    sealed = {person: seal(person, str(person)) for person in people}
    with django_assert_num_queries(1):
        opener = Opener(people)
        assert all(opener.open(person, sealed[person]) == str(person) for person in people)


@pytest.mark.django_db
def test_destroying_the_key_erases_and_nothing_new_is_sealed():
    subject = uuid.uuid4()
    sealed = seal(subject, "geheim")
    destroy_key(subject, at=NOW)
    assert unseal(subject, sealed) == ERASED
    assert SubjectKey.objects.get(subject_id=subject).wrapped is None
    with pytest.raises(Unreadable):
        seal(subject, "toch weer")


@pytest.mark.django_db
def test_a_key_is_alive_or_destroyed_never_both():
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectKey.objects.create(subject_id=uuid.uuid4(), wrapped=b"x", destroyed_at=NOW)


def test_blind_indexes_never_match_across_controllers_or_purposes():
    same = blind_index("amsterdam", "login", "nadia@example.nl")
    assert same == blind_index("amsterdam", "login", "nadia@example.nl")
    assert same != blind_index("waterdijk", "login", "nadia@example.nl")
    assert same != blind_index("amsterdam", "duplicates", "nadia@example.nl")


def test_an_envelope_cannot_be_opened_by_the_process_that_closed_it(settings):
    settings.ENV = settings.ENV.model_copy(update={"spool_private_key": SecretStr("")})
    with pytest.raises(CannotOpen):
        open_envelope(close(b"inhoud"))


def test_an_envelope_opens_with_the_private_key_and_not_when_damaged(settings):
    pair = PrivateKey.generate()
    settings.ENV = settings.ENV.model_copy(
        update={
            "spool_public_key": base64.b64encode(bytes(pair.public_key)).decode(),
            "spool_private_key": SecretStr(base64.b64encode(bytes(pair)).decode()),
        }
    )
    envelope = close(b"inhoud")
    assert open_envelope(envelope) == b"inhoud"
    with pytest.raises(CannotOpen):
        open_envelope(envelope[:-1] + b"x")


@pytest.mark.django_db
def test_keys_of_many_are_made_together_and_a_second_look_makes_none(django_assert_num_queries):
    people = [uuid.uuid4() for _ in range(50)]
    with django_assert_num_queries(3):
        sealer = Sealer(people)
    sealed = {person: sealer.seal_all(person, {"name": "Imke"})["name"] for person in people}
    with django_assert_num_queries(1):
        Sealer(people)
    opener = Opener(people)
    assert {opener.open(person, sealed[person]) for person in people} == {"Imke"}
    with pytest.raises(Unreadable):
        opener.open(people[0], sealed[people[1]])


@pytest.mark.django_db
def test_nothing_more_is_sealed_for_whose_key_was_destroyed():
    person = uuid.uuid4()
    sealer_before = Sealer([person])
    assert sealer_before.seal_all(person, {"name": ""}) == {"name": b""}
    destroy_key(person, at=datetime(2027, 1, 10, tzinfo=UTC))
    with pytest.raises(Unreadable, match="destroyed"):
        seal(person, "Imke")
