"""What a merge of two registrations touches, and how the desk looks among doubles."""

from datetime import datetime

from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry
from nabij.desk.queries.searching import Found, Sought
from nabij.incidents.models import Incident
from nabij.matching.models import Merge
from nabij.matching.queries import candidates
from nabij.matching.sought import Sought as Double
from nabij.people.models import Registration


def touched_by_merge(entry_id: int) -> list[Registration]:
    """The one folded away (or standing by itself again), and the one that stays."""
    told = TrailEntry.objects.filter(pk=entry_id).values("subject_id")
    merge = Merge.objects.select_related("kept__incident", "folded__incident").filter(pk__in=told).first()
    if merge is None:
        return []
    return [each for each in (merge.folded, merge.kept) if each is not None]


def alike(sought: Sought, incident: Incident, actor: Actor, at: datetime, most: int) -> list[Found]:
    """Registrations that may be of the same person, also when the name is written otherwise."""
    double = Double(name=sought.name, phone=sought.phone, email=sought.email)
    found = candidates(double, incident, actor, at, most)
    return [Found(each.registration, tuple(each.reasons)) for each in found]
