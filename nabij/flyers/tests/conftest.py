"""A municipality and victim support that make flyers together."""

from types import SimpleNamespace

import pytest

from nabij.accounts.factories import make_membership, make_municipality
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.flyers.factories import make_approved, make_draft
from nabij.kit import clock

LIST = (
    "straat;nummer;toevoeging;postcode;plaats\n"
    "Kokmeeuwstraat;1;;1022 AB;Amsterdam\n"
    "Kokmeeuwstraat;1;a;1022 AB;Amsterdam\n"
    "Kokmeeuwstraat;1;A;1022ab;Amsterdam\n"
    "Kokmeeuwstraat;3;;1022 AB;Amsterdam\n"
)
LETTER = {
    "languages": ["nl"], "street": "Kokmeeuwstraat", "date": "2027-01-10", "phone": "14 020",
    "next_message": "2027-01-12T12:00", "web": "",
}  # fmt: skip
FLYER = {key: value for key, value in LETTER.items() if key != "next_message"}


@pytest.fixture
def town(db):
    officer, leader = make_membership(Role.DUTY_OFFICER), make_membership(Role.TEAM_LEADER)
    story = SimpleNamespace(
        officer=officer, leader=leader, nadia=actor_for(officer), olaf=actor_for(leader), at=clock.now(),
        organisation=officer.organisation,
    )  # fmt: skip
    story.draft = lambda code="T-FLY-EXP": make_draft(story.organisation, code, by=story.nadia, at=story.at)
    story.approved = lambda code="T-FLY-EXP": make_approved(
        story.organisation, code, by=story.nadia, also_by=story.olaf, at=story.at
    )
    story.base = f"/werk/drukwerk/gemeente/{story.organisation.pk}/"
    return story


@pytest.fixture
def elsewhere(db):
    return make_membership(Role.DUTY_OFFICER, municipality=make_municipality("GM9950", "Elders"))


@pytest.fixture
def nobody(db):
    """Somebody of the same municipality's kind whose role has nothing to do with flyers."""
    return make_membership(Role.ON_CALL_WORKER)
