"""Words of danger: one list for groups and for messages to who helps."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from nabij.contact.danger import Danger, dangers_in, lifelines, plain_words, tells_of_danger


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ik denk aan ZELFDODING.", [Danger.SUICIDE]),
        ("Yaşamak istemiyorum", [Danger.SUICIDE]),
        ("Hij bedreigt mij en heeft een mes!", [Danger.VIOLENCE, Danger.TO_A_HELPER]),
        ("In de keuken lag een mes", [Danger.TO_A_HELPER]),
        ("Kom naar de mesthoop", []),
        ("De wapens van de stad", []),
        ("", []),
    ],
)
def test_words_of_danger_are_whole_words_however_they_are_written(text, kinds):
    assert dangers_in(text) == kinds
    assert tells_of_danger(text) is bool(kinds)


def test_spelling_hides_nothing():
    assert plain_words("Móét  ık’t_zéggen?") == ["moet", "ikt", "zeggen"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_lines_are_there_at_night_and_in_both_languages(language):
    with translation.override(language):
        lines = lifelines(datetime(2027, 5, 20, 1, tzinfo=UTC))
    assert [each.dial for each in lines] == ["112", "113"]
