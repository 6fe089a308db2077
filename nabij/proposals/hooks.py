"""What proposals add below them: verbs, texts, a panel beside the month, and the search when asked."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import panels
from nabij.notify import templates

trail.register(
    {
        "proposal.asked": gettext_lazy("Rooster laten maken"),
        "proposal.published": gettext_lazy("Gemaakt rooster in het rooster gezet"),
    }
)
trail.listen("proposal.asked", "nabij.proposals.tasks.make_roster")
templates.register(Path(__file__).parent / "data" / "templates.toml")
panels.add(
    "roster_month",
    panels.Panel(
        gettext_noop("Rooster laten maken"),
        "proposals:recent",
        lambda actor, _: bool(actor.may(Permission.PLAN_ROSTER)),
    ),
)
