import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static" / "kit" / "tokens.css").read_text()
COLOUR = re.compile(r"--nabij-color-([\w-]+):\s*(#[0-9a-f]{6})")
ON_PAPERS = ["ink", "ink-soft", "primary", "primary-strong", "danger", "danger-strong", "done", "accent-ink"]
PAIRS = [
    *[(ink, paper) for ink in ON_PAPERS for paper in ("paper", "surface", "sunken")],
    *[("ink", f"{name}-tint") for name in ("primary", "accent", "danger", "done")],
    ("primary", "primary-tint"),
    ("primary-strong", "primary-tint"),
    ("danger", "danger-tint"),
    ("danger-strong", "danger-tint"),
    ("done", "done-tint"),
    ("accent-ink", "accent-tint"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-alarm", "alarm"),
    ("on-light", "on-house"),
    ("on-light", "accent"),
    *[(ink, paper) for ink in ("on-house", "on-house-soft") for paper in ("house", "house-strong")],
    ("accent", "house"),
]


def _block(start):
    return dict(COLOUR.findall(TOKENS[TOKENS.index(start) :].split("}", 1)[0]))


LIGHT = _block(":root {")
DARK = {**LIGHT, **_block('[data-theme="dark"] {')}


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_stands_out_from_what_it_is_printed_on(theme, ink, paper):
    assert _contrast(theme[ink], theme[paper]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("edge", "paper"),
    [("control", "surface"), ("control", "paper"), ("focus", "paper"), ("focus", "surface")],
)
def test_edges_of_fields_and_the_focus_can_be_seen(theme, edge, paper):
    assert _contrast(theme[edge], theme[paper]) >= 3


def test_dark_by_wish_of_the_device_and_dark_by_choice_are_the_same():
    by_device = _block(':root:not([data-theme="light"]) {')
    assert by_device == _block('[data-theme="dark"] {')


def test_only_tokens_give_colours():
    for sheet in ("nabij.css", "parts.css", "forms.css", "pictures.css"):
        screen = (
            (Path(__file__).parent.parent / "static" / "kit" / sheet).read_text().split("@media print")[0]
        )
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", screen), sheet
