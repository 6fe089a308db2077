from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.advice.actions import log_call
from nabij.advice.factories import make_call
from nabij.advice.keeping import COLLECTIONS
from nabij.advice.queries import call_for, calls_for, first_values, months_of
from nabij.advice.queries.calls import Month
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry

pytestmark = pytest.mark.django_db


def test_a_call_is_logged_without_a_name_and_read_by_the_desk(place, said):
    """SVC-12: answered, logged."""
    call = log_call(said, by=place.noor, at=MONDAY)
    line = call_for(place.olaf, call.pk)
    assert (line.caller, line.function, line.question, line.answer) == (
        "Politie", "wijkagent", "Wie belt de bewoners?", "Wij gaan samen langs.",
    )  # fmt: skip
    assert line.incident is None
    assert TrailEntry.objects.get(verb="line.called").facts == {"caller": "police"}


def test_only_the_desk_logs_and_reads(place, said):
    call = log_call(said, by=place.noor, at=MONDAY)
    for actor in (place.els, place.vera, place.ravi):
        assert call_for(actor, call.pk) is None
        with pytest.raises(PermissionDenied):
            log_call(said, by=actor, at=MONDAY)


def test_another_region_reads_its_own_calls_only(place, said):
    log_call(said, by=place.noor, at=MONDAY)
    assert not calls_for(place.femke).exists()
    own = log_call(replace(said, municipality_code=""), by=place.femke, at=MONDAY)
    assert calls_for(place.femke).get() == own
    assert calls_for(place.olaf).count() == 1
    assert calls_for(place.noor).count() == 2


def test_calls_are_counted_per_month_of_the_clock_here(place):
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 00:30 on 1 January
    make_call(by=place.noor, at=new_year)
    make_call(by=place.noor, at=MONDAY, minutes=3)
    make_call(by=place.noor, at=MONDAY, caller="school", minutes=5)
    make_call(by=place.noor, at=new_year - timedelta(hours=2), minutes=1)
    assert months_of(place.noor) == [
        Month(date(2027, 1, 1), "Politie", 2, 15),
        Month(date(2027, 1, 1), "School", 1, 5),
        Month(date(2026, 12, 1), "Politie", 1, 1),
    ]


def test_a_call_gives_the_first_values_of_a_request_to_who_may_read_it(place, said):
    call = log_call(said, by=place.noor, at=MONDAY)
    values = first_values(place.noor, call.pk, MONDAY)
    assert values["remarks"] == "Wie belt de bewoners?\n\nWij gaan samen langs."
    assert (values["form_key"], values["asker"], values["municipalities"]) == (call.pk, "", ["GM9001"])
    assert first_values(place.els, call.pk, MONDAY) is None
    elsewhere = log_call(replace(said, municipality_code="", answer=""), by=place.noor, at=MONDAY)
    assert "municipalities" not in first_values(place.noor, elsewhere.pk, MONDAY)


def test_a_call_is_unreadable_after_its_term_and_still_counts(place, said):
    call = log_call(said, by=place.noor, at=MONDAY)
    keep = next(each for each in COLLECTIONS if each.kind == "line_call")
    keep.remove(keep.rows(MONDAY + timedelta(days=1)), by=SYSTEM, at=MONDAY)
    assert call_for(place.noor, call.pk).question == "(gewist)"
    assert len(months_of(place.noor)) == 1
    assert not keep.rows(MONDAY + timedelta(days=1)).exists()
