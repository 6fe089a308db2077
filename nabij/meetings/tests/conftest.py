"""The Kokmeeuwstraat after an explosion: Nadia holds a meeting, Olaf promises two people, 63 come."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality, make_region, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.factories import make_incident
from nabij.meetings import actions
from nabij.meetings.models import Audience
from nabij.notify.factories import make_contact_point

MONDAY = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2027, 1, 14, 18, 30, tzinfo=UTC)  # half past seven in Amsterdam
AFTER = THURSDAY + timedelta(hours=2)


@pytest.fixture
def street(db):
    place = make_municipality()
    nadia = make_membership(Role.DUTY_OFFICER, name="Nadia Vroom")
    olaf = make_membership(Role.TEAM_LEADER, name="Olaf Kruit", team=make_team())
    for each in (nadia, olaf):
        make_contact_point(each.pk)
    elsewhere = make_municipality("GM9009", "Duinrand", region=make_region("VR99", team=make_team("Zuid")))
    stranger = make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=elsewhere)
    zuid = make_membership(Role.TEAM_LEADER, name="Anna Zuid", team=make_team("Zuid"))
    return SimpleNamespace(
        place=place, incident=make_incident(by=actor_for(nadia)), nadia=actor_for(nadia),
        olaf=actor_for(olaf), stranger=actor_for(stranger), zuid=actor_for(zuid),
    )  # fmt: skip


def make_meeting(street, *, audience=Audience.RESIDENTS, where="Sporthal De Zilvermeeuw", starts_at=THURSDAY):
    planned = actions.Planned(audience, where, starts_at)
    return actions.plan_meeting(street.incident, planned, by=street.nadia, at=MONDAY)


def make_held(street, questions=11, *, answered=True):
    """A meeting with 63 people and so many questions of which victim support must answer the first."""
    meeting = make_meeting(street)
    meeting = actions.count_present(meeting, 63, by=street.nadia, at=AFTER)
    for number in range(questions):
        owner = "municipality" if number else "victim_support"
        asked = f"Wanneer kunnen we terug, deel {number}"
        question = actions.write_question(meeting, asked, owner, by=street.nadia, at=AFTER)
        if answered:
            actions.answer_question(question, "Dat weten we vrijdag.", by=street.nadia, at=AFTER)
    return meeting
