"""410 of the 412 who register in S05, put in by the house's own actions; run inside the house."""

import json
from datetime import timedelta

from django.db import transaction

from nabij.accounts.models import Membership, Municipality, Organisation
from nabij.accounts.queries import actor_for
from nabij.audit.actor import SYSTEM, Actor
from nabij.centres.actions import go_live
from nabij.centres.factories import approve_everything, make_centre
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.matching.actions.merging import merge_pair
from nabij.matching.models import PossibleDouble
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Registration
from nabij.people.submissions import Submission

PEOPLE, TWICE = 394, 16  # by hand come one more person, and one second form
URGENT = range(100, 126)
AGAIN = 250  # comes again on paper; no yes to victim support, so no case
SAY_YES = {"victim_support": 239, "ggd": 131, "municipality": 300}
_BEGIN = (
    "Ka",
    "Lo",
    "Mi",
    "Ru",
    "Te",
    "Sjo",
    "Fe",
    "Bra",
    "Wu",
    "Zee",
    "Dou",
    "Pij",
    "Hui",
    "Vlo",
    "Gra",
    "Ny",
)
_MIDDLE = (
    "ra",
    "nne",
    "ldi",
    "mbo",
    "ste",
    "vi",
    "kke",
    "zo",
    "ffe",
    "ju",
    "gla",
    "rto",
    "pse",
    "wi",
    "cho",
    "dda",
)
_END = (
    "veld",
    "maker",
    "horst",
    "wijk",
    "burg",
    "zoon",
    "kamp",
    "dam",
    "brink",
    "loo",
    "meer",
    "hof",
    "berg",
)


def person(name: str) -> Actor:
    """Somebody of the demonstration, who acts."""
    return actor_for(Membership.objects.get(user__email=f"{name}@example.nl"))


def called(number: int) -> str:
    """A name that looks like no other of these."""
    first = f"{_BEGIN[number % 16]}{_MIDDLE[number // 16 % 16]}"
    return f"{first} {_BEGIN[number * 7 % 16]}{_MIDDLE[number * 11 % 13]}{_END[number % 13]}"


@transaction.atomic
def settle() -> None:
    """A live centre and 410 registrations, 16 of them of people who are there already; prints where.

    All in one transaction: whose case is open already is folded away under nobody.
    """
    at, owen = clock.now(), person("owen.baas")
    waterdijk = Municipality.objects.get(name="Waterdijk")
    incident = make_incident(
        by=person("marit.schouten"), at=at, happened_at=at - timedelta(minutes=5),
        municipalities=(waterdijk,), topic="EVT-10", place="Flat De Wachter",
    )  # fmt: skip
    giver = Organisation.objects.get(municipality=waterdijk)
    centre = make_centre(
        incident, by=person("marit.schouten"), at=at, organisation=giver, controller=giver.name,
        name="Brand in De Wachter",
    )  # fmt: skip
    approve_everything(centre, by=owen, at=at)
    go_live(centre, by=owen, at=at)
    first = [_submission(incident, number) for number in range(PEOPLE)]
    second = [_submission(incident, number, again=True) for number in range(1, TWICE + 1)]
    rows = store([*first, *second], by=SYSTEM, at=at, machine_at=at)
    for one, other in zip(rows[1 : TWICE + 1], rows[PEOPLE:], strict=True):
        _merge(one, other)
    told = {"incident": incident.pk, "reference": incident.reference, "centre": centre.pk}
    known = {"name": called(AGAIN), "first": rows[AGAIN].reference}
    print(json.dumps({name: str(each) for name, each in (told | known).items()}))


def _submission(incident: Incident, number: int, *, again: bool = False) -> Submission:
    return make_submission(
        incident.pk, sent_at=clock.now(), name=called(number), phone=f"+3161{number:07d}",
        email=f"bewoner{number}@example.nl" if again else "", municipality="Waterdijk",
        yes_to=tuple(receiver for receiver, most in SAY_YES.items() if number < most),
        needs=["housing"] if number in URGENT else ["information"],
        urgent="yes" if number in URGENT else "no",
    )  # fmt: skip


def _merge(one: Registration, other: Registration) -> None:
    low, high = sorted((one.pk, other.pk))
    pair, _ = PossibleDouble.objects.get_or_create(
        first_id=low,
        second_id=high,
        defaults={"incident_id": one.incident_id, "score": 9, "found_at": clock.now()},
    )
    merge_pair(pair, one.pk, {}, by=person("daan.oort"), at=clock.now())
