"""A centre is archived while news waits: what was public goes out, nothing that became so afterwards."""

import pytest

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import (
    approve_version,
    archive_centre,
    end_embargoes,
    withdraw_version,
    write_message,
)
from nabij.centres.factories import make_news
from nabij.centres.models import TextVersion
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import IssueKind, NewsIssue, NewsMail
from nabij.newsletters.tests.conftest import LATER
from nabij.newsletters.tests.mailing import SOON, newest, run_jobs
from nabij.notify.actions import attempt_delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


def test_what_was_public_before_the_archive_still_goes_and_nothing_after_it(centre):
    make_reader(centre.incident_id)
    editor, chief = make_actor(Role.IAC_EDITOR), make_actor(Role.IAC_CHIEF)
    make_news(centre, "Het loket sluit vandaag.", at=LATER)
    before = newest()
    rows = write_message(
        centre, {"nl": "Dit was nog geheim."}, stated_at=LATER, source="brandweer", by=editor, at=LATER,
        embargo_minutes=5,
    )  # fmt: skip
    approve_version(rows[0], by=chief, at=LATER, over=before.pk)
    archive_centre(centre, by=chief, at=LATER)
    end_embargoes(by=SYSTEM, at=SOON)
    assert TextVersion.objects.get(pk=rows[0].pk).told_at == SOON
    run_jobs()
    assert [each.issue.version for each in NewsMail.objects.all()] == [before]
    attempt_delivery("email", at=SOON)
    withdraw_version(before, reason="Dat was niet waar.", by=chief, at=SOON)
    run_jobs()
    assert NewsIssue.objects.get(kind=IssueKind.WITHDRAWAL).mails.count() == 1
