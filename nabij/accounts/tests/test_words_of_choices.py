"""The words of a choice: in the language of the page, the code itself when no choice knows it."""

import pytest
from django.utils import translation

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role


@pytest.mark.parametrize(("code", "words"), [(Role.TEAM_LEADER, "teamleider"), ("gone", "gone"), ("", "")])
def test_a_choice_is_said_in_words(code, words):
    assert Membership(role=code).get_role_display() == words


def test_a_choice_is_said_in_the_language_of_the_page():
    with translation.override("en"):
        assert Membership(role=Role.TEAM_LEADER).get_role_display() == "team leader"
