"""Template tags of the house: clocks, charts, Dutch numbers and moments."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nabij.kit import notation, pictures

register = template.Library()

register.simple_tag(pictures.clock_ring, name="clock_ring")
register.simple_tag(pictures.ring, name="ring")


@register.simple_tag
def bar_chart(rows: Sequence[pictures.Row], title: str = "") -> SafeString:
    """Bars with a table behind them."""
    return pictures.bar_chart(rows, title)


@register.simple_tag
def line_chart(rows: Sequence[pictures.Row], title: str = "") -> SafeString:
    """A line with a table behind it."""
    return pictures.line(rows, title)


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """A moment a person reads and a machine understands; nothing for no moment."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), notation.amsterdam_moment(value))


@register.filter
def amsterdam(value: datetime | None) -> str:
    """'zondag 10 januari 03:31', nothing for no moment."""
    return notation.amsterdam_moment(value) if value else ""


@register.filter
def short_span(value: timedelta | None) -> str:
    """'41 min' or '1 u 12'; nothing for no span."""
    return "" if value is None else notation.short_span(value)


@register.filter
def amsterdam_time(value: datetime | None) -> str:
    """'03:31', nothing for no moment."""
    return notation.amsterdam_time(value) if value else ""


@register.filter
def amsterdam_day(value: datetime | None) -> str:
    """'10 januari 2027', nothing for no moment."""
    return notation.amsterdam_day(value) if value else ""


@register.filter
def dutch_number(value: notation.Number | None) -> str:
    """713.349 or 13,54; nothing for no number."""
    return "" if value is None else notation.dutch_number(value)


@register.filter
def percent(value: notation.Number | None) -> str:
    """13,54%; nothing for no number."""
    return "" if value is None else notation.dutch_percent(value)


@register.filter
def phone_number(value: str | None) -> str:
    """'06 12345678', as people say it; nothing for no number."""
    return notation.phone_number(value) if value else ""
