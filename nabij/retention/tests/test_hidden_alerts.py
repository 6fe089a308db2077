"""An alert that is hidden after help ended was closed by nobody: what it protects from stays shut."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from nabij.acting.factories import make_guardian
from nabij.acting.models import Mandate
from nabij.acting.policies import holds
from nabij.audit.actor import SYSTEM
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.households.queries import objection_to_contact
from nabij.notify.models import Way
from nabij.privacy.actions import remove_expired
from nabij.support.actions.closing import end_case, reopen_case
from nabij.support.models import CloseReason
from nabij.vulnerability import content
from nabij.vulnerability.actions import close_alert, raise_alert, write_step
from nabij.vulnerability.models import Alert

HIDDEN = WEDNESDAY + relativedelta(months=4)


@pytest.fixture
def case(noordwest):
    return make_case("Noor Rademaker", helper=noordwest.member.ayla)


def hide(case):
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    remove_expired(by=SYSTEM, at=HIDDEN)
    assert Alert.objects.get(person=case.person).closed_at is not None


def test_a_guardian_who_was_kept_apart_does_not_come_in_again_when_the_alert_is_hidden(noordwest, case):
    mandate = make_guardian(case, by=noordwest.ayla, at=WEDNESDAY)
    Mandate.objects.filter(pk=mandate.pk).update(last_valid_on=(HIDDEN + timedelta(days=30)).date())
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    hide(case)
    assert not holds(Mandate.objects.select_related("person").get(pk=mandate.pk), HIDDEN)


def test_no_letter_goes_to_the_house_of_the_suspect_when_the_alert_is_hidden(noordwest, case):
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    assert objection_to_contact(case.person_id, Way.LETTER)
    hide(case)
    assert objection_to_contact(case.person_id, Way.LETTER)


def test_when_help_goes_on_what_was_hidden_is_seen_again_and_what_somebody_closed_is_not(noordwest, case):
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    closed = raise_alert(case.person, "safe_contact", by=noordwest.ayla, at=WEDNESDAY)
    write_step(closed, content.steps()[0][0], by=noordwest.ayla, at=WEDNESDAY)
    close_alert(closed, by=noordwest.ayla, at=WEDNESDAY)
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    remove_expired(by=SYSTEM, at=HIDDEN)
    reopen_case(case, by=noordwest.olaf, at=HIDDEN)
    seen = Alert.objects.filter(person=case.person, closed_at__isnull=True)
    assert list(seen.values_list("kind", flat=True)) == ["same_house"]
