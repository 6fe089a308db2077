"""Case files, registrations, wishes, reception cards and alerts: what is past its term, and how it goes."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.models import Case, CaseState
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.people.models import ContactWish, Registration
from nabij.privacy.removal import Collection, Held
from nabij.reception.models import ReceptionCard
from nabij.retention.keeping.figures import count_registrations
from nabij.retention.keeping.persons import about_persons, let_go
from nabij.support.models import Closing
from nabij.vulnerability.models import Alert


def closed_files(before: datetime) -> QuerySet[Case]:
    """Cases that were closed before this moment and not opened again."""
    ended = Closing.objects.filter(case_id=OuterRef("pk"), reopened_at__isnull=True, closed_at__lt=before)
    return Case.objects.filter(Exists(ended), state=CaseState.CLOSED)


def remove_files(rows: QuerySet[Case], *, by: Actor, at: datetime) -> None:
    """The case with all that hangs on it; the person too, when nothing else of theirs remains."""
    found = list(rows)
    for case in found:
        trail.record("case.removed", by=by, at=at, subject=case)
    wishes = [case.wish_id for case in found if case.wish_id]
    rows.delete()
    ContactWish.objects.filter(pk__in=wishes).delete()
    let_go([case.person_id for case in found], by=by, at=at)


def after_centre(before: datetime) -> Q:
    """Of an incident whose centre was archived or went offline before this moment, or closed without one."""
    centres = AdviceCentre.objects.filter(incident_id=OuterRef("incident_id"), live_at__isnull=False)
    offline = Q(status=CentreStatus.OFFLINE, offline_at__lt=before)
    closed = centres.filter(offline | Q(archived_at__lt=before))
    return Q(Exists(closed)) | (~Q(Exists(centres)) & Q(incident__closed_at__lt=before))


def old_registrations(before: datetime) -> QuerySet[Registration]:
    """Registrations at a centre that is closed this long; of an unknown incident, from when they came in.

    Whose help went on in a file of this incident is not among them: the registration goes after the file.
    """
    unplaced = Q(incident__isnull=True, received_at__lt=before)
    files = Case.objects.filter(person_id=OuterRef("person_id"), incident_id=OuterRef("incident_id"))
    return Registration.objects.filter(after_centre(before) | unplaced).exclude(Exists(files))


def about_registrations(held: Held) -> Q:
    """Registrations of who is held, and those that a registration of theirs corrects: it would go along."""
    corrections = Registration.objects.filter(about_persons(held), corrects__isnull=False)
    return about_persons(held) | Q(pk__in=corrections.values("corrects_id"))


def remove_registrations(rows: QuerySet[Registration], *, by: Actor, at: datetime) -> None:
    """Figures are all that stays; the registrations go with their consents and corrections.

    The person goes too when nothing else remains.
    """
    both = list(Registration.objects.filter(Q(pk__in=rows.values("pk")) | Q(corrects__in=rows.values("pk"))))
    count_registrations(both)
    rows.delete()
    let_go([each.person_id for each in both], by=by, at=at)


def old_wishes(before: datetime) -> QuerySet[ContactWish]:
    """Wishes that came with a registration or reception at an incident that is over this long."""
    return ContactWish.objects.filter(after_centre(before), incident__isnull=False)


def old_cards(before: datetime) -> QuerySet[ReceptionCard]:
    """Cards of a place of reception that is closed this long, or whose incident is."""
    forgotten = Q(place__closed_at__isnull=True, place__incident__closed_at__lt=before)
    return ReceptionCard.objects.filter(Q(place__closed_at__lt=before) | forgotten)


def remove_of_persons(
    rows: "QuerySet[ContactWish] | QuerySet[ReceptionCard]", *, by: Actor, at: datetime
) -> None:
    """The rows; and who has nothing else."""
    persons = list(rows.values_list("person_id", flat=True))
    rows.delete()
    let_go(persons, by=by, at=at)


def alerts_to_hide(before: datetime) -> QuerySet[Alert]:
    """Open alerts of persons whose help has ended this long in every case."""
    cases = Case.objects.filter(person_id=OuterRef("person_id"))
    ended = Closing.objects.filter(case_id=OuterRef("pk"), reopened_at__isnull=True, closed_at__lt=before)
    going_on = cases.exclude(Exists(ended), state=CaseState.CLOSED)
    return Alert.objects.filter(Exists(cases), closed_at__isnull=True).exclude(Exists(going_on))


def hide_alerts(rows: QuerySet[Alert], *, by: Actor, at: datetime) -> None:
    """The alert is closed, so that nobody sees it any more; it stays in the file until the file goes."""
    for alert in rows:
        trail.record("alert.hidden", by=by, at=at, subject=alert, thread_id=alert.person_id)
    rows.update(closed_at=at)


COLLECTIONS = (
    Collection("client_file", closed_files, about_persons, remove_files),
    Collection("registration", old_registrations, about_registrations, remove_registrations),
    Collection("contact_wish", old_wishes, about_persons, remove_of_persons),
    Collection("reception", old_cards, about_persons, remove_of_persons),
    Collection("alert", alerts_to_hide, about_persons, hide_alerts),
)
