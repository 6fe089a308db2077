"""The small markup of a text: headings, items, boxes, lines to fill in and tables, one to a line."""

import re
from typing import Any

Block = dict[str, Any]
_TABLE = re.compile(r"\|(\d{1,2})\|(.+)\|")
_LINE = re.compile(r"(.*?)\s*___")


def blocks(body: str) -> list[Block]:
    """The body in parts: each line is one, and items that follow each other are one list."""
    found: list[Block] = []
    for line in (each.strip() for each in body.splitlines()):
        if not line:
            continue
        block = _block(line)
        if block["kind"] in ("items", "boxes") and found and found[-1]["kind"] == block["kind"]:
            found[-1]["items"] += block["items"]
        else:
            found.append(block)
    return found


def _block(line: str) -> Block:
    if line.startswith("# "):
        return {"kind": "heading", "text": line[2:].strip()}
    if line.startswith("- "):
        return {"kind": "items", "items": [line[2:].strip()]}
    if line.startswith("[] "):
        return {"kind": "boxes", "items": [line[3:].strip()]}
    if table := _TABLE.fullmatch(line):
        columns = [each.strip() for each in table[2].split("|")]
        return {"kind": "table", "rows": int(table[1]), "columns": columns}
    if blank := _LINE.fullmatch(line):
        return {"kind": "line", "text": blank[1]}
    return {"kind": "text", "text": line}
