"""Search before create: who at this event may be the same person, among those whom the actor may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.notify.addresses import kind_and_normal
from nabij.people.marks import marks_of
from nabij.people.models import BlindIndex, Registration
from nabij.people.queries import Line, lines_of, registrations_for
from nabij.people.queries.registrations import COUNTED
from nabij.people.submissions import as_given
from nabij.privacy.purposes import Purpose


@dataclass(frozen=True)
class Sought:
    """What is known of somebody who phones; each may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    reference: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.name or self.phone or self.email or self.reference)


def sought_in(text: str) -> Sought:
    """What one typed in the search box: a number, an address, a reference or a name."""
    typed = " ".join(text.split())
    found = kind_and_normal(typed)
    if found is not None:
        return Sought(**{found[0]: found[1]})
    return Sought(name=typed, reference=typed)


@dataclass(frozen=True)
class Found:
    """A registration that may be of the same person, and why."""

    registration: Registration
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """The same, opened for who looks."""

    line: Line
    reasons: tuple[str, ...]


# finds registrations at an incident among those that the actor may see, the best first, at most so many
Finder = Callable[[Sought, Incident, Actor, datetime, int], list[Found]]


def with_equal_marks(
    sought: Sought, incident: Incident, actor: Actor, at: datetime, most: int
) -> list[Found]:
    """Those with the very same phone, e-mail or reference; it finds no names."""
    addresses = {"phone": sought.phone, "email": sought.email}
    marks = [each for each in marks_of(uuid4(), incident.pk, addresses) if each.purpose == Purpose.AFTERCARE]
    equal = BlindIndex.objects.filter(digest__in=[each.digest for each in marks], purpose=Purpose.AFTERCARE)
    kinds: dict[object, set[str]] = {}
    for person_id, kind in equal.values_list("person_id", "kind"):
        kinds.setdefault(person_id, set()).add(kind)
    same = Q(person_id__in=kinds)
    if sought.reference:
        same |= Q(reference=as_given(sought.reference))
    rows = registrations_for(actor, at).filter(same, incident=incident, state__in=COUNTED)[:most]
    return [Found(row, _reasons(kinds.get(row.person_id, set()))) for row in rows]


def _reasons(kinds: set[str]) -> tuple[str, ...]:
    words = {"phone": _("zelfde telefoonnummer"), "email": _("zelfde e-mailadres")}
    return tuple(words[each] for each in sorted(kinds, reverse=True)) or (_("zelfde kenmerk"),)


_finders: list[Finder] = [with_equal_marks]


def register(finder: Finder) -> None:
    """Let this function look first (called from hooks); what it finds stands above what equal marks find."""
    _finders.insert(0, finder)


def forget(finder: Finder) -> None:
    """Stop asking this function; for stories that end."""
    _finders.remove(finder)


def candidates(sought: Sought, incident: Incident, actor: Actor, at: datetime, most: int) -> list[Candidate]:
    """Who may be the same person, each once, with why; log the reading before showing.

    Who has the very same number or address stands first: names that look alike never push them off the list.
    """
    if sought.is_empty:
        return []
    equal = [each.registration.pk for each in with_equal_marks(sought, incident, actor, at, most)]
    found: dict[object, Found] = {}
    for finder in _finders:
        for each in finder(sought, incident, actor, at, most):
            found.setdefault(each.registration.pk, each)
    best = sorted(found.values(), key=lambda each: each.registration.pk not in equal)[:most]
    rows = {
        row.pk: row for row in registrations_for(actor, at).filter(pk__in=[e.registration.pk for e in best])
    }
    lines = {line.registration.pk: line for line in lines_of(rows.values())}
    return [
        Candidate(lines[each.registration.pk], each.reasons) for each in best if each.registration.pk in lines
    ]
