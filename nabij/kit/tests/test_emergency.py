"""The numbers on top of every page."""

import pytest
from django.utils import translation

from nabij.kit.emergency import emergency_numbers


@pytest.mark.parametrize(
    ("language", "first"), [("nl", "Direct gevaar"), ("en", "Immediate danger"), ("de", "Direct gevaar")]
)
def test_emergency_numbers_speak_the_language_of_the_page(language, first):
    with translation.override(language):
        assert emergency_numbers()[0].label == first


def test_the_most_urgent_number_comes_first_and_can_be_dialled():
    assert [line.number for line in emergency_numbers()][:2] == ["112", "113"]
    assert all(line.dial.isdigit() for line in emergency_numbers())
