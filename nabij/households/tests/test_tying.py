"""Ties: written between cases one may open, proposed otherwise; nobody learns what they may not know."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_organisation
from nabij.accounts.models import OrganisationKind
from nabij.cases.actions import change_level
from nabij.cases.factories import WEDNESDAY, give, make_case
from nabij.cases.models import Part
from nabij.cases.queries import case_for
from nabij.households import content
from nabij.households.actions import decide_proposal, end_tie, mark_apart, write_tie
from nabij.households.models import Tie, TieProposal
from nabij.households.queries import circle_of, family_of, proposal_for, proposals_for, tie_in
from nabij.people.actions.receiving import forget_person
from nabij.vulnerability.models import Level

LATER = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def elske(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def joris(noordwest):
    return make_case("Joris Rademaker", helper=noordwest.member.daan)


@pytest.fixture
def strange(noordwest):
    return make_case("Iemand Zuid", helper=noordwest.member.zuid)


def write(case, other, by, kind="child", *, is_same_house=True, at=WEDNESDAY):
    reference = getattr(other, "reference", other)
    return write_tie(case, reference, kind, is_same_house=is_same_house, by=by, at=at)


def seen(case, reader):
    return [(each.name, each.kind) for each in family_of(case, reader, WEDNESDAY).members]


def test_a_tie_reads_from_both_ends(noordwest, elske, joris):
    write(elske, joris, noordwest.olaf)
    assert seen(elske, noordwest.olaf) == [("Joris Rademaker", "kind")]
    assert seen(joris, noordwest.olaf) == [("Elske Rademaker", "ouder")]


def test_a_reference_is_understood_as_it_was_said(noordwest, elske, joris):
    said = joris.reference.replace("-", " ").title()
    assert write(elske, said, noordwest.olaf) is not None


def test_who_may_not_open_the_other_sees_that_there_is_somebody_and_at_level_3_nobody(
    noordwest, elske, joris
):
    write(elske, joris, noordwest.olaf)
    assert seen(elske, noordwest.ayla) == [("", "kind")]
    change_level(joris, Level.HIGH, "x", by=noordwest.daan, at=WEDNESDAY)
    assert seen(elske, noordwest.ayla) == []


def test_a_helper_proposes_what_they_may_not_open_and_the_leader_decides(noordwest, elske, joris):
    assert write(elske, joris, noordwest.ayla) is None
    assert write(elske, joris, noordwest.ayla) is None
    [proposal] = proposals_for(noordwest.olaf, WEDNESDAY)
    assert not Tie.objects.exists()
    proposal = proposal.proposal
    for who in (noordwest.ayla, noordwest.daan, noordwest.femke):
        assert proposal_for(who, proposal.pk, WEDNESDAY) is None
        with pytest.raises(PermissionDenied):
            decide_proposal(proposal, is_accepted=True, by=who, at=WEDNESDAY)
    decide_proposal(proposal, is_accepted=True, by=noordwest.olaf, at=WEDNESDAY)
    again = decide_proposal(proposal, is_accepted=False, by=noordwest.olaf, at=LATER)
    assert (again.is_accepted, again.decided_at) == (True, WEDNESDAY)
    assert seen(joris, noordwest.olaf) == [("Elske Rademaker", "ouder")]


@pytest.mark.parametrize("first_says_house", [True, False])
def test_a_tie_that_both_sides_propose_stands_once_on_the_leaders_desk(
    noordwest, elske, joris, first_says_house
):
    write(elske, joris, noordwest.ayla, is_same_house=first_says_house)
    assert write(joris, elske, noordwest.daan, "parent", is_same_house=not first_says_house) is None
    [question] = proposals_for(noordwest.olaf, WEDNESDAY)
    decide_proposal(question.proposal, is_accepted=True, by=noordwest.olaf, at=WEDNESDAY)
    assert Tie.objects.get().is_same_house
    assert seen(joris, noordwest.olaf) == [("Elske Rademaker", "ouder")]
    assert proposals_for(noordwest.olaf, WEDNESDAY) == []


def test_the_database_keeps_one_open_proposal_for_two_cases(elske, joris):
    TieProposal.objects.create(case=elske, other=joris, kind="child", made_at=WEDNESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        TieProposal.objects.create(case=joris, other=elske, kind="parent", made_at=WEDNESDAY)


def test_after_a_no_the_other_side_may_propose_it_again(noordwest, elske, joris):
    write(elske, joris, noordwest.ayla)
    decide_proposal(TieProposal.objects.get(), is_accepted=False, by=noordwest.olaf, at=WEDNESDAY)
    write(joris, elske, noordwest.daan, "parent", at=LATER)
    assert len(proposals_for(noordwest.olaf, LATER)) == 1


def test_a_refused_proposal_makes_no_tie(noordwest, elske, joris):
    write(elske, joris, noordwest.ayla)
    decide_proposal(TieProposal.objects.get(), is_accepted=False, by=noordwest.olaf, at=WEDNESDAY)
    assert not Tie.objects.exists()


def test_a_case_of_another_organisation_or_of_nobody_gets_the_same_answer(noordwest, elske, strange):
    strange.team.organisation = make_organisation(OrganisationKind.POLICE)
    strange.team.save()
    for reference in (strange.reference, "geen-dossier-21", ""):
        assert write(elske, reference, noordwest.ayla) is None
    assert not TieProposal.objects.exists()


def test_nobody_is_tied_twice_or_to_themself_or_by_an_unknown_word(noordwest, elske, joris):
    with pytest.raises(ValidationError, match="Kies uit de lijst"):
        write(elske, joris, noordwest.olaf, "neef-van")
    with pytest.raises(ValidationError, match="dezelfde persoon"):
        write(elske, elske, noordwest.olaf)
    write(elske, joris, noordwest.olaf)
    with pytest.raises(ValidationError, match="staat er al"):
        write(joris, elske, noordwest.olaf, "parent")
    for wrong in (
        Tie(first=joris.person, second=elske.person, kind="child", written_at=WEDNESDAY),
        Tie(first=elske.person, second=elske.person, kind="child", written_at=WEDNESDAY),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)


def test_only_who_helps_writes_a_tie(noordwest, elske, joris):
    for who in (noordwest.daan, noordwest.zuid, noordwest.femke, noordwest.hester):
        with pytest.raises(PermissionDenied):
            write(elske, joris, who)


def test_a_tie_ends_and_stays_known_and_may_be_written_again(noordwest, elske, joris):
    tie = write(elske, joris, noordwest.olaf)
    with pytest.raises(PermissionDenied):
        end_tie(elske, tie, by=noordwest.ayla, at=LATER)
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    with pytest.raises(ValidationError, match="apart"):
        end_tie(elske, tie, by=noordwest.olaf, at=LATER)
    tie.aparts.all().delete()
    assert end_tie(elske, tie, by=noordwest.olaf, at=LATER).ended_by == noordwest.olaf.id
    assert end_tie(elske, tie, by=noordwest.olaf, at=LATER + timedelta(1)).ended_at == LATER
    assert tie_in(elske, tie.pk) is None
    assert write(joris, elske, noordwest.olaf, "sibling", at=LATER).kind == "sibling"
    assert Tie.objects.count() == 2


def test_what_the_check_wrote_gets_its_name_from_either_end(noordwest, elske, joris):
    tie = Tie.objects.create(
        first=joris.person, second=elske.person, kind=content.UNKNOWN, written_at=WEDNESDAY
    )
    assert seen(elske, noordwest.olaf) == [("Joris Rademaker", "band nog niet bekend")]
    assert write(elske, joris, noordwest.olaf, "child") == tie
    assert seen(elske, noordwest.olaf) == [("Joris Rademaker", "kind")]
    assert seen(joris, noordwest.olaf) == [("Elske Rademaker", "ouder")]


def test_the_circle_goes_on_through_others(noordwest, elske, joris):
    anna = give(make_case("Anna", helper=noordwest.member.daan), noordwest.member.ayla, Part.DEPUTY)
    write(elske, joris, noordwest.olaf)
    write(joris, anna, noordwest.olaf, "friend")
    assert circle_of(elske.person_id) == {elske.person_id, joris.person_id, anna.person_id}


def test_the_panel_costs_one_question_without_ties_and_two_for_a_leader(
    noordwest, elske, django_assert_num_queries
):
    for reader, number in ((noordwest.ayla, 1), (noordwest.olaf, 2)):
        case = case_for(reader, elske.pk, WEDNESDAY)
        case.seen_by = (reader, WEDNESDAY)
        with django_assert_num_queries(number):
            family_of(case, reader, WEDNESDAY)


def test_the_panel_costs_the_same_for_one_and_for_five(noordwest, elske, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(20) as found:
            family_of(elske, noordwest.olaf, WEDNESDAY)
        return len(found)

    write(elske, make_case("A", team=noordwest.team), noordwest.olaf)
    one = cost()
    for name in "BCDE":
        write(elske, make_case(name, team=noordwest.team), noordwest.olaf)
    assert cost() == one


def test_erasing_a_person_takes_their_ties_along(noordwest, elske, joris):
    write(elske, joris, noordwest.olaf)
    forget_person(elske.person, by=noordwest.olaf, at=LATER)
    assert not Tie.objects.exists()
    assert seen(joris, noordwest.olaf) == []
