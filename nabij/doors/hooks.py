"""What going from door to door adds below it: verbs, texts, a clock, panels, and what is removed."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.aftercare import proofs
from nabij.audit import trail
from nabij.doors.keeping import about_rounds, old_rounds, remove_rounds
from nabij.doors.policies import shows_counts
from nabij.doors.queries import clocks_of_first_door
from nabij.incidents import clocks
from nabij.kit import panels
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "doors.planned": gettext_lazy("Deurronde gemaakt"),
        "doors.paired": gettext_lazy("Koppel gemaakt voor een deurronde"),
        "doors.unpaired": gettext_lazy("Koppel loopt toch niet mee"),
        "doors.briefed": gettext_lazy("Koppel kreeg de briefing"),
        "doors.chosen": gettext_lazy("Gekozen tussen twee telefoons"),
        "doors.wish": gettext_lazy("Iemand aan de deur wil contact"),
        "doors.unreadable": gettext_lazy("Een kaart van de deur is niet te lezen"),
        "doors.closed": gettext_lazy("Deurronde gesloten"),
        "doors.listed": gettext_lazy("Deurlijst compleet"),
        "doors.asked": gettext_lazy("Gemeente vraagt mensen voor de wijk"),
        "doors.promised": gettext_lazy("Mensen toegezegd voor de wijk"),
        "doors.unasked": gettext_lazy("Vraag om mensen ingetrokken"),
    }
)
trail.listen("doors.wish", "nabij.doors.tasks.open_wish")
proofs.offer("door_list", gettext_lazy("Deurronde"), "doors:plan")
templates.register(Path(__file__).parent / "data" / "templates.toml")
clocks.register(clocks_of_first_door)
removal.collect(removal.Collection("door_round", old_rounds, about_rounds, remove_rounds))
panels.add("incident", panels.Panel(gettext_noop("De wijk in"), "doors:counts", shows_counts, order=25))
panels.add(
    "case", panels.Panel(gettext_noop("Deurronde"), "doors:past", lambda *_: True, order=15, is_quiet=True)
)
for title, url_name, permission, order in (
    (gettext_noop("Een gemeente vraagt mensen"), "doors:asks", Permission.OFFER_STAFF, 24),
    (gettext_noop("Mijn deurronde"), "doors:mine", Permission.WALK_DOORS, 12),
):
    panels.add(
        "desk",
        panels.Panel(
            title,
            url_name,
            lambda actor, _, may=permission: bool(actor.may(may)),  # type: ignore[misc]
            order=order,
            is_quiet=True,
        ),
    )
