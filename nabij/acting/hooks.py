"""What acting adds below it: verbs, the invitation, who needs a key, and its place on pages."""

from pathlib import Path

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.acting.models import Mandate
from nabij.acting.policies import decides_with_guardian
from nabij.acting.queries import acts_for_guarded
from nabij.audit import trail
from nabij.cases import presence
from nabij.cases.policies import can_help
from nabij.cases.presence import has
from nabij.kit import objections, panels
from nabij.notify import templates
from nabij.people import locks

trail.register(
    {
        "mandate.given": gettext_lazy("Iemand gevraagd om mee te kijken"),
        "mandate.accepted": gettext_lazy("Iemand kijkt mee"),
        "mandate.ended": gettext_lazy("Iemand kijkt niet meer mee"),
        "mandate.file_taken": gettext_lazy("Wie meekijkt nam de gegevens mee"),
        "mandate.decided": gettext_lazy("Teamleider liet iemand toe die meekijkt"),
    }
)
templates.register(Path(__file__).parent / "data" / "messages.toml")
locks.require(acts_for_guarded)
objections.add("own_consent", decides_with_guardian)
presence.ask("mandates", lambda: Mandate.objects.filter(person_id=OuterRef("person_id"), ended_at=None))
panels.add(
    "own", panels.Panel(gettext_noop("Voor wie kijkt u?"), "acting:who", lambda actor, _: True, order=5)
)
panels.add(
    "own_help", panels.Panel(gettext_noop("Wie kijkt mee"), "acting:door", lambda actor, _: True, order=50)
)
panels.add(
    "case_aside",
    panels.Panel(
        gettext_noop("Wie kijkt mee"), "acting:panel", lambda actor, case: has(case, "mandates"), order=55
    ),
)
panels.add_door(
    "case",
    panels.Door(
        gettext_noop("Iemand laten meekijken"),
        "acting:give",
        lambda actor, case, at: not has(case, "mandates") and can_help(actor, case, at),
        order=40,
    ),
)
