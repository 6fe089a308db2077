"""The report of a drill as a PDF that can be read aloud (PDF/UA-1)."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from nabij.drills.centre_report import told_of_centre
from nabij.drills.content import scenes
from nabij.drills.models import Drill
from nabij.drills.words import ANSWERS, RESULTS, people_in_words, player
from nabij.kit.notation import amsterdam_moment
from nabij.protocols.lists import in_dutch

_TEMPLATE = Path(__file__).parent / "templates" / "drills" / "report.typ"


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def as_paper(drill: Drill) -> bytes:
    """The report as PDF; its fonts are inside and nothing is fetched."""
    written: bytes = typst.compile(
        _template(), format="pdf", ignore_system_fonts=True, pdf_standards="ua-1",
        sys_inputs={"told": json.dumps(_told(drill), ensure_ascii=False)},
    )  # fmt: skip
    return written


def _told(drill: Drill) -> dict[str, Any]:
    report = drill.report
    told = told_of_centre(report) if drill.is_of_centre else _told_of_game(report)
    facts = [
        [_("Verhaal"), str(scenes()[drill.scene])],
        [_("Gemeente"), drill.municipality.name],
        [_("Begon in de oefening op"), amsterdam_moment(drill.starts_at)],
        [_("Klok aan het eind"), amsterdam_moment(drill.drill_at)],
        *told.get("facts", []),
        [_("Berichten geschreven en binnen gebleven"), str(report["kept"])],
        [_("Berichten naar buiten"), str(drill.sent)],
        *[[words, str(number)] for words, number in drill.sums_in_words],
    ]
    return {**told, "mark": _("OEFENING"), "title": _("Verslag van een oefening"), "facts": facts}


def _told_of_game(report: dict[str, Any]) -> dict[str, Any]:
    return {
        "facts": [[words, value] for words, value in people_in_words(report)],
        "step_title": _("Stappen"),
        "step_head": [_("Stap"), _("Van wie"), _("Uiterlijk"), _("Gedaan"), _("Hoe"), _("Door")],
        "steps": [_step(each) for each in report["steps"]],
        "call_title": _("Oproepen"),
        "call_head": [_("Wie"), _("Gevraagd"), _("Antwoord"), _("Minuten"), _("Norm")],
        "calls": [_call(each) for each in report["calls"]],
    }


def _step(row: dict[str, Any]) -> list[str]:
    return [
        f"{row['id']} {row['title']}", in_dutch("org", row["owner"]), _moment(row["due"]),
        _moment(row["done"]), str(RESULTS[row["result"]]), str(player(row["by"])),
    ]  # fmt: skip


def _call(row: dict[str, Any]) -> list[str]:
    minutes = "" if row["minutes"] is None else str(row["minutes"])
    answer = str(ANSWERS.get(row["answer"], row["answer"]))
    return [row["seat"], _moment(row["asked"]), answer, minutes, str(row["norm"])]


def _moment(told: str) -> str:
    return amsterdam_moment(datetime.fromisoformat(told)) if told else ""
