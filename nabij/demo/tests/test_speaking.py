"""The demonstration shows a centre in six languages, each read by one and approved by another."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from nabij.centres.factories import EVENING, make_live_centre
from nabij.centres.pages import public_pages
from nabij.centres.queries import text_states
from nabij.demo.world import build_world
from nabij.incidents.factories import make_incident
from nabij.kit import clock

pytestmark = pytest.mark.django_db


def test_a_live_centre_stands_in_six_languages_with_its_form(capsys):
    build_world()
    clock.move_to(EVENING + timedelta(hours=1))
    centre = make_live_centre(make_incident(at=EVENING - timedelta(hours=2)))
    call_command("read_languages")
    assert "4 languages" in capsys.readouterr().out
    paths = {page.path for page in public_pages()}
    for language in ("tr", "ar", "pl", "uk"):
        assert {f"/{language}{centre.path}", f"/{language}{centre.path}aanmelden/"} <= paths
    added = [state.live for state in text_states(centre) if state.text.language == "ar"]
    assert added
    assert all(each and each.author_id and each.author_id != each.approved_by_id for each in added)
    call_command("read_languages")
    assert "0 languages" in capsys.readouterr().out


def test_production_has_no_made_up_readers(settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("read_languages")
