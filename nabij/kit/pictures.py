"""Pictures as inline SVG with a text alternative; no style attributes, so they live under a strict CSP."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nabij.kit.clock import local
from nabij.kit.notation import (
    Number,
    amsterdam_moment,
    amsterdam_time,
    dutch_number,
    short_span,
    span_in_words,
)

Row = tuple[str, Number]
SOON = 0.25  # the last quarter of the time
BAR_ROW, BAR_HEIGHT, LINE_HEIGHT = 52, 16, 160

_RING = (
    '<svg viewBox="0 0 120 120" role="img" focusable="false"><title>{}</title>'
    '<circle class="ring__track" cx="60" cy="60" r="52"/>'
    '<circle class="ring__part" cx="60" cy="60" r="52" pathLength="100" stroke-dasharray="{} 100"/>'
    '<text class="ring__word" x="60" y="45" text-anchor="middle">{}</text>'
    '<text class="ring__value" x="60" y="69" text-anchor="middle">{}</text></svg>'
)


def _ring_svg(title: str, share: float, word: str, value: str) -> SafeString:
    return format_html(_RING, title, f"{100 * min(1.0, max(0.0, share)):.1f}", word, value)


def _clock_state(
    started_at: datetime, due_at: datetime, now: datetime, done_at: datetime | None
) -> tuple[str, float, str, timedelta]:
    """State, share of the ring, word above the value and the span shown."""
    if done_at is not None:
        if done_at > due_at:
            return "done-late", 1.0, gettext("te laat klaar"), done_at - due_at
        return "done", 1.0, gettext("klaar na"), done_at - started_at
    if now > due_at:
        return "late", 1.0, gettext("te laat"), now - due_at
    left = (due_at - now) / max(due_at - started_at, timedelta(seconds=1))
    return "soon" if left < SOON else "running", left, gettext("nog"), due_at - now


def clock_ring(
    label: str, started_at: datetime, due_at: datetime, now: datetime, done_at: datetime | None = None
) -> SafeString:
    """A clock from start to due moment: time left, time over, or how long it took; ticks with nabij.js.

    A due moment of another day says which day."""
    state, share, word, span = _clock_state(started_at, due_at, now, done_at)
    return format_html(
        '<figure class="clock clock--{}" data-clock="{}" data-start="{}" data-due="{}" data-now="{}"'
        ' data-label="{}" data-left="{}" data-late="{}" data-hour="{}">{}'
        "<figcaption>{} <small>{} {}</small></figcaption></figure>",
        state,
        "still" if done_at else "ticking",
        started_at.isoformat(),
        due_at.isoformat(),
        now.isoformat(),
        label,
        gettext("nog"),
        gettext("te laat"),
        gettext("u"),
        _ring_svg(f"{label}: {word} {span_in_words(span)}", share, word, short_span(span)),
        label,
        gettext("uiterlijk"),
        amsterdam_time(due_at) if local(due_at).date() == local(now).date() else amsterdam_moment(due_at),
    )


def ring(label: str, part: Number, whole: Number) -> SafeString:
    """A part of a whole as a ring: 7 of 12; a whole of 0 is an empty ring."""
    share = float(part) / float(whole) if whole else 0.0
    of_whole = gettext("van %(whole)s") % {"whole": dutch_number(whole)}
    return format_html(
        '<figure class="clock">{}<figcaption>{}</figcaption></figure>',
        _ring_svg(f"{label}: {dutch_number(part)} {of_whole}", share, of_whole, dutch_number(part)),
        label,
    )


def _table(title: str, rows: Sequence[Row]) -> SafeString:
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="number">{}</td></tr>',
        ((name, dutch_number(number)) for name, number in rows),
    )
    return format_html(
        '<details><summary>{}</summary><table class="table"><caption>{}</caption><thead><tr>'
        '<th scope="col">{}</th><th scope="col" class="number">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></details>",
        gettext("Toon als tabel"),
        title,
        gettext("Wat"),
        gettext("Aantal"),
        body,
    )


def bar_chart(rows: Sequence[Row], title: str = "") -> SafeString:
    """Bars from 0, each with its name and number, and the same as a table; negative counts as 0."""
    most = max((float(number) for _, number in rows), default=0.0) or 1.0
    bars = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><text class="chart__number" x="100%" y="{}" text-anchor="end">{}</text>'
        '<rect class="chart__track" x="0" y="{}" width="100%" height="{}" rx="4"/>'
        '<rect class="chart__bar" x="0" y="{}" width="{}%" height="{}" rx="4"/>',
        (
            (top + 16, name, top + 16, dutch_number(number), top + 24, BAR_HEIGHT)
            + (top + 24, f"{max(0.0, 100 * float(number) / most):.2f}", BAR_HEIGHT)
            for top, (name, number) in ((BAR_ROW * index, row) for index, row in enumerate(rows))
        ),
    )
    said = ", ".join(f"{name} {dutch_number(number)}" for name, number in rows)
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<svg width="100%" height="{}" role="img" focusable="false"><title>{}</title>'
        "<desc>{}</desc>{}</svg>{}</figure>",
        title,
        max(1, BAR_ROW * len(rows)),
        title or gettext("Staafdiagram"),
        said,
        bars,
        _table(title, rows),
    )


def line(rows: Sequence[Row], title: str = "") -> SafeString:
    """A line from the first to the last row over a base of 0, both ends named, and the same as a table."""
    most = max((float(number) for _, number in rows), default=0.0) or 1.0
    step = 1000 / max(1, len(rows) - 1)
    points = " ".join(
        f"{index * step:.1f},{LINE_HEIGHT - 4 - (LINE_HEIGHT - 12) * max(0.0, float(number)) / most:.1f}"
        for index, (_, number) in enumerate(rows)
    )
    ends = [f"{name}: {dutch_number(number)}" for name, number in (rows[:1] and (rows[0], rows[-1]))]
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<svg viewBox="0 0 1000 {}" height="{}" preserveAspectRatio="none" role="img" focusable="false">'
        '<title>{}</title><desc>{}</desc><line class="chart__base" x1="0" x2="1000" y1="{}" y2="{}"/>'
        '<polyline class="chart__line" vector-effect="non-scaling-stroke" points="{}"/></svg>'
        '<p class="chart__ends">{}</p>{}</figure>',
        title,
        LINE_HEIGHT,
        LINE_HEIGHT,
        title or gettext("Lijndiagram"),
        " – ".join(ends),
        LINE_HEIGHT - 3,
        LINE_HEIGHT - 3,
        points,
        format_html_join("", "<span>{}</span>", ((end,) for end in ends)),
        _table(title, rows),
    )
