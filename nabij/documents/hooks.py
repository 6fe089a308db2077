"""What documents add below them: verbs, a panel of a case, and a card in the own space."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.cases import presence
from nabij.cases.presence import has
from nabij.documents.models import Document
from nabij.documents.policies import can_add
from nabij.kit import panels

trail.register(
    {
        "document.added": gettext_lazy("Stuk toegevoegd"),
        "document.sent": gettext_lazy("Persoon stuurde een stuk"),
        "document.seen": gettext_lazy("Stuk van de persoon gezien"),
        "document.removed": gettext_lazy("Stuk verwijderd"),
    }
)
presence.ask("documents", lambda: Document.objects.filter(case=OuterRef("pk"), removed_at=None))
panels.add(
    "case",
    panels.Panel(
        gettext_noop("Stukken"), "documents:panel", lambda actor, case: has(case, "documents"), order=45
    ),
)
panels.add_door(
    "case",
    panels.Door(
        gettext_noop("Stuk toevoegen"),
        "documents:add",
        lambda actor, case, at: not has(case, "documents") and can_add(actor, case, at),
        order=20,
    ),
)
panels.add(
    "own_help", panels.Panel(gettext_noop("Stukken"), "documents:door", lambda actor, _: True, order=20)
)
