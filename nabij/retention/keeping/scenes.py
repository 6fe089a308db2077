"""Orders, advice, plans, calls, and who was on site: what is past its term, and how it goes."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.centres.models import AdviceCentre, Commission, TextVersion
from nabij.keys.sealing import destroy_keys
from nabij.on_scene.models import Alarm, PhoneTest, Relief, Watch
from nabij.paging.models import Ask, Page, PageState
from nabij.privacy.removal import Collection, Held, delete_rows, nobody, with_living_key
from nabij.psh.models import Advice, AftercarePlan
from nabij.retention.keeping.files import after_centre
from nabij.retention.keeping.persons import about_persons
from nabij.retention.keeping.work import about_incidents, make_unreadable


def old_commissions(before: datetime) -> QuerySet[Commission]:
    """Orders for a centre that closed before this moment, of which the names can still be read."""
    found: QuerySet[Commission] = with_living_key(Commission.objects.filter(after_centre(before)))
    return found


def silence_commissions(rows: QuerySet[Commission], *, by: Actor, at: datetime) -> None:
    """Names, addresses and the reasons written at the centre; that and when it was ordered stays."""
    centres = AdviceCentre.objects.filter(commission__in=rows)
    versions = TextVersion.objects.filter(text__centre__in=centres)
    for each in (centres, versions, rows):
        destroy_keys(each.values_list("pk", flat=True), at=at)


def old_advice(before: datetime) -> QuerySet[Advice]:
    """Advice to the core team about an incident that closed before this moment."""
    found: QuerySet[Advice] = with_living_key(Advice.objects.filter(incident__closed_at__lt=before))
    return found


def old_plans(before: datetime) -> QuerySet[AftercarePlan]:
    """Plans of the core team for an incident that closed before this moment."""
    found: QuerySet[AftercarePlan] = with_living_key(
        AftercarePlan.objects.filter(incident__closed_at__lt=before)
    )
    return found


def old_pages(before: datetime) -> QuerySet[Page]:
    """Pages from before this moment that nobody is called for any more."""
    over = Page.objects.filter(started_at__lt=before).exclude(state=PageState.OPEN)
    found: QuerySet[Page] = with_living_key(over)
    return found


def about_pages(held: Held) -> Q:
    """Pages about somebody or an incident that is held, about their file, or in the incident of one."""
    files = Case.objects.filter(about_persons(held))
    ids = [*held.persons, *held.incidents]
    found = Q(thread_id__in=ids) | Q(subject_id__in=ids) | Q(thread_id__in=files.values("incident_id"))
    return found | Q(thread_id__in=files.values("pk")) | Q(subject_id__in=files.values("pk"))


def silence_pages(rows: QuerySet[Page], *, by: Actor, at: datetime) -> None:
    """What the message said, and why somebody said no; who was called when, and the answer, stays."""
    asks = Ask.objects.filter(page__in=rows)
    for each in (asks, rows):
        destroy_keys(each.values_list("pk", flat=True), at=at)


def about_deployments(held: Held) -> Q:
    """Of somebody who was at an incident that is held, or that a held person belongs to."""
    return about_incidents(held, "deployment__incident")


def old_watches(before: datetime) -> QuerySet[Watch]:
    """Checks on who was on site, over since before this moment."""
    return Watch.objects.filter(ended_at__lt=before)


def remove_watches(rows: QuerySet[Watch], *, by: Actor, at: datetime) -> None:
    """The checks, and that somebody took over."""
    Relief.objects.filter(deployment__in=rows.values("deployment")).delete()
    rows.delete()


def old_alarms(before: datetime) -> QuerySet[Alarm]:
    """Alarms of staff that ended before this moment."""
    return Alarm.objects.filter(ended_at__lt=before)


def old_phone_tests(before: datetime) -> QuerySet[PhoneTest]:
    """Tests of the phones from before this moment."""
    return PhoneTest.objects.filter(started_at__lt=before)


COLLECTIONS: tuple[Collection, ...] = (
    Collection("commission", old_commissions, about_incidents, silence_commissions),
    Collection("psh_advice", old_advice, about_incidents, make_unreadable),
    Collection("psh_plan", old_plans, about_incidents, make_unreadable),
    Collection("page", old_pages, about_pages, silence_pages),
    Collection("welfare_check", old_watches, about_deployments, remove_watches),
    Collection("alarm", old_alarms, about_deployments, delete_rows),
    Collection("phone_test", old_phone_tests, nobody, delete_rows),
)
