"""What paging adds below it: verbs, texts, and what a key pressed on the phone means."""

from pathlib import Path

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import clock, panels, readiness
from nabij.notify import answers as phone_answers
from nabij.notify import templates
from nabij.paging.actions import answer_by_phone
from nabij.paging.queries import open_page_count, seconds_overdue

trail.register(
    {
        "page.started": "Oproep gestart",
        "page.asked": "Medewerker opgeroepen",
        "page.asked_again": "Medewerker opnieuw opgeroepen",
        "page.nobody_on_seat": "Niemand in dienst op deze plek",
        "page.accepted": "Medewerker komt",
        "page.accepted_too_late": "Medewerker wilde komen, er waren er al genoeg",
        "page.declined": "Medewerker kan niet",
        "page.answered": "Oproep beantwoord",
        "page.exhausted": "Niemand gevonden voor de oproep",
        "page.stood_down": "Oproep afgeblazen",
        "page.told": "Opgeroepen medewerkers ingelicht",
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
phone_answers.register(answer_by_phone)
panels.add(
    "desk",
    panels.Panel("Oproepen voor u", "paging:mine", lambda actor, _: actor.may(Permission.BE_PAGED), order=5),
)
readiness.measure("open_pages", "pages that wait for an answer", open_page_count)
readiness.measure("page_seconds_overdue", "wait of the oldest due step", lambda: seconds_overdue(clock.now()))
