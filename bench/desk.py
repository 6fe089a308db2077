"""CPU and SQL per request of the pages of a desk, with 10,000 registrations at one event."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.test import Client

from bench.measuring import HEADER, cost_of, load
from bench.pages import logged_in
from nabij.accounts.models import Membership, Municipality
from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM
from nabij.bulk.actions import Wanted, ask_bulk
from nabij.bulk.models import BulkJob
from nabij.bulk.queries import Selection
from nabij.desk.actions import make_needs, note_question
from nabij.disclosures.actions import disclose
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.matching.actions.keying import write_keys
from nabij.matching.models import PossibleDouble
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Receiver, Registration
from nabij.people.submissions import Submission

MANY, BATCH, URGENT, PAIRS, QUESTIONS = 10_000, 500, 26, 60, 100
FIRST = ("Anna", "Bram", "Chiara", "Dirk", "Esra", "Femke", "Gijs", "Hanneke", "Ilse", "Joost")
LAST = ("Zandstra", "Molenaar", "Oosterling", "Vlietstra", "Duinker", "Rietveld", "Haverkamp", "Polman")
NEEDS = ("information", "talk", "money", "transport", "housing")


def fill() -> Incident:
    """One event with 10,000 registrations, their needs and match keys, pairs and questions; who leads it."""
    lead = actor_for(Membership.objects.get(user__email="thea.molenaar@example.nl"))
    at, place = clock.now(), Municipality.objects.get(name="Waterdijk")
    nadia = actor_for(Membership.objects.get(user__email="marit.schouten@example.nl"))
    incident = make_incident(by=nadia, at=at, happened_at=at - timedelta(hours=1), municipalities=(place,))
    for start in range(0, MANY, BATCH):
        rows = store(
            [_form(incident, each) for each in range(start, start + BATCH)], by=SYSTEM, at=at, machine_at=at
        )
        make_needs(incident, rows, by=SYSTEM, at=at)
        write_keys(rows, by=SYSTEM, at=at)
    ids = sorted(Registration.objects.filter(incident=incident).values_list("pk", flat=True)[: 2 * PAIRS])
    PossibleDouble.objects.bulk_create(
        PossibleDouble(incident=incident, first_id=one, second_id=two, score=9, found_at=at)
        for one, two in zip(ids[::2], ids[1::2], strict=True)
    )
    for number in range(QUESTIONS):
        note_question(incident, f"Wanneer kan ik terecht bij loket {number}?", by=lead, at=at)
    for receiver in Receiver:
        disclose(incident, receiver, by=lead, at=at)
    ask_bulk(incident, Selection(), Wanted("desk_call_us"), by=lead, at=at)
    return incident


def _form(incident: Incident, number: int) -> Submission:
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 8]}{number // 80}"
    yes = tuple(each for place, each in enumerate(Receiver.values) if number % (place + 2) == 0)
    return make_submission(
        incident.pk, sent_at=clock.now(), name=name, phone=f"+3162{number:07d}", email="", yes_to=yes,
        needs=[NEEDS[number % 5]], urgent="yes" if number < URGENT else "no", municipality="Waterdijk",
    )  # fmt: skip


def run() -> None:
    """Print the table."""
    incident = fill()
    lead, registrar = logged_in("thea.molenaar"), logged_in("daan.oort")
    desk, room = f"/werk/balie/{incident.pk}/", f"/werk/gebeurtenissen/{incident.pk}/"
    job = BulkJob.objects.get(incident=incident).pk
    row = Registration.objects.filter(incident=incident).order_by("pk")[5]
    print(f"load before: {load()}; {Registration.objects.filter(incident=incident).count()} registrations\n")
    print(HEADER)
    for name, client, path in (
        ("desk, what waits", registrar, desk),
        ("desk, ended", registrar, f"{desk}?wat=klaar"),
        ("desk, last page", registrar, f"{desk}?blad=200"),
        ("one registration", registrar, f"/werk/balie/aanmelding/{row.pk}/"),
        ("conversation", registrar, f"{desk}aanmelden/"),
        ("questions (100)", registrar, f"{desk}vragen/"),
        ("possible doubles", registrar, f"/werk/dubbel/gebeurtenis/{incident.pk}/"),
        ("all registrations", registrar, f"{room}aanmeldingen/"),
        ("incident room (registrar)", registrar, room),
        ("my work (registrar)", registrar, "/werk/"),
        ("work for many", lead, f"{desk}werk-voor-velen/"),
        ("work for 10,000, its page", lead, f"/werk/balie/werk-voor-velen/{job}/"),
        ("work for 10,000, how far (poll)", lead, f"/werk/balie/werk-voor-velen/{job}/stand/"),
        ("exports of the event", lead, f"/werk/verstrekkingen/gebeurtenis/{incident.pk}/"),
    ):
        print(
            cost_of(name, lambda visitor, address=path: visitor.get(address), client, times=15).row(),
            flush=True,
        )
    for name, words in (("search by name", "Femke Rietveld12"), ("search by number", "0620000123")):
        print(
            cost_of(name, lambda visitor, said=words: _search(visitor, desk, said), registrar, times=15).row()
        )
    print(f"\nload after: {load()}")


def _search(visitor: Client, desk: str, words: str) -> HttpResponseBase:
    return visitor.post(f"{desk}zoeken/", {"sought": words})
