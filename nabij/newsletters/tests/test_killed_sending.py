"""The process that writes the mails is killed at random: everybody gets one, and nobody two."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from nabij.accounts.factories import make_municipality
from nabij.audit.actor import SYSTEM
from nabij.centres.factories import EVENING, make_live_centre, make_news
from nabij.kit import clock
from nabij.news_readers.factories import make_news_reader
from nabij.newsletters import actions
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import MailState, NewsMail
from nabij.newsletters.tests.mailing import newest
from nabij.notify.models import Delivery, Message

PEOPLE, READERS, KILLS = 40, 4, 2
LATER = EVENING + timedelta(hours=1)
SENDER = """
import sys, time, django
django.setup()
from nabij.audit.actor import SYSTEM
from nabij.kit import clock
from nabij.newsletters.actions import carry_out_news, mailing
from nabij.newsletters.models import NewsIssue
mailing.news_batch = lambda: 3
issue, done = NewsIssue.objects.get(), open(sys.argv[1], "a", buffering=1)
while carry_out_news(issue, by=SYSTEM, at=clock.now()):
    done.write("batch\\n")
    time.sleep(0.02)
"""


def kill_while_sending(told, dice, environment):
    process = subprocess.Popen([sys.executable, "-c", SENDER, str(told)], env=environment)
    patience = time.monotonic() + 60
    while not told.exists() or (not told.read_text() and time.monotonic() < patience):
        time.sleep(0.01)
    time.sleep(dice.uniform(0, 0.15))
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_everybody_gets_it_and_nobody_twice(tmp_path):
    place, _, how = settings.ENV.database_url.partition("?")
    environment = {
        "DJANGO_SETTINGS_MODULE": "nabij.settings",
        **os.environ,
        "DATABASE_URL": f"{place.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{how}",
    }
    clock.move_to(LATER)
    make_municipality()
    centre, dice = make_live_centre(), random.Random(10_000)
    for number in range(PEOPLE):
        make_reader(centre.incident_id, f"mens{number}")
    for number in range(READERS):
        make_news_reader(centre, f"lezer{number}", at=LATER)
    make_news(centre, at=LATER)
    issue = actions.begin_news(newest(), by=SYSTEM, at=LATER)
    for number in range(KILLS):
        kill_while_sending(tmp_path / f"told-{number}", dice, environment)
    handed = NewsMail.objects.filter(state=MailState.HANDED).count()
    assert 0 < handed < PEOPLE + READERS, "killed half-way"
    assert Message.objects.filter(template="news_message").count() == handed, "a mail is whole or not there"
    while actions.carry_out_news(issue, by=SYSTEM, at=LATER):
        pass
    sent = Message.objects.filter(template="news_message")
    assert sent.count() == sent.values("recipient_id").distinct().count() == PEOPLE + READERS
    assert Delivery.objects.filter(message__in=sent).count() == PEOPLE + READERS
