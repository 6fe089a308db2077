"""What the closed part adds below it: verbs, notices, panels, and what follows a changed registration."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.closed_part.models import Verification
from nabij.closed_part.policies import shows_panel, works_at_door
from nabij.closed_part.queries.doubles import objection_of_entry
from nabij.closed_part.queries.entry import entry_to_take
from nabij.closed_part.tasks import FOLLOW
from nabij.kit import panels
from nabij.matching import following
from nabij.notify import templates
from nabij.own_space import exports

trail.register(
    {
        "closed_part.codes_made": gettext_lazy("Codes voor het besloten deel gemaakt"),
        "closed_part.codes_given_out": gettext_lazy("Codes voor het besloten deel uitgegeven"),
        "closed_part.codes_stopped": gettext_lazy("Codes voor het besloten deel gestopt"),
        "closed_part.code_used": gettext_lazy("Code voor het besloten deel gebruikt"),
        "closed_part.proposed": gettext_lazy("Voorgesteld voor het besloten deel"),
        "closed_part.verified": gettext_lazy("Toegelaten tot het besloten deel"),
        "closed_part.guardian_asked": gettext_lazy("Voor het besloten deel is nu een ja van een ouder nodig"),
        "closed_part.taken_back": gettext_lazy("Begonnen beoordeling voor het besloten deel weggehaald"),
        "closed_part.refused": gettext_lazy("Niet toegelaten tot het besloten deel"),
        "closed_part.expelled": gettext_lazy("Uit het besloten deel gezet"),
        "closed_part.reconsidered": gettext_lazy("Toelating tot het besloten deel opnieuw bekeken"),
        "closed_part.rules_accepted": gettext_lazy("Regels van het besloten deel aangenomen"),
        "closed_part.left": gettext_lazy("Weggegaan uit het besloten deel"),
        "closed_part.asked_again": gettext_lazy("Opnieuw gevraagd om het besloten deel"),
    }
)
templates.register(Path(__file__).parent / "data" / "messages.toml")
for verb in ("registration.changed", "registration.withdrawn"):
    trail.listen(verb, FOLLOW)
following.stay(Verification)
following.refuse(objection_of_entry)
exports.add(
    exports.Part(
        "besloten deel",
        entry_to_take,
        gettext_lazy("Het besloten deel"),
        ("stand", "als", "manier", "op", "uitleg"),
    )
)
panels.add(
    "own",
    panels.Panel(gettext_noop("Besloten deel"), "closed_part:own_panel", lambda actor, _: True, order=5),
)
panels.add(
    "incident",
    panels.Panel(gettext_noop("Besloten deel"), "closed_part:panel", shows_panel, order=62),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Aan de deur van het besloten deel"),
        "closed_part:work",
        lambda actor, _: works_at_door(actor),
        order=9,
    ),
)
