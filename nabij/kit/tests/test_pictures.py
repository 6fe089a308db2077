from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from nabij.kit import notation, pictures

START = datetime(2027, 1, 10, 2, 10, tzinfo=UTC)
DUE = START + timedelta(hours=2)


@pytest.fixture(autouse=True)
def dutch():
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("minutes_later", "done_after", "state", "value"),
    [
        (10, None, "running", "1 u 50"),
        (119, None, "soon", "1 min"),
        (120, None, "soon", "0 s"),
        (132, None, "late", "12 min"),
        (300, 38, "done", "38 min"),
        (300, 150, "done-late", "30 min"),
    ],
)
def test_a_clock_says_how_much_time_is_left_or_how_much_too_late(minutes_later, done_after, state, value):
    now = START + timedelta(minutes=minutes_later)
    done_at = START + timedelta(minutes=done_after) if done_after else None
    drawn = pictures.clock_ring("Ter plaatse", START, DUE, now, done_at)
    assert f"clock clock--{state}" in drawn
    assert f">{value}</text>" in drawn
    assert "uiterlijk 05:10" in drawn


def test_a_clock_that_is_due_on_another_day_says_which_day():
    drawn = pictures.clock_ring("Ter plaatse", START, DUE, DUE + timedelta(days=2))
    assert "uiterlijk zondag 10 januari 05:10" in drawn


def test_a_clock_has_a_text_alternative_and_moments_for_the_browser():
    figure = ElementTree.fromstring(pictures.clock_ring("IAC", START, DUE, START + timedelta(minutes=48)))
    svg = figure.find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.findtext("title") == "IAC: nog 1 uur en 12 minuten"
    assert figure.get("data-due") == "2027-01-10T04:10:00+00:00"
    assert figure.get("data-clock") == "ticking"


def test_a_clock_that_starts_when_it_is_due_does_not_divide_by_nothing():
    assert "clock--soon" in pictures.clock_ring("Nu", START, START, START)


def test_no_picture_carries_inline_style_script_or_what_somebody_typed_as_markup():
    evil = '<script>alert("x")</script>'
    rows = [(evil, 3), ("b", 0)]
    drawn = [
        pictures.clock_ring(evil, START, DUE, START),
        pictures.ring(evil, 1, 2),
        pictures.bar_chart(rows, evil),
        pictures.line(rows, evil),
    ]
    for each in drawn:
        assert "style=" not in each
        assert "<script" not in each
        ElementTree.fromstring(each)


@pytest.mark.parametrize("draw", [pictures.bar_chart, pictures.line])
def test_a_chart_has_its_numbers_in_words_and_in_a_table(draw):
    figure = ElementTree.fromstring(draw([("Explosies", 713349), ("Branden", 98211)], "Meldingen"))
    assert "713.349" in (figure.findtext("svg/desc") or "")
    assert [cell.text for cell in figure.iter("td")] == ["713.349", "98.211"]


@pytest.mark.parametrize("rows", [[], [("a", 0)], [("a", -4), ("b", 2)]])
def test_charts_of_nothing_zero_and_below_zero_are_still_charts(rows):
    for draw in (pictures.bar_chart, pictures.line):
        ElementTree.fromstring(draw(rows, "t"))
        assert 'width="-' not in draw(rows, "t")


def test_a_ring_of_nothing_is_empty_and_more_than_all_is_full():
    assert 'stroke-dasharray="0.0 100"' in pictures.ring("Onderweg", 0, 0)
    assert 'stroke-dasharray="100.0 100"' in pictures.ring("Onderweg", 14, 12)


@pytest.mark.parametrize(
    ("value", "text"),
    [(713349, "713.349"), (13.54, "13,54"), (Decimal("1234.5"), "1.234,5"), (-1000, "-1.000")],
)
def test_numbers_are_written_the_dutch_way(value, text):
    assert notation.dutch_number(value) == text


def test_a_share_is_written_with_a_comma():
    assert notation.dutch_percent(13.541) == "13,54%"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2027, 1, 10, 2, 31, tzinfo=UTC), "zondag 10 januari 03:31"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "zondag 31 oktober 02:30 (zomertijd)"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "zondag 31 oktober 02:30 (wintertijd)"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "zondag 28 maart 03:00"),
    ],
)
def test_moments_are_read_from_the_clock_of_amsterdam(moment, text):
    assert notation.amsterdam_moment(moment) == text


@pytest.mark.parametrize(
    ("span", "short", "words"),
    [
        (timedelta(seconds=-5), "0 s", "minder dan een minuut"),
        (timedelta(seconds=45), "45 s", "minder dan een minuut"),
        (timedelta(minutes=1), "1 min", "1 minuut"),
        (timedelta(hours=2), "2 u 00", "2 uur"),
        (timedelta(days=3, hours=5), "3 d", "3 dagen"),
    ],
)
def test_spans_are_short_in_the_clock_and_whole_words_aloud(span, short, words):
    assert (notation.short_span(span), notation.span_in_words(span)) == (short, words)


def test_the_template_tags_draw_and_stay_silent_about_nothing():
    page = Template(
        "{% load kit %}{% clock_ring 'Aan' start due start %}{% ring 'R' 1 2 %}{% bar_chart rows 'B' %}"
        "{% line_chart rows 'L' %}{% moment start %}|{{ start|amsterdam }}|{{ start|amsterdam_time }}|"
        "{{ start|amsterdam_day }}|{{ 1000|dutch_number }}|{{ 5|percent }}|"
        "{% moment none %}{{ none|amsterdam }}{{ none|amsterdam_time }}{{ none|amsterdam_day }}"
        "{{ none|dutch_number }}{{ none|percent }}"
    ).render(Context({"start": START, "due": DUE, "rows": [("a", 1)], "none": None}))
    assert page.endswith(
        '<time datetime="2027-01-10T02:10:00+00:00">zondag 10 januari 03:10</time>'
        "|zondag 10 januari 03:10|03:10|10 januari 2027|1.000|5,00%|"
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+31612345678", "06 12345678"),
        ("0612345678", "06 12345678"),
        ("+31206241111", "020 624 1111"),
        ("+3225551212", "+32 2 555 12 12"),
        ("0900-0101", "0900-0101"),
        ("+", "+"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_written_as_people_say_it(number, said):
    shown = Template("{% load kit %}{{ number|phone_number }}").render(Context({"number": number}))
    assert shown == said
