"""What is counted of registrations, in the transaction in which they go."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F

from nabij.kit.clock import local
from nabij.people.models import Registration, RegistrationState
from nabij.retention.models import Counted, RegistrationFigure

NOT_COUNTED = (RegistrationState.WITHDRAWN, RegistrationState.MERGED)


def count_registrations(rows: Iterable[Registration]) -> None:
    """Add these to the figures of their incident, but for what was taken back, and a form sent again."""
    counted = [each for each in rows if each.corrects_id is None and each.state not in NOT_COUNTED]
    found = Counter((row.incident_id, *answer) for row in counted for answer in _answers(row))
    for (incident_id, what, answer), number in sorted(found.items(), key=str):  # one order: no deadlock
        told: dict[str, Any] = {"incident_id": incident_id, "counted": what, "answer": answer}
        figure, _ = RegistrationFigure.objects.get_or_create(**told)
        RegistrationFigure.objects.filter(pk=figure.pk).update(number=F("number") + number)


def _answers(row: Registration) -> Iterator[tuple[Counted, str]]:
    yield Counted.TOTAL, ""
    yield Counted.DAY, local(row.received_at).date().isoformat()
    yield Counted.RELATION, row.relation
    yield Counted.MUNICIPALITY, row.municipality_code
    for need in set(row.needs):
        yield Counted.NEED, need
