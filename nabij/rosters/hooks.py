"""What rosters adds below it: verbs, the menu, and the answer to "who sits on this chair?"."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.paging import seats
from nabij.rosters.queries.calling import ids_to_call, skills_of

trail.register(
    {
        "duty.entered": gettext_lazy("Dienst ingevoerd"),
        "duty.removed": gettext_lazy("Dienst verwijderd"),
        "profile.written": gettext_lazy("Inzetprofiel gewijzigd"),
        "duty.handed_over": gettext_lazy("Dienst overgedragen"),
        "duty.confirmed": gettext_lazy("Dienst bevestigd"),
        "days.entered": gettext_lazy("Dagen doorgegeven"),
        "days.removed": gettext_lazy("Doorgegeven dagen weggehaald"),
        "swap.asked": gettext_lazy("Ruil gevraagd"),
        "swap.taken": gettext_lazy("Dienst van een collega overgenomen"),
        "swap.done": gettext_lazy("Ruil doorgevoerd"),
        "swap.refused": gettext_lazy("Ruil niet goedgekeurd"),
        "swap.withdrawn": gettext_lazy("Ruilvraag ingetrokken"),
        "swap.undone": gettext_lazy("Ruil teruggedraaid"),
        "duty.taken_over": gettext_lazy("Lopende dienst overgenomen"),
        "roster.agreed": gettext_lazy("Afspraak over ruilen gewijzigd"),
        "demand.written": gettext_lazy("Bezetting ingesteld"),
        "demand.ended": gettext_lazy("Bezetting weggehaald"),
    }
)
navigation.add(
    navigation.Entry(
        gettext_noop("Rooster"),
        "rosters:week",
        lambda actor: actor.may(Permission.BE_PAGED) or actor.may(Permission.PLAN_ROSTER),
        order=40,
    )
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Gaten in het rooster"),
        "rosters:gaps",
        lambda actor, _: bool(actor.may(Permission.PLAN_ROSTER)),
        order=35,
    ),
)
panels.add(
    "academy_team",
    panels.Panel(
        gettext_noop("Diensten die breken op een certificaat"),
        "rosters:broken",
        lambda actor, _: bool(actor.may(Permission.PLAN_ROSTER)),
    ),
)
seats.register(ids_to_call)
seats.register_skills(skills_of)
