"""Names that sound alike meet, within one organisation only."""

from uuid import uuid4

import pytest

from nabij.cases.addresses import address_keys
from nabij.cases.searching import keys_of, marks, plain_words, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Jansen", "Jan Janssen"), ("Jan Janszen", "J. Jansen"), ("Ilse Vermaat", "ilse VERMAÁT"),
        ("Miriam O'Keeffe-Postma", "Miriam Postma"), ("Anna de Groot-Hallema", "Anna Hallema"),
        ("Kees van Dijk", "Kees Dyk"), ("Fatma Çelik", "Fatma Celik"), ("Piet Visser", "Piet Fisser"),
        ("Henk Schmidt", "Henk Smit"), ("Mo El Amrani", "Mo Amrani"),
    ],
)  # fmt: skip
def test_names_that_sound_alike_share_a_key(one, other):
    assert set(keys_of(one, "", "")) & set(keys_of(other, "", "")), (
        keys_of(one, "", ""),
        keys_of(other, "", ""),
    )


def test_other_names_do_not_and_nothing_typed_finds_nothing():
    assert not set(keys_of("Jan Bakker", "", "")) & set(keys_of("Jan Visser", "", ""))
    assert not set(keys_of("Jan Bakker", "", "")) & set(keys_of("Piet Bakker", "", ""))
    assert keys_of("", "", "") == []
    assert keys_of("Merel", "+31600000051", "m@example.nl")[0] == ("sound", f":{sound('merel')}")
    assert len(keys_of("Merel", "+31600000051", "m@example.nl")) == 3
    assert plain_words("Ruud van 't Hof") == ["ruud", "hof"]


def test_the_same_name_is_another_mark_in_another_organisation():
    keys = keys_of("Jan Jansen", "", "")
    assert marks(uuid4(), keys) != marks(uuid4(), keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kerkstraat 12a, 1234 AB Waterdijk", "1234ab 12 A"),
        ("Kerkstr. 12-3, Waterdijk", "kerkstraat 12 3"),
        ("Kerkstraat 12 Waterdijk", "Kerkstraat 12, 1234 AB"),
        ("1234 AB, nummer 12", "Kerkstraat 12, 1234AB Waterdijk"),
        ("Jan Steenstraat 12 bis, Ede", "jan steenstraat 12-BIS"),
        ("Café Noir, Kérkstraat 12", "Kerkstraat 12"),
        ("12 Kerkstraat", "Kerkstraat 12"),
        ("2e Jan Steenstraat 5, Ede", "2e Jan Steenstraat 5"),
    ],
)  # fmt: skip
def test_one_address_meets_however_it_was_written(one, other):
    assert set(address_keys(one)) & set(address_keys(other)), (address_keys(one), address_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kerkstraat 12, 1234 AB", "Kerkstraat 12a, 1234 AB"),
        ("Kerkstraat 12-3", "Kerkstraat 123"),
        ("Kerkstraat 12", "Dorpsstraat 12"),
        ("1234 AB 12", "1235 AB 12"),
    ],
)  # fmt: skip
def test_another_house_is_another_address(one, other):
    assert not set(address_keys(one)) & set(address_keys(other))


@pytest.mark.parametrize("nowhere", ["", "Waterdijk", "1234 AB Waterdijk", "bij haar moeder"])
def test_what_names_no_house_is_no_address(nowhere):
    assert address_keys(nowhere) == []


def test_a_number_alone_meets_nothing():
    assert address_keys("12") == []
