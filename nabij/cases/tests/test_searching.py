"""Names that sound alike meet, within one organisation only."""

from uuid import uuid4

import pytest

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
