"""Plain records, without a database: a birth date, an address and a number tell somebody apart."""

import pytest

from nabij.matching.keys import keys_of
from nabij.matching.names import parts_of
from nabij.matching.scoring import Reason, likeness
from nabij.matching.sought import Sought

ANNA = Sought(
    given_name="Anna", family_name="de Vries", birth="1980-03-09", phone="06-12345678",
    email="a.vries@example.nl", street="Kokmeeuwstraat", house_number="12", postcode="1022 AB",
    place="Amsterdam",
    household="Bram de Vries",
)  # fmt: skip


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Sought(birth="19800309"), Reason.BIRTH),
        (Sought(birth="1980-09-03"), Reason.NEAR_BIRTH),
        (Sought(birth="1980-03-19"), Reason.NEAR_BIRTH),
        (Sought(birth="1980-03-21"), Reason.NEAR_BIRTH),
        (Sought(phone="+31 6 12345678"), Reason.PHONE),
        (Sought(phone="0612345679"), Reason.NEAR_PHONE),
        (Sought(email="A.Vries+iac@Example.nl"), Reason.EMAIL),
        (Sought(email="avries@example.com"), Reason.LOCAL),
        (Sought(street="Kokmeuwstraat", house_number="12"), Reason.HOME),
        (Sought(place="amsterdam"), Reason.PLACE),
        (Sought(household="bram de vries"), Reason.HOUSEHOLD),
        (Sought(name="Anna Bos"), Reason.HALF_NAME),
    ],
)
def test_one_thing_in_common_is_the_reason(other, reason):
    found = likeness(ANNA, other)
    assert found.reasons == (reason,)
    assert found.score > 0


@pytest.mark.parametrize(
    "other",
    [
        Sought(birth="1951-11-27"), Sought(birth="1980"), Sought(phone="0687654321"),
        Sought(email="bo@example.org"),
        Sought(street="Dorpsweg", house_number="3", postcode="9999 ZZ"), Sought(household="Iemand anders"),
        Sought(name="Bo"), Sought(place="Delfzijl"), Sought(),
    ],
)  # fmt: skip
def test_what_differs_is_no_reason_and_takes_off(other):
    found = likeness(ANNA, other)
    assert found.reasons == ()
    assert found.score <= 0


def test_another_age_group_takes_off():
    young = Sought(name="Bo Bos", age_group="12-15")
    assert likeness(young, Sought(name="Bo Bos", age_group="65+")).score < likeness(young, young).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Sought(name="Bo", birth="19800309"), Sought(name="Bo", birth="19800903")),
        (Sought(name="Anna", birth="19800309"), Sought(name="Anna", birth="19800317")),
        (Sought(street="Dorpsweg", house_number="3"), Sought(street="Dorpsweg", house_number="3")),
        (Sought(postcode="1022AB", house_number="3"), Sought(postcode="1022 ab", house_number="3")),
        (Sought(postcode="1022AB", birth="19800309"), Sought(postcode="1022AB", birth="19801231")),
        (Sought(street="Dorpsweg", postcode="1022AB"), Sought(street="Dorpsplein", postcode="1022AB")),
        (Sought(name="Anna", postcode="1022AB"), Sought(name="Annie", postcode="1022AB")),
        (Sought(name="Youssef Benali"), Sought(name="Yusuf Ben Ali")),
        (Sought(name="Ахмед Хусейн"), Sought(name="Ahmed Hussein")),
        (Sought(name="Katarzyna Kowalska"), Sought(name="Kasia Kowalski")),
    ],
)
def test_two_records_of_one_person_share_a_key(one, other):
    assert keys_of(one) & keys_of(other)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("mevr. A. van der Linden", ["a", "linden"]),
        ("Jan terHorst", ["jan", "horst"]),
        ("van de", ["van", "de"]),
        ("Jan Jan", ["jan"]),
        ("Abd el Kader Ouadi", ["abdelkader", "ouadi"]),
        ("!?", []),
    ],
)
def test_particles_and_titles_tell_nobody_apart(written, parts):
    assert [each.letters for each in parts_of(written)] == parts
