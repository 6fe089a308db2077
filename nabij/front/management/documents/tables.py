"""Markdown tables, and the line that says a page is generated."""

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written from the code by `make docs`. Changes by hand are lost. -->\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(each) for each in line) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def page(title: str, *parts: str) -> str:
    """A generated page: its title, the notice, and its parts with a blank line between them."""
    return f"# {title}\n\n{NOTICE}" + "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
