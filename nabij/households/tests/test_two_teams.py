"""Two people helped by two teams: each leader decides for their own, and neither opens the other's file."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.actions import change_level, change_reach
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.cases.queries import case_for
from nabij.households.actions import (
    bring_together,
    check_case,
    decide_proposal,
    keep_apart,
    mark_apart,
    write_tie,
)
from nabij.households.models import Apart, Assent, Tie, TieProposal
from nabij.households.queries import endings_for, family_of, proposal_for, proposals_for, tie_for
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.vulnerability.models import Alert, Level

LATER = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def elske(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla)


@pytest.fixture
def joris(noordwest):
    """Helped by the other team, which Femke leads."""
    return make_case("Joris Rademaker", helper=noordwest.member.zuid)


@pytest.fixture
def tie(elske, joris):
    return Tie.objects.create(
        first=elske.person, second=joris.person, kind="ex_partner", written_at=WEDNESDAY
    )


def propose(noordwest, elske, joris):
    write_tie(elske, joris.reference, "ex_partner", is_same_house=False, by=noordwest.ayla, at=WEDNESDAY)
    return TieProposal.objects.get()


def decide(proposal, by, *, yes=True):
    return decide_proposal(proposal, is_accepted=yes, by=by, at=WEDNESDAY)


def raise_to_3(case, by):
    change_level(case, Level.HIGH, "x", by=by, at=WEDNESDAY)


def leads_both(noordwest):
    """Olaf leads the other team as well."""
    second = make_membership(Role.TEAM_LEADER, team=noordwest.member.femke.team)
    Membership.objects.filter(pk=second.pk).update(user=noordwest.member.olaf.user)
    return second


# A proposed tie


def test_a_tie_between_two_teams_stands_when_both_leaders_said_yes(noordwest, elske, joris):
    proposal = propose(noordwest, elske, joris)
    for leader, own in ((noordwest.olaf, elske), (noordwest.femke, joris)):
        [question] = proposals_for(leader, WEDNESDAY)
        assert (question.case, question.other, question.has_said_yes) == (own, None, False)
        assert question.kind == "ex-partner"
    assert decide(proposal, noordwest.femke).decided_at is None
    assert not Tie.objects.exists()
    [asked] = proposals_for(noordwest.femke, WEDNESDAY)
    assert (asked.has_said_yes, asked.waits_for) == (True, ["Noordwest"])
    assert proposals_for(noordwest.olaf, WEDNESDAY)[0].waits_for == []
    assert decide(proposal, noordwest.femke).decided_at is None
    assert decide(proposal, noordwest.olaf).is_accepted
    assert Tie.objects.get().kind == "ex_partner"
    assert set(Assent.objects.values_list("person_id", "by")) == {
        (elske.person_id, noordwest.olaf.id), (joris.person_id, noordwest.femke.id),
    }  # fmt: skip
    for leader, hidden in ((noordwest.olaf, joris), (noordwest.femke, elske)):
        assert case_for(leader, hidden.pk, WEDNESDAY) is None


@pytest.mark.parametrize("who", ["olaf", "femke"])
def test_one_no_is_enough(noordwest, elske, joris, who):
    proposal = propose(noordwest, elske, joris)
    decide(proposal, noordwest.olaf if who == "femke" else noordwest.femke)
    assert decide(proposal, getattr(noordwest, who), yes=False).is_accepted is False
    assert not Tie.objects.exists()
    assert proposals_for(noordwest.olaf, WEDNESDAY) == proposals_for(noordwest.femke, WEDNESDAY) == []


def test_who_leads_both_teams_says_it_once(noordwest, elske, joris):
    leads_both(noordwest)
    assert decide(propose(noordwest, elske, joris), noordwest.olaf).is_accepted
    assert Assent.objects.count() == 2


def test_an_ended_leadership_says_nothing(noordwest, elske, joris):
    former = leads_both(noordwest)
    Membership.objects.filter(pk=former.pk).update(ends_at=WEDNESDAY - timedelta(days=1))
    assert decide(propose(noordwest, elske, joris), noordwest.olaf).decided_at is None


def test_of_somebody_at_level_3_the_proposing_team_hears_only_after_their_own_leader_said_yes(
    noordwest, elske, joris
):
    raise_to_3(joris, noordwest.zuid)
    proposal = propose(noordwest, elske, joris)
    assert proposals_for(noordwest.olaf, WEDNESDAY) == []
    assert proposal_for(noordwest.olaf, proposal.pk, WEDNESDAY) is None
    with pytest.raises(PermissionDenied):
        decide(proposal, noordwest.olaf, yes=False)
    decide(proposal, noordwest.femke)
    [question] = proposals_for(noordwest.olaf, WEDNESDAY)
    assert (question.is_hidden, question.other, question.waits_for) == (True, None, [])
    assert decide(proposal, noordwest.olaf).is_accepted
    assert family_of(elske, noordwest.olaf, WEDNESDAY).members == []


def test_of_who_proposes_at_level_3_the_other_leader_reads_the_question_and_no_team(noordwest, elske, joris):
    raise_to_3(elske, noordwest.ayla)
    proposal = propose(noordwest, elske, joris)
    [question] = proposals_for(noordwest.femke, WEDNESDAY)
    assert (question.is_hidden, question.is_waiting, question.waits_for) == (True, True, [])
    assert question.case == joris
    decide(proposal, noordwest.femke)
    assert decide(proposal, noordwest.olaf).is_accepted


# Approach apart


def test_each_leader_begins_it_without_opening_the_other(noordwest, elske, joris, tie):
    row = mark_apart(joris, tie, "Ruzie", by=noordwest.femke, at=WEDNESDAY)
    assert row.person_id == joris.person_id
    [member] = family_of(elske, noordwest.olaf, WEDNESDAY).members
    assert (member.name, member.case, member.apart, member.reason) == ("", None, row, "")
    kinds = Alert.objects.filter(kind="family_conflict").values_list("person_id", flat=True)
    assert set(kinds) == {elske.person_id, joris.person_id}


def test_it_ends_when_both_leaders_said_yes_each_with_a_reason_of_their_own(noordwest, elske, joris, tie):
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    assert endings_for(noordwest.femke, LATER) == []
    row = bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)
    assert row.ended_at is None
    assert bring_together(elske, tie, "Nog eens", by=noordwest.olaf, at=LATER).ended_at is None
    [mine] = endings_for(noordwest.olaf, LATER)
    assert (mine.case, mine.has_said_yes, mine.waits_for) == (elske, True, ["Zuid"])
    [theirs] = family_of(joris, noordwest.femke, LATER).questions
    assert (theirs.case, theirs.other, theirs.has_said_yes, theirs.is_waiting) == (joris, None, False, False)
    assert Alert.objects.filter(kind="family_conflict", closed_at=None).count() == 2
    assert bring_together(joris, tie, "Ook goed", by=noordwest.femke, at=LATER).ended_by == noordwest.femke.id
    assert not Alert.objects.filter(kind="family_conflict", closed_at=None).exists()
    assert endings_for(noordwest.olaf, LATER) == endings_for(noordwest.femke, LATER) == []
    for case, said in ((elske, "Bijgelegd"), (joris, "Ook goed")):
        assert unseal(case.person_id, Assent.objects.get(person=case.person).reason_sealed) == said


def test_a_no_lets_it_run_on_and_it_is_asked_anew(noordwest, elske, joris, tie):
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)
    for who in (noordwest.ayla, noordwest.zuid, noordwest.femke):
        with pytest.raises(PermissionDenied):
            keep_apart(elske, tie, by=who, at=LATER)
    keep_apart(joris, tie, by=noordwest.femke, at=LATER)
    keep_apart(joris, tie, by=noordwest.femke, at=LATER)
    assert TrailEntry.objects.filter(verb="apart.kept").count() == 1
    assert endings_for(noordwest.olaf, LATER) == []
    assert bring_together(joris, tie, "Toch wel", by=noordwest.femke, at=LATER).ended_at is None
    bring_together(elske, tie, "Ja", by=noordwest.olaf, at=LATER)
    keep_apart(elske, tie, by=noordwest.olaf, at=LATER)
    assert not Apart.objects.filter(ended_at=None).exists()


def test_who_leads_both_teams_ends_it_alone(noordwest, elske, joris, tie):
    leads_both(noordwest)
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    assert bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER).ended_at == LATER


def test_at_level_3_the_other_leader_sees_the_question_and_nothing_else(noordwest, elske, joris, tie):
    raise_to_3(joris, noordwest.zuid)
    with pytest.raises(PermissionDenied):
        mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    assert tie_for(elske, noordwest.olaf, tie.pk, WEDNESDAY) is None
    mark_apart(joris, tie, "Ruzie", by=noordwest.femke, at=WEDNESDAY)
    assert tie_for(elske, noordwest.olaf, tie.pk, WEDNESDAY) is None
    bring_together(joris, tie, "Bijgelegd", by=noordwest.femke, at=LATER)
    family = family_of(elske, noordwest.olaf, LATER)
    [question] = family.questions
    assert family.members == []
    assert (question.other, question.waits_for, question.kind) == (None, [], "")
    assert tie_for(elske, noordwest.olaf, tie.pk, LATER) == tie
    assert bring_together(elske, tie, "Goed", by=noordwest.olaf, at=LATER).ended_at == LATER


def test_a_yes_from_before_they_lived_in_one_house_counts_no_more(noordwest, elske, joris, tie):
    Case.objects.filter(pk=joris.pk).update(capacity="involved")
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)
    for case, by in ((elske, noordwest.olaf), (joris, noordwest.femke)):
        change_reach(case, {"address": "Kerkstraat 12, 1234 AB"}, by=by, at=LATER)
    check_case(Case.objects.select_related("team").get(pk=elske.pk), by=SYSTEM, at=LATER)
    assert not Assent.objects.exists()
    assert bring_together(joris, tie, "Goed", by=noordwest.femke, at=LATER).ended_at is None


def test_helpers_and_others_say_nothing(noordwest, elske, joris, tie):
    proposal = propose(noordwest, elske, make_case("Zus", helper=noordwest.member.zuid))
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    for who in ("ayla", "zuid", "daan", "rinske", "hester", "imke", "nadia"):
        actor = getattr(noordwest, who)
        assert proposals_for(actor, WEDNESDAY) == endings_for(actor, WEDNESDAY) == []
        assert tie_for(elske, actor, tie.pk, WEDNESDAY) is None
        for attempt in (
            lambda actor=actor: decide(proposal, actor),
            lambda actor=actor: bring_together(elske, tie, "x", by=actor, at=LATER),
            lambda actor=actor: mark_apart(elske, tie, "x", by=actor, at=LATER),
        ):
            with pytest.raises(PermissionDenied):
                attempt()
    assert tie_for(elske, noordwest.femke, tie.pk, WEDNESDAY) is None


def test_the_database_keeps_one_yes_for_each_and_to_one_thing(noordwest, elske, joris, tie):
    row = mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
    proposal = propose(noordwest, elske, joris)
    given = {"person": elske.person, "at": WEDNESDAY}
    Assent.objects.create(apart=row, **given)
    Assent.objects.create(proposal=proposal, **given)
    for wrong in ({}, {"apart": row, "proposal": proposal}, {"apart": row}, {"proposal": proposal}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assent.objects.create(**given, **wrong)


def test_a_desk_costs_the_same_for_one_and_for_five(noordwest, elske, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(20) as found:
            asked = len(proposals_for(noordwest.femke, LATER)), len(endings_for(noordwest.femke, LATER))
        return asked, len(found)

    def ask(name):
        case = make_case(name, helper=noordwest.member.zuid)
        write_tie(elske, case.reference, "friend", is_same_house=False, by=noordwest.ayla, at=WEDNESDAY)
        tie = Tie.objects.create(first=elske.person, second=case.person, kind="friend", written_at=WEDNESDAY)
        mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=WEDNESDAY)
        bring_together(elske, tie, "Bijgelegd", by=noordwest.olaf, at=LATER)

    ask("A")
    counted, one = cost()
    assert counted == (1, 1)
    for name in "BCDE":
        ask(name)
    assert cost() == ((5, 5), one)


# The pages


@pytest.fixture
def as_(client, noordwest):
    def log_in(name):
        client.force_login(getattr(noordwest.member, name).user)
        return client

    return log_in


@pytest.fixture
def now_tied(noordwest):
    """The same two, tied and apart, at the moment of the pages."""
    now = clock.now()
    elske = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=now)
    joris = make_case("Joris Rademaker", helper=noordwest.member.zuid, at=now)
    tie = Tie.objects.create(first=elske.person, second=joris.person, kind="ex_partner", written_at=now)
    mark_apart(elske, tie, "Ruzie", by=noordwest.olaf, at=now)
    return elske, joris, tie


def post(client, address, data):
    return client.post(address, data, follow=True).content.decode()


def test_the_pages_say_which_team_has_not_said_yes_and_name_nobody(noordwest, as_, now_tied):
    elske, joris, tie = now_tied
    here, there = (f"/werk/dossiers/{case.pk}/familie/{tie.pk}/apart/" for case in (elske, joris))
    client = as_("olaf")
    page = client.get(f"/werk/dossiers/{elske.pk}/").content.decode()
    assert "Benader apart van iemand die een ander team helpt." in page
    empty = client.post(here, {"reason": ""})
    assert (empty.status_code, "Schrijf op waarom." in empty.content.decode()) == (422, True)
    page = post(client, here, {"reason": "Bijgelegd"})
    assert "Uw ja is bewaard." in page
    assert "Nog geen ja van de teamleider van Zuid." in page
    assert "Nog geen ja van de teamleider van Zuid." in client.get("/werk/").content.decode()
    client = as_("femke")
    desk = client.get("/werk/dossiers/banden/").content.decode()
    assert joris.reference in desk
    assert "De andere teamleider zei ja. Nog geen ja van uw team." in desk
    for page in (desk, client.get(f"/werk/dossiers/{joris.pk}/").content.decode(),
                 client.get(there).content.decode()):  # fmt: skip
        for known in (elske.reference, "Elske", "Bijgelegd", "Ruzie", str(elske.pk)):
            assert known not in page
    assert client.get(here).status_code == 404
    assert "Het blijft apart." in post(client, there, {"blijft": "1"})
    assert "Uw ja is bewaard." in post(client, there, {"reason": "Toch goed"})
    assert "Niet meer apart." in post(as_("olaf"), here, {"reason": "Bijgelegd"})
    assert not ReadEntry.objects.filter(person_id=elske.person_id, actor_id=noordwest.femke.id).exists()


def test_a_leader_says_yes_on_the_desk_and_the_other_team_is_named(noordwest, as_, now_tied):
    elske, joris, tie = now_tied
    Tie.objects.all().delete()
    client = as_("ayla")
    told = {"reference": joris.reference, "kind": "ex_partner"}
    post(client, f"/werk/dossiers/{elske.pk}/familie/erbij/", told)
    address = f"/werk/dossiers/banden/{TieProposal.objects.get().pk}/"
    client = as_("femke")
    desk = client.get("/werk/dossiers/banden/").content.decode()
    assert "iemand van een ander team" in desk
    assert "Nog geen ja van de teamleider van Noordwest." in desk
    assert elske.reference not in desk
    assert "De andere teamleider moet nog ja zeggen." in post(client, address, {"ja": "1"})
    assert "Zij horen bij elkaar" not in client.get("/werk/dossiers/banden/").content.decode()
    page = post(as_("olaf"), address, {"ja": "1"})
    assert "Besluit bewaard." in page
    assert "nog iemand, bij een ander team" in page
    assert "Joris" not in page
    again = f"/werk/dossiers/{elske.pk}/familie/{Tie.objects.get().pk}/apart/"
    assert "Vanaf nu apart benaderen." in post(as_("olaf"), again, {"reason": "Ruzie"})


def test_no_empty_panel_tells_that_there_is_somebody_at_level_3(noordwest, client):
    now = clock.now()
    elske = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=now)
    joris = make_case("Joris Rademaker", helper=noordwest.member.zuid, at=now)
    Tie.objects.create(first=elske.person, second=joris.person, kind="ex_partner", written_at=now)
    client.force_login(noordwest.member.ayla.user)
    assert "Familie en huisgenoten" in client.get(f"/werk/dossiers/{elske.pk}/").content.decode()
    change_level(joris, Level.HIGH, "x", by=noordwest.femke, at=now)
    page = client.get(f"/werk/dossiers/{elske.pk}/").content.decode()
    assert "Familie of huisgenoot erbij" in page
    assert "Familie en huisgenoten" not in page
