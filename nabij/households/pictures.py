"""The map of a family as a quiet picture: this person in the middle, the others around."""

from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

WIDTH, HEIGHT, RADIUS = 640, 300, 105
BOX_WIDTH, BOX_HEIGHT = 150, 44
LONGEST = 17  # letters that a box holds; the list beside it has the whole name
Spot = tuple[str, str, bool, bool]  # name, what they are, in the same house, approached apart


def family_map(name: str, others: Sequence[Spot]) -> SafeString:
    """A box for each person; a thick line for the same house, a broken line for approached apart."""
    middle = (WIDTH / 2, HEIGHT / 2)
    spots = [
        (middle[0] + 2.1 * RADIUS * cos(turn), middle[1] + RADIUS * sin(turn))
        for turn in (2 * pi * index / len(others) - pi / 2 for index in range(len(others)))
    ]
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke-dasharray="{}"/>',
        (
            ("chart__line" if is_home else "chart__base", int(middle[0]), int(middle[1]), int(x), int(y))
            + ("3 6" if is_apart else "none",)
            for (x, y), (_, _, is_home, is_apart) in zip(spots, others, strict=True)
        ),
    )
    boxes = format_html_join(
        "",
        '<rect class="chart__track" x="{}" y="{}" width="{}" height="{}" rx="8"/>'
        '<text class="chart__number" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                int(x) - BOX_WIDTH // 2,
                int(y) - BOX_HEIGHT // 2,
                BOX_WIDTH,
                BOX_HEIGHT,
                int(x),
                int(y) - 3,
                told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…",
            )
            + (int(x), int(y) + 15, kind)
            for (x, y), (told, kind, _, _) in zip(
                [middle, *spots], [(name, "", True, False), *others], strict=True
            )
        ),
    )
    return format_html(
        '<figure class="chart chart--map"><svg viewBox="0 0 {} {}" width="100%" role="img" focusable="false">'
        "<title>{}</title>{}{}</svg><figcaption>{}</figcaption></figure>",
        WIDTH, HEIGHT, gettext("Kaart van familie en huisgenoten; de lijst zegt hetzelfde"), lines, boxes,
        gettext("Dikke lijn: zelfde huis. Onderbroken lijn: apart benaderen."),
    )  # fmt: skip
