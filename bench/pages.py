"""CPU and SQL per request of the pages behind the login, with 10,000 incidents in the database."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from bench.measuring import HEADER, cost_of, load
from bench.night_client import ASK, REQUEST
from nabij.accounts.models import Membership, Municipality
from nabij.incidents.models import Incident
from nabij.kit import clock

MANY = 10_000


@transaction.atomic
def fill(count: int = MANY) -> Incident:
    """Give Amsterdam this many incidents with a request each; gives the newest."""
    amsterdam = Municipality.objects.get(code="GM0363")
    now = clock.now()
    incidents = [
        Incident(
            reference=f"meting-rij-{number}",
            topic="EVT-13",
            happened_at=now - timedelta(minutes=7 * number),
            reported_at=now - timedelta(minutes=7 * number),
            place="Kokmeeuwstraat",
        )
        for number in range(count)
    ]
    Incident.objects.bulk_create(incidents)
    places = Incident.municipalities.through
    places.objects.bulk_create(
        places(incident_id=each.pk, municipality_id=amsterdam.pk) for each in incidents
    )
    return incidents[0]


def logged_in(mail: str) -> Client:
    """A browser in which this person is logged in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Membership.objects.get(user__email=f"{mail}@example.nl").user)
    return client


def live_in(officer: Client, incident: Incident, *, requests: int = 3) -> None:
    """Ask help for this incident, so that its room has requests, pages and a timeline."""
    for _ in range(requests):
        values = {**REQUEST, "place": incident.place, "add_to": str(incident.pk), "form_key": str(uuid4())}
        answer = officer.post(ASK, values)
        if answer.status_code != 302:
            raise RuntimeError(f"help was not asked: {answer.status_code}")


def _register(visitor: Client) -> HttpResponseBase:
    values = {"form_key": uuid4().hex, "relation": "resident", "name": "Persoon", "consent_ggd": "yes"}
    return visitor.post(f"/aanmelden/{uuid4()}/", values, headers={"Sec-Fetch-Site": "same-origin"})


def run() -> None:
    """Print the table."""
    newest = fill()
    officer, coordinator = logged_in("nadia.vroom"), logged_in("bram.kooistra")
    live_in(officer, newest)
    anonymous = Client(headers={"host": "localhost"})
    room = f"/werk/gebeurtenissen/{newest.pk}/"
    print(f"load before: {load()}; {Incident.objects.count()} incidents\n")
    print(HEADER)
    for name, client, path in (
        ("incident list, 10,000 rows, page of 25 (municipality)", officer, "/werk/gebeurtenissen/"),
        ("incident list, 10,000 rows, page of 25 (coordinator)", coordinator, "/werk/gebeurtenissen/"),
        ("incident room (municipality)", officer, room),
        ("incident room (coordinator, names)", coordinator, room),
        ("incident room: anything new? (poll)", officer, f"{room}nieuw/?na=9999999"),
        ("desk (municipality)", officer, "/werk/"),
        ("desk (coordinator)", coordinator, "/werk/"),
        ("ask-for-help form", officer, "/werk/hulp-vragen/"),
        ("ask-for-help form without login", anonymous, "/hulp-vragen/"),
    ):
        print(cost_of(name, lambda visitor, address=path: visitor.get(address), client).row())
    print(cost_of("registration, sealed and on disk (POST)", _register, anonymous).row())
    print(f"\nload after: {load()}")
