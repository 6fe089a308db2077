"""The service catalogue tells the truth: what "works" was opened by a journey that passed."""

import pytest
from django.urls import Resolver404, resolve

from nabij.front.catalogue.catalogue import catalogue
from tests.journeys.conftest import opened, passed

CLOCK = "9999"


def view_name(path):
    """The page at this address by name; "" for an address that only a release has."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def services(state):
    return [service for service in catalogue() if service.state == state]


@pytest.mark.parametrize("service", [*services("works"), *services("partly")], ids=lambda each: each.id)
def test_what_works_was_opened_by_a_journey_that_passed(service, request):
    if service.test not in {item.nodeid.split("[")[0] for item in request.session.items}:
        pytest.skip("its journey is not part of this run")
    assert service.test in passed, f"{service.id}: {service.test} did not pass"
    names = {view_name(path) for path in opened[service.test]}
    assert service.page in names, f"{service.id}: {service.test} opened {sorted(names)}"
