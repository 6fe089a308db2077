"""What must not exist: a public search, a list of who is missing, a betraying answer, a death notice."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from nabij.audit import trail
from nabij.audit.actor import ANONYMOUS
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.matching import urls
from nabij.matching.factories import make_registered
from nabij.matching.queries import candidates
from nabij.matching.sought import Sought
from nabij.notify import templates
from nabij.people.factories import MORNING
from nabij.people.submissions import reference_of
from nabij.people.tests.conftest import keys, web  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
MISSING_OR_DEAD = re.compile(r"vermist|missing|unaccounted|overled|overlijd|deceased|death|dead_|doden")


def test_no_page_of_doubles_opens_without_logging_in():
    client = Client()
    for route in urls.urlpatterns:
        address = reverse(f"matching:{route.name}", args=[uuid4()])
        for answer in (client.get(address, {"naam": "Mirjam"}), client.post(address, {"naam": "Mirjam"})):
            assert answer.status_code == 302
            assert answer.url.startswith("/inloggen/")
    assert candidates(Sought(name="Mirjam Zandstra"), make_incident(), ANONYMOUS, MORNING) == []


def test_who_registers_twice_gets_the_same_answer_as_anybody(web):  # noqa: F811
    fire = make_incident()
    make_registered(fire, name="Mirjam Zandstra", phone="+31600000042")
    pages = []
    for name, phone in (("Mirjam Zandstra", "0600000042"), ("Nooit Gezien", "0600000049")):
        key = uuid4()
        told = {"form_key": key.hex, "relation": "resident", "name": name, "phone": phone}
        client = Client(headers={"Origin": "http://testserver"})
        answer = client.post(reverse("people:register", args=[fire.pk]), told)
        assert answer.status_code == 200
        pages.append(answer.content.decode().replace(reference_of(key), "").replace(key.hex, ""))
    assert pages[0] == pages[1]


def test_who_asks_a_code_gets_the_same_answer_whether_registered_or_not():
    clock.move_to(MORNING)
    make_registered(make_incident(), email="mirjam@example.nl")
    pages = []
    for address in ("mirjam@example.nl", "niemand@example.nl"):
        answer = Client().post(reverse("people:own_login"), {"address": address}, follow=True)
        page = re.sub(
            r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"\w{64}\"|nonce=\"[^\"]+\"", "", answer.content.decode()
        )
        pages.append((answer.status_code, page.replace(address, "")))
    assert pages[0] == pages[1]


def _names(patterns):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{each.name} {each.pattern}"
        else:
            yield from _names(each.url_patterns)


def test_nothing_in_the_house_lists_who_is_missing_or_tells_of_a_death():
    """No address, nothing that can happen, and no message is about it: police tell families, in person."""
    told = [*_names(get_resolver().url_patterns), *trail.sentences(), *templates.all_templates()]
    assert len(told) > 200
    assert [each for each in told if MISSING_OR_DEAD.search(each)] == []
