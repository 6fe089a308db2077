"""An alert that is hidden after help ended was closed by nobody: what it protects from stays shut."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from nabij.acting.factories import make_guardian
from nabij.acting.models import Mandate
from nabij.acting.policies import holds
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.households.queries import objection_to_contact
from nabij.notify.models import Way
from nabij.privacy.actions import remove_expired
from nabij.support.actions.closing import end_case, reopen_case
from nabij.support.models import CloseReason
from nabij.vulnerability.actions import close_alert, raise_alert, write_step
from nabij.vulnerability.actions.alerts import open_alert
from nabij.vulnerability.models import Alert
from nabij.vulnerability.queries import open_alerts

HIDDEN = WEDNESDAY + relativedelta(months=4)


@pytest.fixture
def case(noordwest):
    return make_case("Noor Rademaker", helper=noordwest.member.ayla)


def hide(case):
    end_case(case, CloseReason.DONE, by=SYSTEM, at=WEDNESDAY)
    remove_expired(by=SYSTEM, at=HIDDEN)
    assert not Alert.objects.filter(person=case.person, closed_at=None).exists()


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


def kinds(case, reader):
    return sorted(each.alert.kind for each in open_alerts(case.person_id, reader))


def test_alerts_that_were_hidden_are_there_again_when_help_goes_on(noordwest, case):
    raised = [
        raise_alert(case.person, kind, by=noordwest.ayla, at=WEDNESDAY) for kind in ("same_house", "press")
    ]
    hide(case)
    assert kinds(case, noordwest.ayla) == []
    reopen_case(case, by=noordwest.olaf, at=HIDDEN + timedelta(days=1))
    assert kinds(case, noordwest.ayla) == ["press", "same_house"]
    shown = TrailEntry.objects.filter(verb="alert.shown").values_list("subject_id", flat=True)
    assert set(shown) == {each.pk for each in raised}


def test_an_alert_that_somebody_closed_stays_closed(noordwest, case):
    alert = raise_alert(case.person, "press", by=noordwest.ayla, at=WEDNESDAY)
    write_step(alert, "leader_told", by=noordwest.ayla, at=WEDNESDAY)
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    close_alert(alert, by=noordwest.ayla, at=WEDNESDAY + timedelta(days=1))
    hide(case)
    reopen_case(case, by=noordwest.olaf, at=HIDDEN)
    assert kinds(case, noordwest.ayla) == ["same_house"]


def test_an_alert_that_came_anew_or_was_hidden_twice_stands_there_once(noordwest, case):
    first = raise_alert(case.person, "press", by=noordwest.ayla, at=WEDNESDAY)
    raise_alert(case.person, "same_house", by=noordwest.ayla, at=WEDNESDAY)
    hide(case)
    again = open_alert(case.person, "press", assessment=None, by=SYSTEM, at=HIDDEN)
    reopen_case(case, by=noordwest.olaf, at=HIDDEN)
    assert kinds(case, noordwest.ayla) == ["press", "same_house"]
    assert Alert.objects.get(kind="press", closed_at=None) == again
    assert Alert.objects.get(pk=first.pk).closed_at is not None
