from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.incidents.factories import NIGHT
from nabij.reception.actions import agree_presence, open_place, write_talk
from nabij.reception.models import GroupTalk, Party, Presence
from nabij.reception.queries import report_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def agree(night, by):
    return agree_presence(
        night.incident, Party.GGD, where="Sporthal", starts_at=NIGHT, ends_at=NIGHT + 6 * HOUR, staff=2,
        by=by, at=NIGHT,
    )  # fmt: skip


def test_presence_is_agreed_by_who_leads_and_stands_in_the_report(night):
    agree(night, night.lead)
    assert [each.party for each in report_of(night.incident, night.nadia).presences] == [Party.GGD]
    for other in (night.me, night.nadia):
        with pytest.raises(PermissionDenied):
            agree(night, other)
    assert Presence.objects.count() == 1


def test_a_group_talk_stands_in_the_report_with_how_many_and_about_what(night):
    write_talk(night.place, people=3, leaders=2, topics=["happened", "x"], by=night.me, at=NIGHT)
    [talk] = report_of(night.incident, night.me).talks
    assert (talk.people, talk.topics) == ("3", ["Wat er is gebeurd"])
    assert report_of(night.incident, night.nadia).talks[0].people == "minder dan 10"
    with pytest.raises(PermissionDenied):
        write_talk(night.place, people=1, leaders=1, topics=[], by=night.nadia, at=NIGHT)
    assert GroupTalk.objects.count() == 1


def test_at_a_closed_event_no_place_opens(night):
    type(night.incident).objects.filter(pk=night.incident.pk).update(
        status="closed", closed_at=NIGHT, closed_by=night.bram
    )
    night.incident.refresh_from_db()
    with pytest.raises(ValidationError, match="afgesloten"):
        open_place(night.incident, "Hier", None, by=night.lead, at=NIGHT)
