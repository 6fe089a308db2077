"""What the word check asks and refuses before a text goes to readers."""

import pytest

from nabij.wording.checks import check, untranslated
from nabij.wording.findings import Level
from nabij.wording.names import possible_names


def found(text, language="nl", known=()):
    return [(each.kind, each.hit) for each in check(text, language, known)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Het slachtoffer is Jan Jansen.", "Jan Jansen"),
        ("Jan Jansen is gezien.", "Jan Jansen"),
        ("Wij spraken met mevrouw De Vries.", "De Vries"),
        ("Het is de heer J. van den Berg.", "J. van den Berg"),
        ("De buurman heet Mehmet.", "Mehmet"),
        ("This is about Anna Smit.", "Anna Smit"),
    ],
)
def test_a_name_of_somebody_is_asked_about(text, name):
    assert name in [hit for kind, hit in found(text) if kind == "name"]
    assert all(each.level != Level.REFUSE for each in check(text, "nl"))


@pytest.mark.parametrize(
    "text",
    [
        "Bel Slachtofferhulp Nederland of de GGD.",
        "De Kokmeeuwstraat is dicht. Ga naar Heidebeek Oost.",
        "- Vraag het de gemeente.\n- Blijf binnen.",
        "Zie: Dit is een kop.",
        "Om 20.41 uur kwam het SIS in de IAC-ruimte.",
        "The street is open from Monday 3 May.",
        "Ga naar de Sporthal van de wijk.",
        "De opvang is in sporthal De Meent. Er was brand in flat De Uitkijk.",
    ],
)
def test_places_organisations_and_beginnings_are_no_names(text):
    assert [hit for kind, hit in found(text, known={"Heidebeek", "Oost"}) if kind == "name"] == []


def test_somebody_at_home_is_no_building():
    assert ("name", "De Vries") in found("Er was brand in het huis De Vries.")


def test_every_name_is_asked_about_once():
    assert possible_names("Het is Ali.\nHet zijn Ali en Bo.", [], []) == ["Ali", "Bo"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Er zijn 5 doden en 23 gewonden.", "5 doden"),
        ("Er zijn vijf mensen omgekomen.", "vijf mensen omgekomen"),
        ("At least 12 people injured.", "12 people injured"),
        ("Er zijn ٥ doden.", "5 doden"),
    ],
)
def test_a_number_of_dead_or_injured_is_asked_about(text, hit):
    assert ("victims", hit) in found(text)


def test_a_guess_is_asked_about_and_a_guess_about_the_cause_is_refused():
    assert found("De weg is waarschijnlijk morgen open.") == [("guess", "waarschijnlijk")]
    assert found("De politie zoekt de oorzaak.") == [("blame", "oorzaak")]
    [refused] = check("Vermoedelijk was een gaslek de oorzaak. Blijf binnen.", "nl")
    assert (refused.kind, refused.level) == ("guess_about_blame", Level.REFUSE)
    assert refused.hit == "Vermoedelijk was een gaslek de oorzaak."


@pytest.mark.parametrize("text", ["Kom zo snel mogelijk.", "Dat is niet mogelijk.", "Het is niet uw schuld."])
def test_what_only_looks_like_a_guess_or_blame_is_let_through(text):
    assert found(text) == []


def test_a_method_is_refused_and_an_address_asked_about():
    [method] = check("Iemand nam een overdosis.", "nl")
    assert (method.kind, method.level) == ("method", Level.REFUSE)
    assert found("De opvang is in de Dorpsstraat 12.") == [("address", "Dorpsstraat 12")]


def test_hard_dutch_and_words_that_hurt_are_asked_about_in_dutch_only():
    hard = "Desbetreffende belanghebbenden dienen documentatie aan te leveren. " * 3
    [finding] = check(hard, "nl")
    assert finding.kind == "hard"
    assert "score -" in finding.why
    assert found(hard, "en") == []
    assert found("Kort. En goed. Dat is fijn.") == []
    assert [kind for kind, _hit in found("De dader is een gek.")] == ["blame", "painful"]


def test_what_cannot_be_seen_hides_nothing():
    assert found("Dit gaat over Je\u200bssica.") == [("name", "Jessica")]


def test_a_language_that_is_missing_is_only_told():
    [told] = untranslated(["Engels"])
    assert (told.level, str(told)) == (
        Level.TELL,
        "“Engels”: Nog niet vertaald. Lezers krijgen het Nederlands.",
    )


def test_a_finding_keeps_its_name_as_long_as_the_words_stay():
    once, again = check("Wij zoeken Ali.", "nl"), check("Het gaat over Ali.", "nl")
    assert once[0].key == again[0].key
    assert once[0].key != check("Wij zoeken Bo.", "nl")[0].key
