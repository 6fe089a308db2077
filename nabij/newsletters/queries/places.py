"""Where a centre is now, and what was decided about it before."""

from dataclasses import dataclass
from functools import partial

from nabij.centres.blocks import Block
from nabij.centres.models import AdviceCentre, Language
from nabij.keys.sealing import Opener
from nabij.newsletters.content import place_words
from nabij.newsletters.models import CentrePlace
from nabij.publish.pages import once
from nabij.wording.markup import RIGHT_TO_LEFT


def place_of(centre: AdviceCentre) -> CentrePlace | None:
    """The decision that counts now; None while nobody decided: then the centre is online."""
    return CentrePlace.objects.filter(centre=centre).order_by("-number").first()


@dataclass(frozen=True)
class PlaceLine:
    """A decision about the place, with its reason opened."""

    place: CentrePlace
    reason: str


def place_lines(centre: AdviceCentre) -> list[PlaceLine]:
    """All decisions about where a centre is, the newest first."""
    rows = list(
        CentrePlace.objects.filter(centre=centre).select_related("decided_by__user").order_by("-number")
    )
    opener = Opener(row.pk for row in rows)
    return [PlaceLine(row, opener.open(row.pk, row.reason_sealed)) for row in rows]


def place_facts(place: CentrePlace, language: str) -> list[str]:
    """Where, when and how one gets there, a line each, in this language; what was typed stays as typed."""
    told = place_words(language)
    lines = [
        _apart(f"{place.name}, {place.address}", language),
        f"{told['open']}: {_hours(place, told, language)}",
    ]
    if place.route:
        lines.append(f"{told['route']}: {_apart(place.route, language)}")
    lines.append(told["step_free"] if place.is_step_free else told["not_step_free"])
    lines.append(f"{told['languages']}: {_languages(place, told)}")
    return lines


def _apart(text: str, language: str) -> str:
    """Dutch words and numbers keep their order in a text that runs from right to left."""
    return f"\u2066{text}\u2069" if language in RIGHT_TO_LEFT else text


def _hours(place: CentrePlace, told: dict[str, str], language: str) -> str:
    """The days as spans, and the hours."""
    days = told["days"].split()
    spans: list[list[int]] = []
    for day in sorted(place.weekdays):
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    said = [days[each[0] - 1] + (f"–{days[each[-1] - 1]}" if each[1:] else "") for each in spans]
    hours = f"{place.opens:%H:%M}–{place.closes:%H:%M}" if place.opens and place.closes else ""
    return f"{', '.join(said)} {_apart(hours, language)}"


def _languages(place: CentrePlace, told: dict[str, str]) -> str:
    names = dict(zip(Language.values, told["names"].split(), strict=True))
    return ", ".join(names[code] for code in Language.values if code in place.languages)


def place_on_page(centre: AdviceCentre) -> CentrePlace | None:
    """The decision that counts now, asked once for all pages of the centre in a release."""
    return once(("place", centre.pk), partial(place_of, centre))


def place_block(centre: AdviceCentre, language: str) -> list[Block]:
    """Where one can go, for the page, until the centre is archived; nothing while it is only online."""
    place = place_on_page(centre)
    if place is None or not place.has_place or centre.archived_at is not None:
        return []
    return [Block("now", place_words(language)["title"], "\n".join(place_facts(place, language)))]
