"""Referral (S08-5, 6): a link with a code, a clock, an answer, an end; nothing left after consent is gone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, Task, TaskKind
from nabij.consents.actions import withdraw_consent
from nabij.consents.models import Share
from nabij.kit import clock
from nabij.notify.models import Delivery, Message
from nabij.referrals import content, tasks
from nabij.referrals.actions import (
    answer_referral,
    chase_unanswered,
    end_with_consent,
    new_code,
    open_referral,
    refer,
    revoke_referral,
)
from nabij.referrals.models import Referral, ReferralState
from nabij.referrals.policies import referrals_visible_to
from nabij.referrals.queries import opened_of, referral_for, referral_of_link, referrals_of, unfinished
from nabij.support.actions import close_case
from nabij.support.models import CloseReason

SOON = WEDNESDAY + timedelta(hours=1)
FRIDAY = datetime(2027, 2, 5, 9, 0, tzinfo=UTC)
ACCEPTED, REFUSED, DONE = ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.DONE


def partner(referral):
    return Actor(ActorKind.LINK, id=referral.pk)


@pytest.fixture
def sent(noordwest, agreed):
    referral, code = refer(agreed.case, agreed.told, by=noordwest.ayla, at=WEDNESDAY)
    return referral, code


def test_a_referral_goes_by_link_without_a_name_and_the_owner_stays(noordwest, agreed, sent):
    referral, code = sent
    assert referral.due_at == datetime(2027, 2, 4, 16, 0, tzinfo=UTC)
    message = Message.objects.get(template="referral_sent")
    assert (message.recipient_id, message.subject) == (referral.pk, "Nabij: er staat iets voor u klaar")
    assert Delivery.objects.get(message=message).channel == "email"
    assert Case.objects.get().helper == noordwest.member.ayla
    assert len(code) == 6
    opened = opened_of(referral_for(noordwest.ayla, referral.pk, WEDNESDAY))
    assert (opened.name, opened.phone, opened.summary) == (
        "Ilse Vermaat",
        "+31600000051",
        "Wil gebeld worden",
    )
    assert referrals_of(agreed.case, FRIDAY)[0].is_late
    assert Referral.objects.filter(referrals_visible_to(partner(referral), WEDNESDAY)).get() == referral
    assert referral_for(noordwest.daan, referral.pk, WEDNESDAY) is None


def test_with_a_contact_rule_the_number_stays_here(noordwest, agreed, sent):
    from nabij.notify.actions.agreeing import agree_contact
    from nabij.notify.contact_rules import Agreed

    agree_contact(agreed.case.person_id, Agreed(("call",)), by=SYSTEM, at=WEDNESDAY)
    assert opened_of(sent[0]).phone == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"partner": "buren"}, "Kies een partner"),
        ({"email": "csg"}, "Kies een partner"),
        ({"summary": " "}, "een paar zinnen"),
        ({"kinds": ("health_facts",)}, "mag niet naar"),
        ({"partner": "ggd"}, "mag niet naar"),
        ({"kinds": ()}, "Kies wat"),
    ],
)
def test_what_may_not_be_shared_is_not_referred(noordwest, agreed, change, why):
    with pytest.raises(ValidationError, match=why):
        refer(agreed.case, replace(agreed.told, **change), by=noordwest.ayla, at=WEDNESDAY)
    assert not Referral.objects.exists()
    assert not Share.objects.exists()


def test_only_who_helps_refers_and_the_leader_weighs(noordwest, agreed):
    for who in (noordwest.daan, noordwest.zuid, noordwest.hester, SYSTEM):
        with pytest.raises(PermissionDenied):
            refer(agreed.case, agreed.told, by=who, at=WEDNESDAY)
    report = replace(
        agreed.told, partner="veilig_thuis", ground="reporting_code", weighing="Dreiging tegen de kinderen"
    )
    with pytest.raises(PermissionDenied):
        refer(agreed.case, report, by=noordwest.ayla, at=WEDNESDAY)
    referral, _ = refer(agreed.case, report, by=noordwest.olaf, at=WEDNESDAY)
    assert referral.share.consent is None


def test_the_code_opens_the_link_and_five_wrong_ones_close_it(noordwest, sent):
    referral, code = sent
    assert open_referral(referral, f"{code[:3]} {code[3:]}", by=partner(referral), at=SOON)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(content.term("tries")):
        assert not open_referral(referral, wrong, by=partner(referral), at=SOON)
    assert not open_referral(referral, code, by=partner(referral), at=SOON)
    fresh = new_code(referral, by=noordwest.ayla, at=SOON)
    assert open_referral(referral, fresh, by=partner(referral), at=SOON)
    later = WEDNESDAY + timedelta(days=content.term("link_days"))
    assert not open_referral(referral, fresh, by=partner(referral), at=later)
    with pytest.raises(PermissionDenied):
        new_code(referral, by=noordwest.daan, at=SOON)
    assert referral_of_link("iets", SOON) is None


def test_accepted_and_done_with_an_outcome(noordwest, sent):
    referral, _ = sent
    answer_referral(referral, ACCEPTED, "", by=partner(referral), at=SOON)
    with pytest.raises(ValidationError):
        answer_referral(referral, DONE, "", by=partner(referral), at=FRIDAY)
    done = answer_referral(referral, DONE, "helped", by=partner(referral), at=FRIDAY)
    assert (done.answered_at, done.ended_at, done.outcome) == (SOON, FRIDAY, "helped")
    assert not Share.objects.get().is_live
    with pytest.raises(PermissionDenied):
        answer_referral(referral, ACCEPTED, "", by=partner(referral), at=FRIDAY)


def test_refused_with_a_reason_and_by_nobody_else(noordwest, sent):
    referral, _ = sent
    for who in (noordwest.ayla, Actor(ActorKind.LINK, id=noordwest.team.pk)):
        with pytest.raises(PermissionDenied):
            answer_referral(referral, ACCEPTED, "", by=who, at=SOON)
    with pytest.raises(ValidationError):
        answer_referral(referral, REFUSED, "geen zin", by=partner(referral), at=SOON)
    answer_referral(referral, REFUSED, "no_room", by=partner(referral), at=SOON)
    assert Referral.objects.get().state == REFUSED


def test_silence_comes_back_to_the_sender_once(noordwest, agreed, sent):
    assert chase_unanswered(by=SYSTEM, at=SOON) == 0
    assert chase_unanswered(by=SYSTEM, at=FRIDAY) == 1
    assert chase_unanswered(by=SYSTEM, at=FRIDAY) == 0
    assert Task.objects.to_do().filter(case=agreed.case, kind=TaskKind.UNANSWERED).count() == 1
    answer_referral(sent[0], ACCEPTED, "", by=partner(sent[0]), at=FRIDAY)
    assert not Task.objects.to_do().filter(kind=TaskKind.UNANSWERED).exists()


def test_taking_consent_back_ends_the_referral_and_the_partner_is_told(noordwest, agreed, sent):
    withdraw_consent(agreed.consent, by=noordwest.ayla, at=SOON)
    assert not open_referral(sent[0], sent[1], by=partner(sent[0]), at=SOON)
    with pytest.raises(PermissionDenied):
        answer_referral(sent[0], ACCEPTED, "", by=partner(sent[0]), at=SOON)
    assert end_with_consent(agreed.consent.pk, by=SYSTEM, at=SOON) == 1
    assert end_with_consent(agreed.consent.pk, by=SYSTEM, at=SOON) == 0
    assert Referral.objects.get().state == ReferralState.REVOKED
    told = Message.objects.get(template="referral_over")
    assert Delivery.objects.get(message=told).state == "queued"


@pytest.mark.django_db(transaction=True)
def test_the_jobs_follow_consent_and_chase(noordwest):
    tasks.follow_consent(0)
    tasks.chase(0)
    with transaction.atomic():
        case = make_case(helper=noordwest.member.ayla, at=clock.now())
    from nabij.consents.factories import make_consent
    from nabij.referrals.actions import Referring

    consent = make_consent(case.person, by=noordwest.ayla, at=clock.now())
    refer(case, Referring("csg", "c@example.nl", ("is_client",), "x"), by=noordwest.ayla, at=clock.now())
    withdraw_consent(consent, by=noordwest.ayla, at=clock.now())
    tasks.follow_consent(TrailEntry.objects.get(verb="consent.withdrawn").pk)
    assert Referral.objects.get().state == ReferralState.REVOKED


def test_a_case_does_not_close_with_a_referral_that_runs_and_revoking_ends_it(noordwest, agreed, sent):
    with pytest.raises(ValidationError, match="loopt nog een doorverwijzing"):
        close_case(agreed.case, CloseReason.ELSEWHERE, by=noordwest.ayla, at=SOON)
    with pytest.raises(PermissionDenied):
        revoke_referral(sent[0], by=noordwest.daan, at=SOON)
    revoke_referral(sent[0], by=noordwest.ayla, at=SOON)
    with pytest.raises(PermissionDenied):
        revoke_referral(sent[0], by=noordwest.ayla, at=SOON)
    assert unfinished(agreed.case) == ""
    close_case(agreed.case, CloseReason.ELSEWHERE, by=noordwest.ayla, at=SOON)
    assert chase_unanswered(by=SYSTEM, at=FRIDAY) == 0


def test_a_closed_case_is_not_chased(noordwest, agreed, sent):
    Case.objects.update(state="closed")
    assert chase_unanswered(by=SYSTEM, at=FRIDAY) == 0
