"""A template on paper (PDF/UA-1): every word comes in as data; a sign that no font draws becomes a box."""

import json
import re
from collections.abc import Mapping
from typing import Any

import typst

_BOX = "□"
_REFUSED = re.compile(r'text (?:contains the disallowed codepoint )?`"(.+?)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def printed(template: bytes, told: Mapping[str, Any]) -> bytes:
    """The template filled with what is told; raises TypstError when something else than a sign is wrong."""
    text = json.dumps(told, ensure_ascii=False)
    try:
        return _compiled(template, text)
    except typst.TypstError as error:
        found = (each for each in _REFUSED.findall(error.diagnostic))
        refused = {_ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), each) for each in found}
        if not refused:
            raise
        return _compiled(template, re.sub("|".join(map(re.escape, sorted(refused))), _BOX, text))


def _compiled(template: bytes, text: str) -> bytes:
    made: bytes = typst.compile(
        template, format="pdf", ignore_system_fonts=True, pdf_standards="ua-1", sys_inputs={"told": text}
    )
    return made
