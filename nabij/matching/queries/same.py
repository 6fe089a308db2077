"""Who is known to be one person: by one form that was sent again, and by what a registrar merged."""

from django.db.models import Q

from nabij.matching.models import Merge
from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


def of_one_form(registration: Registration) -> list[Registration]:
    """The other registrations of this form, whatever became of them, the first one first."""
    root = registration.corrects_id or registration.pk
    found = Registration.objects.filter(Q(pk=root) | Q(corrects_id=root)).exclude(pk=registration.pk)
    return list(found.order_by("received_at", "pk"))


def merged_with(registration: Registration) -> list[Registration]:
    """Whoever this one and the others of its form are merged with, above and below."""
    family = {registration.pk, *(each.pk for each in of_one_form(registration))}
    known = set(family)
    while True:
        rows = Merge.objects.filter(Q(kept__in=known) | Q(folded__in=known), undone_at__isnull=True)
        more = {pk for pair in rows.values_list("kept_id", "folded_id") for pk in pair if pk} - known
        if not more:
            break
        known |= more
    return list(Registration.objects.filter(pk__in=known - family).order_by("received_at", "pk"))


def stands_for(registration: Registration) -> Registration | None:
    """Who stands for a form that was sent again: its first registration, or the one merged with it."""
    if registration.corrects_id is None:
        return None
    near = [*of_one_form(registration), *merged_with(registration)]
    return next((each for each in near if each.state in COUNTED), None)
