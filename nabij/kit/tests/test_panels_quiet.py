"""A quiet panel stands on a page only when there is something in it."""

import pytest
from django.utils.safestring import mark_safe

from nabij.kit.panels import Panel, ShownPanel


@pytest.mark.parametrize(
    ("body", "is_quiet", "expected"),
    [
        ('<p class="soft">Er wacht niets.</p>', True, False),
        ('<p class="soft">Er wacht niets.</p>', False, True),
        ('<ul><li><a href="/werk/">Een stap</a></li></ul>', True, True),
        ('<form><button type="submit">Ja</button></form>', True, True),
    ],
)
def test_what_has_nothing_to_open_or_press_is_left_out_when_it_is_quiet(body, is_quiet, expected):
    panel = Panel("Titel", "kit:none", lambda actor, _: True, is_quiet=is_quiet)
    shown = ShownPanel(panel, "/werk/", mark_safe(body))
    assert shown.has_something is expected
