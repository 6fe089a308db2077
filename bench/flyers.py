"""A flyer on paper, and a thousand letters: CPU of this process, the best of three."""

import time
from collections.abc import Callable

from bench.measuring import load
from nabij.flyers.addresses import Address
from nabij.flyers.content import templates
from nabij.flyers.paper import Senders, Sheet, as_pdf

SENDERS = Senders("Gemeente Amsterdam", "Slachtofferhulp", {})
FIELDS = {
    "street": "Kokmeeuwstraat", "date": "2027-01-10", "phone": "14 020",
    "next_message": "2027-01-12T12:00:00+01:00", "web": "",
}  # fmt: skip
LETTERS, TIMES, WARM = 1000, 3, 5


def _sheet(code: str, *languages: str, street: str = "Kokmeeuwstraat") -> Sheet:
    template = templates()[code]
    fields = {word: FIELDS[word] for word in template.fields} | {"street": street}
    return Sheet(template, {each: template.texts[each] for each in languages or template.texts}, fields, 1)


def _best(make: Callable[[int], bytes]) -> tuple[float, float, int]:
    """CPU and wall-clock milliseconds of the best round, and the bytes; each round is of another text."""
    rounds = []
    for number in range(TIMES):
        cpu, wall = time.process_time(), time.perf_counter()
        size = len(make(number))
        rounds.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, size))
    return min(rounds)


def run() -> None:
    """Print both bars: a flyer under 50 ms warm, and 1,000 addressed letters under 30 s."""
    print("| paper | CPU ms | wall ms | KB | target | load |\n|---|---|---|---|---|---|", flush=True)
    for number in range(WARM):
        as_pdf(_sheet("T-FLY-EXP", street=f"Straat {chr(65 + number)}"), SENDERS)
    for name, languages in (
        ("flyer, Dutch", ("nl",)),
        ("flyer, Arabic", ("ar",)),
        ("flyer, six languages", ()),
    ):
        _row(name, lambda turn, own=languages: as_pdf(  # type: ignore[misc]
            _sheet("T-FLY-EXP", *own, street=f"Meeuwstraat {chr(65 + turn)}"), SENDERS
        ), "< 50")  # fmt: skip
    for name, languages in (
        ("1,000 letters, Dutch", ("nl",)),
        ("1,000 letters, Dutch and Arabic", ("nl", "ar")),
    ):
        _row(name, lambda turn, own=languages: as_pdf(  # type: ignore[misc]
            _sheet("T-LET-RES", *own, street=f"Meeuwstraat {chr(65 + turn)}"), SENDERS, _addresses(turn)
        ), "< 30 000")  # fmt: skip


def _row(name: str, make: Callable[[int], bytes], target: str) -> None:
    cpu, wall, size = _best(make)
    print(f"| {name} | {cpu:.1f} | {wall:.1f} | {size / 1024:.0f} | {target} | {load()} |", flush=True)


def _addresses(turn: int) -> list[Address]:
    return [
        Address(f"Meeuwstraat {chr(65 + turn)}", str(number), "", "1022AB", "Amsterdam")
        for number in range(1, LETTERS + 1)
    ]
