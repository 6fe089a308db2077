"""Content files: facts and texts as versioned data, each with where it comes from and when it was checked."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language


class ContentError(ValueError):
    """A content file lacks something; the message names the file and the field."""


@cache
def load_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; raises ContentError when `checked_on` or `source` is missing."""
    with path.open("rb") as file:
        content = tomllib.load(file)
    if not isinstance(content.get("checked_on"), date):
        raise ContentError(f"{path.name}: `checked_on` must be a date")
    if not isinstance(content.get("source"), str):
        raise ContentError(f"{path.name}: `source` must say where the facts come from")
    return content


def in_language(names: dict[str, str]) -> str:
    """The text in the language of who reads it now; Dutch when it is not written in that one."""
    return names.get((get_language() or "nl")[:2], names["nl"])
