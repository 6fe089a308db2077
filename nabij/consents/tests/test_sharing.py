"""The sharing matrix and the never-list; consent that acts; what ends, ends at once."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from threading import Event

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.consents import content, tasks
from nabij.consents.actions import (
    Answer,
    Sharing,
    answer_consent,
    end_share,
    expire_consents,
    share,
    sharing,
    withdraw_consent,
)
from nabij.consents.content import Cell, cell
from nabij.consents.factories import make_consent
from nabij.consents.models import ConsentState, Manner, Share, ShareEnd, SharingConsent
from nabij.consents.policies import objections_to
from nabij.consents.queries import consents_for, running_consents, shares_of
from nabij.keys.sealing import seal
from nabij.kit.tests.at_once import together
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.models import AccessGrant

NOW = datetime(2027, 3, 4, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
RECEIVERS = (
    "municipality_safety", "social_team", "police", "prosecution", "ggd", "school", "employer", "insurer",
    "specialist", "family", "press", "counterparty",
)  # fmt: skip
# privacy.md chapter 6, row by row; "C (only contact rule)" and "R (own)" as C and R, "L/C" as B
MATRIX = {
    "event_facts": "RRRRRRRXXRRX", "is_client": "XCCCCCCCCCXX", "contact_data": "XCBCCCXCCCXX",
    "plan_steps": "XCXXXXXXXXXX", "assessment_risk": "XCRRXXXXBXXX", "measures": "XCRRXXXXBXXX",
    "secret_address": "XXLLXXXXLXXX", "claim_data": "XXCCXXXCXXXX", "health_facts": "XCCCCXXCCXXX",
    "story": "XXXXXXXXXXCX",
}  # fmt: skip
LETTERS = {"R": Cell.MAY, "C": Cell.CONSENT, "L": Cell.GROUND, "B": Cell.CONSENT_OR_GROUND, "X": Cell.NEVER}


@pytest.fixture
def ilse(db):
    return meet_person(Met("Ilse", "", "nl", "", wants_contact=False), None, source="x", by=SYSTEM, at=NOW)


def let_in(person, role=Role.PAID_WORKER):
    member = make_membership(role)
    AccessGrant.objects.create(
        person=person, grantee=member, scope="case", purpose="aftercare", source="x", starts_at=NOW
    )
    return actor_for(member)


def oneself(person):
    return Actor(ActorKind.HELPED_PERSON, id=person.pk)


@pytest.mark.parametrize("kind", MATRIX)
def test_the_matrix_of_the_handbook_is_ours(kind):
    assert [cell(kind, receiver) for receiver in RECEIVERS] == [LETTERS[each] for each in MATRIX[kind]]


def test_a_report_says_about_whom_it_is_and_only_to_a_specialist():
    for kind in ("is_client", "contact_data"):
        assert objections_to([kind], "specialist", None, "reporting_code", NOW.date()) == []
        assert objections_to([kind], "specialist", None, "vital_interest", NOW.date())
        assert objections_to([kind], "family", None, "reporting_code", NOW.date())
    assert objections_to(["health_facts"], "specialist", None, "reporting_code", NOW.date())


def test_what_the_matrix_does_not_know_is_never_shared():
    assert cell("diary", "police") == cell("is_client", "neighbours") == Cell.NEVER
    assert [code for code, _ in content.receivers()] == list(RECEIVERS)
    assert {code for code, _ in content.kinds()} == set(MATRIX)


@pytest.mark.parametrize(("kind", "receiver"), list(product(MATRIX, RECEIVERS)))
def test_sharing_is_possible_exactly_where_the_matrix_says(kind, receiver):
    """Every cell, with nothing, with a yes, with a ground: never more than the cell allows."""
    yes = SharingConsent(receiver=receiver, kinds=[kind], is_given=True, last_valid_on=NOW.date())
    rule = LETTERS[MATRIX[kind][RECEIVERS.index(receiver)]]
    bare, agreed, grounded = (
        not objections_to([kind], receiver, consent, ground, NOW.date())
        for consent, ground in ((None, ""), (yes, ""), (None, "vital_interest"))
    )
    assert bare is (rule == Cell.MAY)
    assert agreed is (rule in (Cell.MAY, Cell.CONSENT, Cell.CONSENT_OR_GROUND))
    assert grounded is (rule in (Cell.MAY, Cell.GROUND, Cell.CONSENT_OR_GROUND))


def test_to_the_suspect_nothing_goes_and_to_the_press_only_a_story_with_a_yes():
    for kind in MATRIX:
        assert cell(kind, "counterparty") == Cell.NEVER
        assert cell(kind, "press") in (Cell.NEVER, Cell.CONSENT, Cell.MAY)
    assert {kind for kind in MATRIX if cell(kind, "press") != Cell.NEVER} == {"event_facts", "story"}


@pytest.mark.parametrize(
    "consent",
    [
        None,
        SharingConsent(receiver="police", kinds=["is_client"], is_given=True, last_valid_on=date(2028, 1, 1)),
        SharingConsent(receiver="ggd", kinds=["contact_data"], is_given=True, last_valid_on=date(2028, 1, 1)),
        SharingConsent(receiver="ggd", kinds=["is_client"], is_given=False),
        SharingConsent(receiver="ggd", kinds=["is_client"], is_given=True, last_valid_on=date(2027, 3, 3)),
        SharingConsent(
            receiver="ggd", kinds=["is_client"], is_given=True, last_valid_on=date(2028, 1, 1),
            withdrawn_at=NOW,
        ),
    ],
)  # fmt: skip
def test_a_yes_to_somebody_else_for_something_else_or_that_is_over_opens_nothing(consent):
    assert objections_to(["is_client"], "ggd", consent, "", NOW.date())


def test_sharing_with_a_yes_and_taking_it_back_ends_it_at_once(ilse):
    helper = let_in(ilse)
    consent = make_consent(ilse, by=helper, at=NOW)
    told = Sharing("specialist", ("is_client", "contact_data"), "Wil bellen over veiligheid")
    row = share(ilse, told, by=helper, at=NOW)
    assert (row.consent, row.is_live) == (consent, True)
    assert shares_of(ilse.pk)[0].summary == "Wil bellen over veiligheid"
    withdraw_consent(consent, by=oneself(ilse), at=LATER)
    assert withdraw_consent(consent, by=oneself(ilse), at=LATER + timedelta(1)).withdrawn_at == LATER
    row.refresh_from_db()
    assert (row.ended_at, row.end_reason) == (LATER, ShareEnd.WITHDRAWN)
    assert SharingConsent.objects.get().is_by_person
    with pytest.raises(ValidationError, match="mag niet naar"):
        share(ilse, told, by=helper, at=LATER)
    [shown] = running_consents(ilse.pk, LATER)
    assert (shown.state, shown.is_on) == ("withdrawn", False)


def test_a_new_answer_takes_the_place_of_the_old(ilse):
    helper = let_in(ilse)
    make_consent(ilse, by=helper, at=NOW)
    row = share(ilse, Sharing("specialist", ("is_client",), "x"), by=helper, at=NOW)
    make_consent(ilse, by=helper, at=LATER, is_given=False)
    row.refresh_from_db()
    assert not row.is_live
    assert [each.state for each in running_consents(ilse.pk, LATER)] == ["refused"]
    assert SharingConsent.objects.count() == 2


def test_a_yes_expires_and_what_rested_on_it_ends(ilse):
    helper = let_in(ilse)
    make_consent(ilse, by=helper, at=NOW, last_valid_on=NOW.date())
    row = share(ilse, Sharing("specialist", ("is_client",), "x"), by=helper, at=NOW)
    second = share(ilse, Sharing("specialist", ("is_client",), "y"), by=helper, at=NOW)
    tomorrow = NOW + timedelta(days=1)
    assert expire_consents(by=SYSTEM, at=NOW) == 0
    assert expire_consents(by=SYSTEM, at=tomorrow) == 1
    assert expire_consents(by=SYSTEM, at=tomorrow) == 0
    for each in (row, second):
        each.refresh_from_db()
        assert each.end_reason == ShareEnd.EXPIRED
    assert running_consents(ilse.pk, tomorrow)[0].state == ConsentState.EXPIRED


@pytest.mark.django_db(transaction=True)
def test_the_hourly_job_runs(transactional_db):
    tasks.expire(0)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("buren", ("is_client",), True, Manner.PHONE), "Kies met wie"),
        (Answer("ggd", (), True, Manner.PHONE), "Kies met wie"),
        (Answer("counterparty", ("is_client",), True, Manner.PHONE), "nooit"),
        (Answer("specialist", ("secret_address",), True, Manner.PHONE), "nooit"),
        (Answer("ggd", ("is_client",), True, Manner.PHONE, last_valid_on=date(2027, 3, 3)), "die nog komt"),
        (Answer("ggd", ("is_client",), True, Manner.PHONE, last_valid_on=date(2031, 1, 1)), "verder weg"),
    ],
)
def test_what_nobody_can_consent_to_is_refused(ilse, answer, why):
    with pytest.raises(ValidationError, match=why):
        answer_consent(ilse, answer, by=let_in(ilse), at=NOW)


def test_without_consent_only_the_leader_shares_on_a_ground_with_a_weighing(ilse):
    helper, leader = let_in(ilse), let_in(ilse, Role.TEAM_LEADER)
    told = Sharing("specialist", ("contact_data",), "Dreiging tegen de kinderen", ground="reporting_code")
    weighed = Sharing(**{**vars(told), "weighing": "Nieuwe dreiging; moeder wil niet; kinderen 6 en 9"})
    with pytest.raises(PermissionDenied):
        share(ilse, weighed, by=helper, at=NOW)
    with pytest.raises(ValidationError, match="afweging"):
        share(ilse, told, by=leader, at=NOW)
    row = share(ilse, weighed, by=leader, at=NOW)
    assert (row.consent, row.ground) == (None, "reporting_code")
    with pytest.raises(ValidationError, match="mag niet naar"):
        share(ilse, Sharing(**{**vars(weighed), "receiver": "press"}), by=leader, at=NOW)


def test_event_facts_need_no_consent_and_nothing_chosen_is_nothing_shared(ilse):
    helper = let_in(ilse)
    row = share(ilse, Sharing("school", ("event_facts",), "Ongeluk op het plein"), by=helper, at=NOW)
    assert row.consent is None
    with pytest.raises(ValidationError, match="Kies wat"):
        share(ilse, Sharing("school", (), "x"), by=helper, at=NOW)
    end_share(row, ShareEnd.DONE, by=helper, at=LATER)
    assert end_share(row, ShareEnd.REVOKED, by=helper, at=LATER + timedelta(1)).end_reason == ShareEnd.DONE
    assert Share.objects.count() == 1


@pytest.mark.parametrize("role", [Role.PAID_WORKER, Role.DUTY_OFFICER, Role.POLICE_OFFICER, Role.TEAM_LEADER])
def test_who_was_not_let_in_asks_shares_and_reads_nothing(ilse, role):
    stranger = make_actor(role)
    consent = make_consent(ilse, by=oneself(ilse), at=NOW, manner=Manner.OWN_SPACE)
    assert consent.asked_by is None
    for attempt in (
        lambda: make_consent(ilse, by=stranger, at=NOW),
        lambda: withdraw_consent(consent, by=stranger, at=NOW),
        lambda: share(ilse, Sharing("ggd", ("event_facts",), "x"), by=stranger, at=NOW),
        lambda: make_consent(ilse, by=Actor(ActorKind.HELPED_PERSON, id=make_membership().pk), at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not consents_for(stranger, NOW).exists()
    assert list(consents_for(let_in(ilse), NOW)) == [consent]
    assert list(consents_for(oneself(ilse), NOW)) == [consent]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_shared_on_a_yes_that_is_taken_back_at_that_moment(ilse, monkeypatch):
    helper = let_in(ilse)
    consent = make_consent(ilse, by=oneself(ilse), at=NOW)
    is_sharing, is_withdrawn = Event(), Event()

    def slowly(*given):
        is_sharing.set()
        is_withdrawn.wait(1)
        return seal(*given)

    monkeypatch.setattr(sharing, "seal", slowly)

    def withdraw():
        is_sharing.wait(5)
        withdraw_consent(consent, by=oneself(ilse), at=LATER)
        is_withdrawn.set()

    asked = Sharing("specialist", ("contact_data",), "Bel Ilse.")
    assert together(lambda: share(ilse, asked, by=helper, at=NOW), withdraw) == []
    assert [each.is_live for each in Share.objects.all()] == [False]
