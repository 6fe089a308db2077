"""An address that somebody gave at the centre of an exercise goes with it, whatever was mailed to it."""

import pytest
from django.db import connection

from nabij.accounts.factories import make_municipality
from nabij.centres.factories import EVENING, make_live_centre
from nabij.drills.wiping import wipe_event
from nabij.keys.models import SubjectKey
from nabij.news_readers.factories import make_news_reader
from nabij.news_readers.models import NewsReader
from nabij.newsletters.models import IssueKind, NewsIssue, NewsMail
from nabij.notify.models import ContactPoint, Delivery, Message


@pytest.mark.django_db
def test_readers_of_an_exercise_are_wiped_with_their_address_and_their_mails():
    make_municipality()
    centre, real = make_live_centre(), make_live_centre(name="Echt")
    centre.incident.is_exercise = True
    centre.incident.save()
    reader, stays = make_news_reader(centre, at=EVENING), make_news_reader(real, at=EVENING)
    version = centre.texts.first().versions.first()
    issue = NewsIssue.objects.create(centre=centre, version=version, kind=IssueKind.NEWS, begun_at=EVENING)
    NewsMail.objects.create(issue=issue, reader=reader)
    wipe_event(centre.incident, at=EVENING)
    connection.check_constraints()
    assert list(NewsReader.objects.all()) == [stays]
    assert list(ContactPoint.objects.filter(subject_id__in=[reader.pk, stays.pk])) == list(
        ContactPoint.objects.filter(subject_id=stays.pk)
    )
    assert not Message.objects.filter(recipient_id=reader.pk).exists()
    assert Delivery.objects.filter(message__recipient_id=stays.pk).count() == 1
    assert SubjectKey.objects.get(subject_id=reader.pk).wrapped is None
