"""What the busiest pages ask the database with a whole protocol of 27 steps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.aftercare.factories import make_run
from nabij.kit import clock
from nabij.protocols.examples import examples

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("part", "most"), [("", 16), ("nu/", 7), ("lijst/", 6)])
def test_a_page_of_a_whole_run_asks_little(world, as_, part, most):
    client = as_(world.nadia)
    run = make_run(plan=examples()["P-EXP"], incident=world.incident, at=clock.now())
    client.get("/werk/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/werk/nazorg/{run.pk}/{part}").status_code == 200
    assert len(asked) <= most, [query["sql"][:90] for query in asked]
