"""A guardian answers about sharing for a child, and it is written down as theirs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, Actor, ActorKind, Scope
from nabij.audit.models import TrailEntry
from nabij.consents.actions import Sharing, share, withdraw_consent
from nabij.consents.factories import make_consent
from nabij.consents.models import Manner, Share, SharingConsent
from nabij.consents.queries import consents_for, running_consents
from nabij.kit import objections
from nabij.people.actions.receiving import Met, meet_person
from nabij.people.models import AccessGrant

NOW = datetime(2027, 3, 4, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def met(name):
    return meet_person(Met(name, "", "nl", "", wants_contact=False), None, source="x", by=SYSTEM, at=NOW)


@pytest.fixture
def noor(db):
    return met("Noor")


@pytest.fixture
def petra(noor):
    return acting_for(noor, {Scope.SEE, Scope.CONSENTS})


def acting_for(person, scope):
    return Actor(
        ActorKind.ACTING, id=met("Petra").pk, role="guardian", for_id=person.pk, permissions=frozenset(scope)
    )


def helper_of(person):
    member = make_membership(Role.PAID_WORKER)
    AccessGrant.objects.create(
        person=person, grantee=member, scope="case", purpose="aftercare", source="x", starts_at=NOW
    )
    return actor_for(member)


def test_a_yes_of_the_guardian_opens_sharing_and_is_written_as_theirs(noor, petra):
    row = make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    assert (row.guardian, row.asked_by) == (petra.id, None)
    told = TrailEntry.objects.get(verb="consent.answered")
    assert (told.actor_id, told.facts["for"]) == (petra.id, str(noor.pk))
    [shown] = running_consents(noor.pk, NOW)
    assert (shown.is_on, shown.is_by_guardian) == (True, True)
    assert share(noor, Sharing("specialist", ("is_client",), "x"), by=helper_of(noor), at=NOW).consent == row


def test_what_the_guardian_takes_back_ends_at_once_and_is_written_as_theirs(noor, petra):
    helper = helper_of(noor)
    row = make_consent(noor, by=helper, at=NOW)
    assert not running_consents(noor.pk, NOW)[0].is_by_guardian
    share(noor, Sharing("specialist", ("is_client",), "x"), by=helper, at=NOW)
    ended = withdraw_consent(row, by=petra, at=LATER)
    assert (ended.withdrawn_by_guardian, ended.is_by_person, ended.guardian) == (petra.id, False, None)
    assert not Share.objects.get().is_live
    [shown] = running_consents(noor.pk, LATER)
    assert (shown.state, shown.is_by_guardian) == ("withdrawn", True)


def test_a_no_of_the_guardian_takes_the_place_of_the_yes(noor, petra):
    make_consent(noor, by=helper_of(noor), at=NOW)
    make_consent(noor, by=petra, at=LATER, is_given=False, manner=Manner.OWN_SPACE)
    [shown] = running_consents(noor.pk, LATER)
    assert (shown.state, shown.is_by_guardian) == ("refused", True)
    assert SharingConsent.objects.get(is_given=True).withdrawn_by_guardian == petra.id


def test_what_a_helper_takes_back_of_a_guardian_is_not_the_guardians(noor, petra):
    row = make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    withdraw_consent(row, by=helper_of(noor), at=LATER)
    assert not running_consents(noor.pk, LATER)[0].is_by_guardian


def test_who_only_looks_along_or_acts_for_another_child_answers_and_reads_nothing(noor, petra):
    row = make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    looks = acting_for(noor, {Scope.SEE, Scope.MESSAGES})
    elsewhere = acting_for(met("Bas"), {Scope.SEE, Scope.CONSENTS})
    assert list(consents_for(petra, NOW)) == [row]
    for who in (looks, elsewhere):
        assert not consents_for(who, NOW).exists()
        with pytest.raises(PermissionDenied):
            withdraw_consent(row, by=who, at=LATER)
        with pytest.raises(PermissionDenied):
            make_consent(noor, by=who, at=LATER)


def test_a_guardian_says_yes_or_no_and_never_shares(noor, petra):
    make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    with pytest.raises(PermissionDenied):
        share(noor, Sharing("specialist", ("is_client",), "x"), by=petra, at=NOW)


def test_an_answer_has_one_hand(noor, petra):
    row = make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    for wrong in ({"asked_by": petra.id}, {"withdrawn_by_guardian": petra.id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SharingConsent.objects.filter(pk=row.pk).update(**wrong)


def test_where_an_app_above_says_that_somebody_decides_with_the_person_they_do_not_alone(noor, petra):
    row = make_consent(noor, by=petra, at=NOW, manner=Manner.OWN_SPACE)
    objections.add("own_consent", lambda person_id, at: person_id == noor.pk and at >= LATER)
    oneself = Actor(ActorKind.HELPED_PERSON, id=noor.pk)
    for attempt in (withdraw_consent, lambda row, by, at: make_consent(noor, by=by, at=at, is_given=False)):
        with pytest.raises(PermissionDenied):
            attempt(row, by=oneself, at=LATER)
    assert running_consents(noor.pk, LATER)[0].is_on
    assert withdraw_consent(row, by=oneself, at=NOW).is_by_person
