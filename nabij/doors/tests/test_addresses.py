import pytest

from nabij.doors.addresses import NotAnAddress, in_route, read_addresses


def lines(text):
    return [f"{each.street} {each.number}{each.addition}" for each in read_addresses(text)]


def test_a_range_takes_one_side_or_both():
    assert len(read_addresses("Kokmeeuwstraat 1-83 oneven\nKokmeeuwstraat 2-84 even")) == 84
    assert lines("Dorpsstraat 1-4") == ["Dorpsstraat 1", "Dorpsstraat 2", "Dorpsstraat 3", "Dorpsstraat 4"]
    assert lines("2e Laan 3 - 7 oneven") == ["2e Laan 3", "2e Laan 5", "2e Laan 7"]


@pytest.mark.parametrize(
    "line",
    [
        "Dorpsstraat 12a",
        "Dorpsstraat 12 A",
        "Dorpsstraat;12;a",
        '"Dorpsstraat","12","A"',
        "Dorpsstraat\t12\ta",
    ],
)
def test_an_address_is_read_however_it_was_written(line):
    assert lines(line) == ["Dorpsstraat 12A"]


def test_a_list_with_a_heading_and_empty_lines_is_read():
    assert lines("straat;nummer;toevoeging\n\nDorpsstraat;12;\n") == ["Dorpsstraat 12"]


def test_circles_that_overlap_count_no_door_twice():
    first = "Vogellaan 1-10"
    second = "VOGELLAAN 6-15\nVogelstr. 1\nVogelstraat 1"
    assert len(read_addresses(f"{first}\n{second}")) == 16


@pytest.mark.parametrize(
    "line",
    [
        "Dorpsstraat",
        "12",
        "Dorpsstraat 9-3",
        "Dorpsstraat 1-9000",
        "Dorpsstraat 12, 1234 AB",
        "Dorpsstraat;12;a;1234AB",
        ";12",
    ],
)
def test_a_line_that_is_no_address_is_named(line):
    with pytest.raises(NotAnAddress, match="Regel 2"):
        read_addresses(f"Dorpsstraat 1\n{line}")


def test_the_route_goes_up_one_side_and_back_along_the_other():
    route = in_route(read_addresses("Laan 1-6\nAkker 2"))
    assert [(each.street, each.number) for each in route] == [
        ("Akker", 2), ("Laan", 1), ("Laan", 3), ("Laan", 5), ("Laan", 6), ("Laan", 4), ("Laan", 2)
    ]  # fmt: skip


def test_a_line_that_is_far_too_long_is_refused_at_once():
    with pytest.raises(NotAnAddress, match="Regel 1"):
        read_addresses("Laan " + " " * 60 + "12" + "a" * 60)
    with pytest.raises(NotAnAddress, match="Regel 1"):
        read_addresses("a" + " " * 100_000 + "b")
