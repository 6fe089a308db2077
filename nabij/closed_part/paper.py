"""Codes on paper, to be cut into slips: one code on each, and how to use it."""

import json
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

_TEMPLATE = Path(__file__).parent / "templates" / "closed_part" / "codes.typ"


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def codes_on_paper(codes: list[str]) -> bytes:
    """The codes as PDF; its fonts are inside and nothing is fetched."""
    told = {
        "title": _("Codes"),
        "how": _("Meld u aan op de pagina van het informatiecentrum. Log in met een code op uw telefoon."
                 " Vul daarna deze code in. Geef de code aan niemand anders."),
        "codes": codes,
    }  # fmt: skip
    written: bytes = typst.compile(
        _template(), format="pdf", ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )  # fmt: skip
    return written
