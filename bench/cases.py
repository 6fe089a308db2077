"""CPU and SQL of lists and files of cases, with 100,000 and with 1,800,000 of them, the read log on."""

import os
import subprocess
import sys
from datetime import timedelta

from django.test import Client

from bench.house import manage
from bench.measuring import HEADER, cost_of, load
from launch.supervisor import Stack

SIZES = tuple(int(each) for each in os.environ.get("NABIJ_CASES", "100000,1800000").split(","))
MINE = 60


def run() -> None:
    """Fill, measure, fill on, measure again."""
    with Stack(movable_clock=True) as stack:
        before = 0
        for size in SIZES:
            manage(stack, "fill_cases", str(size), "--after", str(before))
            before = size
            code = f"import django; django.setup(); from bench.cases import measure; measure({size})"
            env = {**stack.env("web"), "DJANGO_SETTINGS_MODULE": "nabij.settings", "PATH": os.environ["PATH"]}
            subprocess.run([sys.executable, "-c", code], env=env, check=True)


def measure(size: int) -> None:
    """Print the table for this many cases."""
    from bench.pages import logged_in
    from nabij.cases.models import Case

    helper, leader = logged_in("ayla.demir"), logged_in("olaf.kruit")
    one = _real_cases()
    print(f"\nload before: {load()}; {size:,} cases, of which {Case.objects.count() - size} are real\n")
    print(HEADER)
    for name, client, path in (
        ("my cases, page of 25", helper, "/werk/dossiers/"),
        ("team list, all open", leader, "/werk/dossiers/team/"),
        ("team list, still to approach", leader, "/werk/dossiers/team/?wat=benaderen"),
        ("team list, too late", leader, "/werk/dossiers/team/?wat=te-laat"),
        ("team list, closed", leader, "/werk/dossiers/team/?wat=afgesloten"),
        ("case file with its panels", helper, f"/werk/dossiers/{one}/"),
        ("my own space (person)", _person(one), "/mijn/hulp/"),
    ):
        print(cost_of(name, lambda visitor, address=path: visitor.get(address), client).row(), flush=True)
    print(cost_of("search before create (POST)", _search, helper).row())
    print(cost_of("create (POST)", _create, helper).row())
    print(f"\nload after: {load()}")


def _real_cases() -> str:
    """Sixty cases of Ayla that can be opened, due before all others; gives the address part of one."""
    from django.db import transaction

    from nabij.accounts.models import Membership
    from nabij.cases.factories import make_case
    from nabij.cases.models import Case
    from nabij.kit import clock

    ayla = Membership.objects.get(user__name="Ayla Demir")
    if Case.objects.filter(helper=ayla).count() < MINE:
        for number in range(MINE):
            at = clock.now() - timedelta(days=3, minutes=number)
            with transaction.atomic():
                make_case(f"Persoon {number}", helper=ayla, at=at, happened_on=at.date())
    return str(Case.objects.filter(helper=ayla).order_by("opened_at").values_list("pk", flat=True)[0])


def _person(case: str) -> Client:
    from django.core.signing import get_cookie_signer

    from nabij.cases.models import Case
    from nabij.people.visit import COOKIE, SALT

    client = Client(headers={"host": "localhost"})
    whose = str(Case.objects.get(pk=case).person_id)
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign(whose)
    return client


def _search(helper: Client) -> object:
    return helper.post("/werk/dossiers/zoeken/", {"name": "Persoon Vermeulen", "phone": "06-00000051"})


def _create(helper: Client) -> object:
    told = {
        "name": "Nieuw Iemand", "phone": "", "email": "", "address": "", "language": "nl", "topic": "EVT-12",
        "happened_on": "2026-11-20", "capacity": "victim", "way_in": "own_request", "has_agreed": "on",
    }  # fmt: skip
    return helper.post("/werk/dossiers/nieuw/", told)
