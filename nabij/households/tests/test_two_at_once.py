"""Two at the same moment: both leaders say yes, and two helpers change how one person is reached."""

from functools import partial

import pytest
from django.db import transaction

from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.cases.actions import change_reach
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import SearchKey
from nabij.households.actions import bring_together, decide_proposal, mark_apart, write_tie
from nabij.households.models import Apart, Tie, TieProposal
from nabij.keys.sealing import unseal
from nabij.kit.tests.at_once import together
from nabij.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sides(db):
    """Two cases of two teams, each with the leader who says yes for it."""
    with transaction.atomic():
        teams = make_team(), make_team("Zuid")
        leaders = [actor_for(make_membership(Role.TEAM_LEADER, team=team)) for team in teams]
        return list(zip([make_case("Een", team=team) for team in teams], leaders, strict=True))


def test_both_leaders_say_yes_at_the_same_moment_and_it_ends(sides):
    (one, olaf), (other, femke) = sides
    tie = Tie.objects.create(first=one.person, second=other.person, kind="partner", written_at=WEDNESDAY)
    mark_apart(one, tie, "Ruzie", by=olaf, at=WEDNESDAY)
    end = partial(bring_together, at=WEDNESDAY)
    assert together(partial(end, one, tie, "x", by=olaf), partial(end, other, tie, "x", by=femke)) == []
    assert not Apart.objects.filter(ended_at=None).exists()


def test_both_leaders_say_yes_to_a_tie_at_the_same_moment_and_it_stands(sides):
    (one, olaf), (other, femke) = sides
    proposal = TieProposal.objects.create(case=one, other=other, kind="partner", made_at=WEDNESDAY)
    acts = [partial(decide_proposal, proposal, is_accepted=True, by=by, at=WEDNESDAY) for by in (olaf, femke)]
    assert together(*acts) == []
    assert Tie.objects.count() == 1


def test_helpers_of_both_propose_a_tie_at_the_same_moment_and_it_stands_once(sides):
    (one, olaf), (other, femke) = sides
    propose = partial(write_tie, is_same_house=False, at=WEDNESDAY)
    acts = [
        partial(propose, one, other.reference, "child", by=olaf),
        partial(propose, other, one.reference, "parent", by=femke),
    ]
    assert together(*acts) == []
    assert TieProposal.objects.count() == 1


def test_a_new_number_and_a_new_address_at_the_same_moment_are_both_kept(sides):
    case, olaf = sides[0]
    change = partial(change_reach, case, by=olaf, at=WEDNESDAY)
    new = {"phone": "+31600000077", "address": "Kerkstraat 12, 1234 AB", "email": "nieuw@example.nl"}
    assert together(*(partial(change, {name: value}) for name, value in new.items())) == []
    person = Person.objects.get(pk=case.person_id)
    for name, value in new.items():
        assert unseal(person.pk, getattr(person, f"{name}_sealed")) == value
    assert SearchKey.objects.filter(case=case, kind__in=new).count() == 4
