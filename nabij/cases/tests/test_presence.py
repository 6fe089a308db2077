"""A panel with nothing in it costs no query, and a case that was found otherwise hides nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.cases import presence
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.cases.queries import case_for
from nabij.kit import clock
from nabij.vulnerability.actions import raise_alert

pytestmark = pytest.mark.django_db


def test_a_case_that_was_found_for_a_page_knows_what_there_is(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    assert not presence.has(case_for(noordwest.ayla, case.pk, WEDNESDAY), "alerts")
    raise_alert(case.person, "press", by=noordwest.ayla, at=WEDNESDAY)
    assert presence.has(case_for(noordwest.ayla, case.pk, WEDNESDAY), "alerts")
    assert presence.has(Case.objects.get(pk=case.pk), "alerts")


def test_the_page_of_a_new_case_asks_the_database_no_more_than_15_times(noordwest, client):
    case = make_case(helper=noordwest.member.ayla, at=clock.now())
    client.force_login(noordwest.member.ayla.user)
    client.get(f"/werk/dossiers/{case.pk}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/werk/dossiers/{case.pk}/")
    assert len(asked) <= 15, "\n".join(each["sql"][:90] for each in asked)
