"""What the end of groups adds below it: verbs, what follows a centre and a goodbye, and panels."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.closed_part import leaving
from nabij.farewells.actions import drop_wish
from nabij.farewells.queries import wishes_to_take
from nabij.farewells.tasks import FOLLOW
from nabij.kit import panels
from nabij.own_space import exports

trail.register(
    {
        "onward.wished": gettext_lazy("Lid van een groep wil landelijk verder praten"),
        "onward.taken_back": gettext_lazy("Wens om verder te praten weg"),
    }
)
for verb in ("centre.closing_announced", "centre.phase_began", "groups.opened"):
    trail.listen(verb, FOLLOW)
leaving.follow(drop_wish)
exports.add(
    exports.Part(
        "verder praten",
        wishes_to_take,
        gettext_lazy("Verder praten met lotgenoten"),
        ("op", "versie"),
    )
)
panels.add("group", panels.Panel(gettext_noop("Daarna verder praten"), "farewells:panel", lambda *_: True))
panels.add(
    "own", panels.Panel(gettext_noop("Verder praten"), "farewells:own_panel", lambda *_: True, order=60)
)
panels.add(
    "group_space",
    panels.Panel(gettext_noop("Wie wil verder praten?"), "farewells:wishes", lambda *_: True),
)
