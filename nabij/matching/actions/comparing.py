"""New registrations are compared with the others; a pair is only ever proposed, never merged."""

from datetime import datetime

from django.db import transaction

from nabij.audit.actor import Actor
from nabij.matching.content import terms
from nabij.matching.models import Comparison, PossibleDouble
from nabij.matching.opening import opened
from nabij.matching.queries.finding import sharing_keys
from nabij.matching.queries.same import stands_for
from nabij.matching.scoring import SAME_FORM, Likeness, Reason, likeness
from nabij.matching.sought import Sought
from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


def compare_all(*, by: Actor, at: datetime) -> int:
    """Compare whoever was not compared yet, in batches; killed in the middle the rest is done later."""
    total, limits = 0, terms()
    for _ in range(limits.most_batches):
        done = _compare_batch(limits.batch, by=by, at=at)
        total += done
        if done < limits.batch:
            break
    return total


@transaction.atomic
def _compare_batch(most: int, *, by: Actor, at: datetime) -> int:
    waiting = Comparison.objects.filter(compared_at__isnull=True).order_by("keyed_at", "pk")
    rows = list(waiting.select_for_update(skip_locked=True)[:most])
    registrations = Registration.objects.filter(
        pk__in=[row.pk for row in rows], state__in=COUNTED, incident__isnull=False
    )
    known = opened(registrations, shows_all=True)
    pairs: list[PossibleDouble] = []
    for each in registrations:
        pairs += _pairs_of(each, known[each.pk], at)
    pairs.sort(key=lambda pair: -pair.score)  # of one pair, found from both sides, the surest reason stays
    PossibleDouble.objects.bulk_create(pairs, ignore_conflicts=True)
    Comparison.objects.filter(pk__in=[row.pk for row in rows]).update(compared_at=at)
    return len(rows)


def _pairs_of(one: Registration, sought: Sought, at: datetime) -> list[PossibleDouble]:
    """The most alike others at the same incident, from a score on; what was said of a pair before stays."""
    found = sharing_keys(sought, one.asked_for)
    others = Registration.objects.filter(pk__in=found, incident_id=one.asked_for, state__in=COUNTED)
    weighed = opened(others.exclude(pk=one.pk), shows_all=True).items()
    weights = {pk: likeness(sought, other) for pk, other in weighed}
    if (first := stands_for(one)) is not None:
        weights[first.pk] = Likeness(SAME_FORM, (Reason.FORM,))
    alike = [(each, pk) for pk, each in weights.items()]
    limits = terms()
    likely = sorted((each for each in alike if each[0].score >= limits.pair_from), key=lambda e: -e[0].score)
    return [
        PossibleDouble(
            incident_id=one.asked_for,
            first_id=min(one.pk, pk),
            second_id=max(one.pk, pk),
            score=found_alike.score,
            reasons=[reason.value for reason in found_alike.reasons],
            found_at=at,
        )
        for found_alike, pk in likely[: limits.most_pairs]
    ]
