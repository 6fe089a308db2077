"""What paging adds below it: verbs, texts, and what a key pressed on the phone means."""

from pathlib import Path

from django.utils.translation import gettext_lazy

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import clock, panels, readiness
from nabij.notify import answers as phone_answers
from nabij.notify import templates
from nabij.paging.actions import answer_by_phone
from nabij.paging.queries import open_page_count, seconds_overdue, state_of_paging, stuck_pages

trail.register(
    {
        "page.started": gettext_lazy("Oproep gestart"),
        "page.asked": gettext_lazy("Medewerker opgeroepen"),
        "page.asked_again": gettext_lazy("Medewerker opnieuw opgeroepen"),
        "page.nobody_on_seat": gettext_lazy("Niemand in dienst op deze plek"),
        "page.accepted": gettext_lazy("Medewerker komt"),
        "page.accepted_too_late": gettext_lazy("Medewerker wilde komen, er waren er al genoeg"),
        "page.declined": gettext_lazy("Medewerker kan niet"),
        "page.standby": gettext_lazy("Medewerker wil komen en is reserve"),
        "page.need_dropped": gettext_lazy("Gevraagde vaardigheid vervalt"),
        "page.was_stuck": gettext_lazy("Oproep stond stil en is weer gestart"),
        "page.hurried": gettext_lazy("Coördinator wacht niet: volgende groep opgeroepen"),
        "page.answered": gettext_lazy("Oproep beantwoord"),
        "page.exhausted": gettext_lazy("Niemand gevonden voor de oproep"),
        "page.stood_down": gettext_lazy("Oproep afgeblazen"),
        "ladder.written": gettext_lazy("Oproepschema van het team gewijzigd"),
        "ladder.given_up": gettext_lazy("Landelijk oproepschema geldt weer"),
        "page.told": gettext_lazy("Opgeroepen medewerkers ingelicht"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
phone_answers.register(answer_by_phone)
panels.add(
    "desk",
    panels.Panel("Oproepen voor u", "paging:mine", lambda actor, _: actor.may(Permission.BE_PAGED), order=5),
)
readiness.require("paging", lambda: state_of_paging(clock.now()))
readiness.measure("stuck_pages", "open pages without a next moment", lambda: stuck_pages().count())
readiness.measure("open_pages", "pages that wait for an answer", open_page_count)
readiness.measure("page_seconds_overdue", "wait of the oldest due step", lambda: seconds_overdue(clock.now()))
