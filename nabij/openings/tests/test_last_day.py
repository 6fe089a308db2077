"""The last day of a centre: who waits is helped first; and when it stays open, its notice goes."""

import pytest

from nabij.audit.models import TrailEntry
from nabij.centres.factories import EVENING, approve_everything
from nabij.centres.models import AdviceCentre, TextVersion
from nabij.centres.pages import centre_page
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import Opener
from nabij.openings import counters
from nabij.openings.actions import archive, decide_phase
from nabij.openings.content import notice_source
from nabij.openings.counters import Figure
from nabij.openings.models import Phase
from nabij.openings.tests.test_years import LATER, WEEK, announced, calm, phase_of

__all__ = ["announced", "calm"]
pytestmark = pytest.mark.django_db


def test_urgent_needs_are_looked_at_again_on_the_last_day(announced):
    last = EVENING.replace(month=10, day=17)
    counters.register(Figure.OPEN_URGENT, lambda centre, moment: 2)
    with pytest.raises(Refused, match="2 vragen die haast hebben. Handel die eerst af"):
        archive(announced.plan, by=announced.owen, at=last)
    assert phase_of(announced) == Phase.CLOSING
    assert AdviceCentre.objects.get().archived_at is None
    counters.register(Figure.OPEN_URGENT, lambda centre, moment: 0)
    archive(announced.plan, by=announced.owen, at=last)
    assert phase_of(announced) == Phase.ARCHIVED


def test_back_from_closing_the_notice_on_the_site_goes_with_its_reason(announced):
    approve_everything(announced.centre, by=announced.ida, at=LATER)
    assert "sluit op" in centre_page(announced.centre, "nl")
    decide_phase(announced.centre, Phase.LONG, "Er komt een rechtszaak.", by=announced.owen, at=LATER + WEEK)
    for tongue, words in (("nl", "sluit op"), ("en", "closes on")):
        assert words not in centre_page(announced.centre, tongue)
    rows = TextVersion.objects.filter(text__source=notice_source())
    assert [row.withdrawn_at for row in rows] == [LATER + WEEK] * 2
    opener = Opener(row.pk for row in rows)
    reasons = {opener.open(row.pk, row.withdraw_reason_sealed) for row in rows}
    assert reasons == {"Er komt een rechtszaak."}
    assert TrailEntry.objects.filter(verb="centre.text_withdrawn").count() == 2


def test_a_notice_that_still_waits_is_not_approved_after_the_centre_stays_open(announced):
    decide_phase(announced.centre, Phase.AFTERCARE, "Toch niet.", by=announced.owen, at=LATER + WEEK)
    assert not TextVersion.objects.filter(text__source=notice_source(), withdrawn_at=None).exists()
    others = TextVersion.objects.exclude(text__source=notice_source())
    assert not others.filter(withdrawn_at__isnull=False).exists()
