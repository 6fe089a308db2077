"""Work of the desk that is late reaches its lead."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk.models import LIVE, DeskQuestion, Need, NeedState, QuestionState
from nabij.desk.queries.calling import LEAD, people_of_centre, team_of
from nabij.incidents.models import Incident
from nabij.notify.sending import Rule, send


@transaction.atomic
def tell_late(*, by: Actor, at: datetime) -> int:
    """Needs and questions past their moment are told to the lead, each once; says how many.

    An urgent need that nobody took is called for by the engine, so it is left out here.
    """
    needs = Need.objects.filter(state__in=LIVE, due_at__lt=at, late_told_at__isnull=True)
    needs = needs.exclude(Q(is_urgent=True), state=NeedState.OPEN)
    questions = DeskQuestion.objects.filter(due_at__lt=at, late_told_at__isnull=True)
    questions = questions.exclude(state=QuestionState.ANSWERED)
    counted: Counter[UUID] = Counter()
    for model, found in ((Need, needs), (DeskQuestion, questions)):
        rows = dict(found.select_for_update(skip_locked=True).values_list("pk", "incident_id"))
        model.objects.filter(pk__in=rows).update(late_told_at=at)
        counted.update(rows.values())
    for incident in Incident.objects.filter(pk__in=counted).order_by("pk"):
        _tell(incident, counted[incident.pk], by, at)
    return counted.total()


def _tell(incident: Incident, number: int, by: Actor, at: datetime) -> None:
    page = f"{settings.ENV.base_url}{reverse('desk:desk', args=[incident.pk])}?wat=te-laat"
    values = {"reference": incident.reference, "number": str(number), "link": page}
    for membership_id in people_of_centre(LEAD, team_of(incident), at):
        send(
            "desk_late", to=membership_id, rule=Rule.STAFF_DUTY, exercise=incident.is_exercise, at=at,
            about_id=incident.pk, values=values,
        )  # fmt: skip
    facts: dict[str, trail.Fact] = {"count": number}
    trail.record("need.late", by=by, at=at, subject=incident, thread_id=incident.pk, facts=facts)
