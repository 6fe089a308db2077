"""The Dutch that residents read: texts of the content files, and the running text of public pages."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from nabij.kit.catalogue import messages_of_source
from nabij.kit.language import EASY, LONG, Reading, read, sentences, words_to_avoid
from tests.house.tree import HOUSE, show

# Read by staff and by developers, or not a text at all.
NOT_FOR_RESIDENTS = {
    "demo/data/world.toml",
    "kit/data/words_to_avoid.toml",
    "privacy/data/retention.toml",
}
FEW = 3  # sentences: fewer say too little about how a text reads
DUTCH = re.compile(r"nl|nl_\w+|\w+_nl")
VALUE = re.compile(r"{[\w.]+}|%\(\w+\)[sd]|%[sd]")
BLOCKS = {"button", "dd", "div", "dt", "h1", "h2", "h3", "label", "legend", "li", "p", "td", "th"}
SILENT = {"script", "style", "svg", "template"}


@dataclass(frozen=True)
class Text:
    """A Dutch text and where it stands."""

    place: str
    body: str


def _dutch(node: Any, inside: bool = False) -> Iterator[str]:
    if isinstance(node, str):
        if inside:
            yield VALUE.sub("dit", node)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _dutch(value, inside or bool(DUTCH.fullmatch(key)))
    elif isinstance(node, list):
        for value in node:
            yield from _dutch(value, inside)


def _sections(node: Any, place: str) -> Iterator[Text]:
    """Each smallest table that holds Dutch is one text: a section, a message, a step."""
    if isinstance(node, list):
        for number, value in enumerate(node, start=1):
            yield from _sections(value, f"{place}[{number}]")
    if not isinstance(node, dict):
        return
    own = {key: value for key, value in node.items() if DUTCH.fullmatch(key)}
    if body := "\n".join(_dutch(own)):
        yield Text(place, body)
    for key, value in node.items():
        if key not in own:
            yield from _sections(value, f"{place} {key}")


def texts_of_content() -> dict[str, list[Text]]:
    """Per content file the Dutch texts in it."""
    found = {}
    for path in sorted(HOUSE.rglob("*.toml")):
        if path.relative_to(HOUSE).as_posix() not in NOT_FOR_RESIDENTS:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            found[show(path)] = list(_sections(content, show(path)))
    return found


def texts_of_interface() -> dict[str, Text]:
    """Per app the Dutch sentences of its templates and of its code together."""
    found: dict[str, list[str]] = {}
    for message, places in messages_of_source().items():
        for app in {place.split("/")[1] for place in places}:
            found.setdefault(app, []).append(VALUE.sub("dit", message.text))
    return {app: Text(app, "\n".join(bodies)) for app, bodies in sorted(found.items())}


class _Running(HTMLParser):
    """The running text inside <main>, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "main"
        self.silent += tag in SILENT
        if tag in BLOCKS or tag == "br":
            self.lines.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.silent -= tag in SILENT
        if tag in BLOCKS:
            self.lines.append("\n")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.silent:
            self.lines.append(re.sub(r"\s+", " ", data))


def running_text(html: str) -> str:
    """What a reader reads in a page: the text of <main>, a line for each paragraph, item and title."""
    parser = _Running()
    parser.feed(html)
    return "".join(parser.lines)


def _verdict(place: str, found: Reading) -> str:
    return (
        f"{place}: Flesch-Douma {found.score:.0f} (at least {EASY}), "
        f"{found.words_per_sentence:.1f} words a sentence (at most {LONG})"
    )


def hard_texts(file: str, texts: Iterable[Text]) -> list[str]:
    """The texts that are too hard; those of a few sentences are judged together."""
    hard, short = [], []
    for text in texts:
        found = sentences(text.body)
        if len(found) < FEW:
            short += found
        elif not read(found).is_easy:
            hard.append(_verdict(text.place, read(found)))
    if short and not read(short).is_easy:
        hard.append(_verdict(f"{file} (short texts together)", read(short)))
    return hard


def painful_texts(texts: Iterable[Text]) -> list[str]:
    """The texts with a word that hurts, accuses or labels."""
    return [f"{text.place}: {word}" for text in texts for word in words_to_avoid(text.body)]
