"""Steps of the stories about news by e-mail: every job that the trail asks for, and who got what."""

import re
from datetime import timedelta

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.centres.actions import approve_version, write_version
from nabij.centres.models import TextVersion
from nabij.keys.sealing import unseal
from nabij.newsletters import tasks
from nabij.newsletters.tests.conftest import LATER
from nabij.notify.models import Message

SOON = LATER + timedelta(minutes=5)
JOBS = {
    "centre.live": tasks.follow_going_live,
    "centre.text_approved": tasks.follow_message,
    "centre.text_public": tasks.follow_message,
    "centre.text_withdrawn": tasks.follow_withdrawal,
    "news.begun": tasks.send_news,
    "registration.withdrawn": tasks.follow_registration,
    "registration.changed": tasks.follow_registration,
}


def run_jobs(since=0):
    """Every job that the trail asks, in order, twice each: a job may come again."""
    done = since
    while entry := TrailEntry.objects.filter(pk__gt=done, verb__in=JOBS).order_by("pk").first():
        for _ in range(2):
            JOBS[entry.verb](entry.pk)
        done = entry.pk
    return done


def mails_to(row, key="news_message"):
    return Message.objects.filter(recipient_id=row.person_id, template=key)


def text_of(message):
    return unseal(message.pk, message.body_sealed)


def address_in(mail):
    return re.search(r"/nieuws/stoppen/[\w-]+/", mail).group()


def newest():
    return TextVersion.objects.filter(text__is_message=True).latest("created_at")


def correct(version, body):
    editor = make_actor(Role.IAC_EDITOR)
    later = write_version(version.text, body, based_on=version.number, by=editor, at=LATER)
    return approve_version(later, by=make_actor(Role.IAC_CHIEF), at=LATER)
