"""Codes of a report as people read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from nabij.doors.models import Outcome
from nabij.paging.models import Answer

RESULTS: dict[str, StrOrPromise] = {
    "on_time": _("op tijd"),
    "late": _("te laat"),
    "skipped": _("overgeslagen"),
    "open": _("niet gedaan"),
}
ANSWERS: dict[str, StrOrPromise] = dict(Answer.choices)


def player(by: str) -> StrOrPromise:
    """Who did it in the drill: the game, the people who practised, or nobody because it stood ready."""
    return {"game": _("het spel"), "people": _("wie oefende"), "agreed": _("lag klaar")}.get(by, "")


def registered_in_words(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Who registered at a centre that was drilled, line by line; nothing when nobody did."""
    told = report.get("registered", {})
    if not told.get("registered"):
        return []
    lines = [
        (_("Aanmeldingen van verzonnen mensen"), told["registered"]),
        (_("Vandaag hulp nodig"), told["urgent"]),
        (_("Vragen opgepakt"), _("%(taken)s van %(needs)s") % told),
    ]
    return [(str(label), str(value)) for label, value in lines]


def people_in_words(report: dict[str, Any]) -> list[tuple[str, str]]:
    """What made-up people did and how it was met, line by line; nothing before there is a report of it."""
    told = report.get("people")
    if not told:
        return []
    rang, doors, forms, staff = (told[each] for each in ("callers", "doors", "registered", "staff"))
    lines: list[tuple[StrOrPromise, StrOrPromise]] = [
        (_("Bellers"), rang["rang"]),
        (_("Opgeroepen voor bellers"), rang["paged"]),
        (
            _("Antwoord binnen de norm"),
            _("%(in_time)s van %(paged)s (norm: %(norm)s minuten)") % rang,
        ),
        (_("Medewerkers: komt, kan niet, zei niets"), "{accepted}, {declined}, {open}".format(**staff)),
    ]
    if doors["doors"]:
        outcomes = [(label, doors["outcomes"][code]) for code, label in Outcome.choices if code != "open"]
        lines += [
            (_("Deuren"), doors["doors"]),
            *((_("Aan de deur: %(outcome)s") % {"outcome": label}, number) for label, number in outcomes),
        ]
        if doors["first_hours"] is not None:
            lines.append((_("Eerste deur"), _("na %(first_hours)s uur (norm: %(norm_hours)s uur)") % doors))
    if forms["had_centre"]:
        lines += [(_("Aanmeldingen"), forms["registered"]), (_("Vandaag hulp nodig"), forms["urgent"])]
    return [(str(label), str(value)) for label, value in lines]
