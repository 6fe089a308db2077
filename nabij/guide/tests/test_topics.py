import pytest

from nabij.guide.topics import OTHER, choices, search_topics, topic, topics


def first(text: str) -> str:
    return search_topics(text)[0].key


def test_every_event_of_the_catalogue_is_a_topic_and_nothing_else() -> None:
    numbers = {int(code.removeprefix("EVT-")) for code in topics()}
    assert numbers == set(range(1, 34)) - {29}


def test_the_brochures_own_list_has_fourteen_events() -> None:
    assert [each.code for each in topics().values() if each.on_brochure_list] == [
        f"EVT-{number:02}" for number in range(1, 15)
    ]


def test_every_topic_leads_up_to_the_top_of_the_tree() -> None:
    for each in topics().values():
        steps = 0
        while each.parent:
            each = topic(each.parent)
            steps += 1
            assert steps < 4
        assert each.code == OTHER


def test_every_topic_has_known_values() -> None:
    for each in topics().values():
        assert each.urgency in {"U1", "U2", "U3", "U4"}
        assert each.hic in {"yes", "fits", "depends", "no_crime"}
        assert each.nl
        assert each.en
        assert each.search_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("explosie", "explosion"),
        ("ontploffing", "explosion"),
        ("cobra", "explosion"),
        ("BOM", "explosion"),
        ("explosi", "explosion"),
        ("explozie", "explosion"),
        ("steekpartij", "stabbing"),
        ("steekparij", "stabbing"),
        ("suïcide", "suicide"),
        ("suicide", "suicide"),
        ("zelfmoord", "suicide"),
        ("zelfdoding leerling", "suicide_at_school"),
        ("suïcide op school", "suicide_at_school"),
        ("overval", "armed_robbery"),
        ("woningbrand", "severe_house_fire"),
        ("brand", "severe_house_fire"),
        ("moord", "homicide"),
        ("vermist kind", "missing_person"),
        ("inbraak", "home_burglary"),
        ("aanrijding", "traffic_accident"),
        ("schietpartij op straat", "shooting"),
        ("huiselijk geweld", "domestic_violence"),
        ("explosion", "explosion"),
    ],
)
def test_people_find_the_event_in_their_own_words(text: str, expected: str) -> None:
    assert first(text) == expected


@pytest.mark.parametrize("text", ["qqqqqq", "😀", "شقة", "12345", "!!!!", "x" * 1_000_000])
def test_whatever_is_typed_other_is_always_there(text: str) -> None:
    assert search_topics(text)[-1].code == OTHER


def test_an_empty_search_shows_every_topic() -> None:
    assert len(search_topics("  ")) == len(topics())


def test_the_choices_hold_every_topic_once_with_other_at_the_end() -> None:
    codes = [code for _, group in choices() for code, _ in group]
    assert sorted(codes) == sorted(topics())
    assert codes[-1] == OTHER
    assert dict(choices("en")[0][1])["EVT-13"] == "Explosion"


def test_only_crimes_count_as_high_impact() -> None:
    assert topic("EVT-13").is_high_impact_crime
    assert not topic("EVT-09").is_high_impact_crime
