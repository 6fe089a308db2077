"""What two cases of one person add below them: verbs, what a merge asks, and the panel of the leader."""

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases import presence
from nabij.cases.models import Case
from nabij.double_cases.actions import note_double, undo_double
from nabij.double_cases.models import DoubleCase
from nabij.double_cases.queries import double_for, has_case, objection_of_level, preference_of_case
from nabij.double_cases.tasks import FOLLOW
from nabij.kit import panels
from nabij.matching import following

trail.register(
    {
        "double_case.found": gettext_lazy("Twee dossiers van dezelfde persoon gevonden"),
        "double_case.decided": gettext_lazy("Besloten over twee dossiers van dezelfde persoon"),
        "double_case.undone": gettext_lazy("Toch twee personen: twee dossiers apart"),
    }
)
trail.listen("contact_rule.agreed", FOLLOW)
following.let_stand(has_case)
following.refuse(objection_of_level)
following.prefer(preference_of_case)
following.carry("cases", following.Carrier(note_double, undo_double))
presence.ask(
    "double",
    lambda: DoubleCase.objects.filter(
        Q(stays_id=OuterRef("pk")) | Q(folded_id=OuterRef("pk")), undone_at__isnull=True
    ),
)


def _is_told(actor: Actor, case: Case) -> bool:
    if not presence.has(case, "double") or case.seen_by is None:
        return False
    return double_for(case, actor, case.seen_by[1]) is not None


panels.add(
    "case",
    panels.Panel(gettext_noop("Twee dossiers van dezelfde persoon"), "double_cases:panel", _is_told, order=1),
)
