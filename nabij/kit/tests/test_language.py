"""Syllables, sentences, the score of Flesch-Douma, and the words that the house avoids."""

import pytest

from nabij.kit.language import Reading, read, sentences, syllables, words_to_avoid

EASY_TEXT = "Er is iets ergs gebeurd. U hoeft nu niet alles te regelen. Doe één ding tegelijk."
HARD_TEXT = (
    "Conform de vigerende uitvoeringsregelingen dienen belanghebbenden een schadevergoedingsaanvraag "
    "met onderbouwende documentatie tijdig bij de desbetreffende uitvoeringsinstantie aan te leveren."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("u", 1), ("bel", 1), ("huis", 1), ("nieuws", 1), ("hulp", 1), ("kinderen", 3), ("gemeente", 3),
        ("financiële", 5), ("ideeën", 3), ("beïnvloed", 3), ("informatie", 4), ("bijeenkomst", 3),
        ("slachtofferhulp", 4), ("avond", 2), ("mooie", 2), ("GGD", 3), ("0900-0101", 1), ("pst", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_their_sound(word, count):
    assert syllables(word) == count


def test_titles_and_labels_are_no_sentences():
    assert sentences("Aanmelden\nBel ons. Wij zijn er (ook 's nachts).\n- Nu gevaar\n...") == [
        "Bel ons.",
        "Wij zijn er (ook 's nachts).",
    ]


def test_a_number_or_an_address_ends_no_sentence():
    assert sentences("Bel 0800-0113 of kijk op 113.nl voor hulp.") == [
        "Bel 0800-0113 of kijk op 113.nl voor hulp."
    ]


def test_short_sentences_with_short_words_are_easy():
    found = read(sentences(EASY_TEXT))
    assert found.is_easy
    assert found.words_per_sentence == 16 / 3


def test_an_office_sentence_is_not_easy():
    found = read(sentences(HARD_TEXT))
    assert found.score < 20
    assert not found.is_easy


def test_long_sentences_are_not_easy_however_short_the_words():
    found = read([" ".join(["de man ziet het huis"] * 4) + "."])
    assert found.score > 60
    assert not found.is_easy


def test_the_score_is_that_of_douma():
    assert Reading(sentences=10, words=100, syllables=150).score == pytest.approx(206.84 - 9.3 - 115.5)


def test_no_text_is_an_easy_text():
    assert read([]).is_easy


def test_labels_are_found_with_what_to_write_instead():
    assert words_to_avoid("Als Slachtoffer heeft u rechten.") == ["“Slachtoffer”: u, of wie het raakt"]


def test_names_of_organisations_are_no_labels():
    assert words_to_avoid("Bel Slachtofferhulp Nederland, of 113 Zelfmoordpreventie.") == []


def test_a_word_inside_another_word_is_no_hit():
    assert words_to_avoid("U kunt een klacht indienen. Dat is inmiddels gebeurd.") == []
