"""The generated part of docs/house.md: the storeys as the import contract knows them."""

import importlib
import inspect
import tomllib
from pathlib import Path

from django.conf import settings

from nabij.front.management.documents.tables import table

BEGIN = "<!-- begin: written from the code by `make docs` -->"
END = "<!-- end -->"
SENTENCES = {
    "urls": "The doorbell board: which app answers at which address.",
    "wsgi": "The door of the web server.",
}


def house() -> str:
    """docs/house.md with its table of storeys brought up to date; the rest is written by hand."""
    text = (Path(settings.BASE_DIR) / "docs" / "house.md").read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n\n{_storeys()}\n{END}{after}"


def _storeys() -> str:
    pyproject = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(each["layers"] for each in contracts if each["name"].startswith("storeys"))
    names = [[name.strip(" ()") for name in layer.replace(":", "|").split("|")] for layer in layers]
    rows = []
    for number, storey in zip(range(len(names), 0, -1), names, strict=True):
        rows += [[number, f"`{name}`", _sentence(name)] for name in storey]
    return table(["Storey", "App", "What it is"], rows)


def _sentence(name: str) -> str:
    """What an app says of itself; an app that holds nothing yet is only a name."""
    if name in SENTENCES:
        return SENTENCES[name]
    if name != "settings" and f"nabij.{name}" not in settings.INSTALLED_APPS:
        return "*(not built yet)*"
    return inspect.getdoc(importlib.import_module(f"nabij.{name}")) or "*(not built yet)*"
