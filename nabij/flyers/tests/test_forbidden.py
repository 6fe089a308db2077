import pytest
from django.core.exceptions import ValidationError

from nabij.flyers import actions
from nabij.flyers.content import Words, automatic_words, templates
from nabij.flyers.forbidden import refusals, warnings

KNOWN = frozenset({"street", "phone"}) | automatic_words()


def kinds(text):
    return {each.kind for each in refusals(text, KNOWN)}


@pytest.mark.parametrize(
    "text",
    [
        "De explosie was op Kokmeeuwstraat 27.", "In de kokmeeuwstraat 27a woont iemand.",
        "Het was bij nummer 27.", "Huisnummer 27 is dicht.", "Bij nr. 27 is het raam stuk.",
        "In de {street} 27 was een knal.", "In de {street}, nummer 112 was een knal.",
        "Zeemeeuwlaan nr 4", "Kokmeeuwstraat 112", "Iemand van Kokmeeuw 27 heeft gebeld.",
        "The house at number 27", "Dom numer 27", "رقم ٢٧", "будинок 27",
        "Kokmeeuwstr\u00adaat 27", "27 numaralı ev",
    ],
)  # fmt: skip
def test_a_house_number_is_refused(text):
    assert "house_number" in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mevrouw De Vries is gewond.", "name"), ("De heer Jansen vertelt.", "name"),
        ("Wij denken aan Fenna.", "name"), ("Dit schreef J. de Boer.", "name"),
        ("De oorzaak is bekend.", "cause"), ("Het ging om drugs.", "cause"),
        ("De dader is weg.", "guilt"), ("Er is een verdachte aangehouden.", "guilt"),
        ("Het was zijn schuld.", "guilt"),
        ("Hij sprong van het dak.", "method"), ("Er lag een mes.", "method"),
        ("Er was een afscheidsbrief.", "method"),
        ("Bel 06-00000001.", "phone"), ("Bel 020-1234567.", "phone"), ("Bel 0900-1234.", "phone"),
        ("Bel 14 020.", "phone"),
        ("Bel +31 6 00000001.", "phone"), ("Bel {telefoon}.", "placeholder"),
    ],
)  # fmt: skip
def test_what_tells_too_much_is_refused(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112, 0900-8844, 0900 0101, 113 of 088-786 73 72.", "Het is niet uw schuld.",
        "Na 4 tot 6 weken wordt het minder.", "Op {street} was een knal. Bel {phone}.",
        "Wij zeggen niets over schuld.",
        "De bijeenkomst is om 19.30 uur.", "Numer alarmowy to numer 112.",
    ],
)  # fmt: skip
def test_what_may_be_said_is_not_refused(text):
    assert kinds(text) == set()


@pytest.mark.parametrize("code", templates())
def test_no_example_for_residents_holds_something_forbidden(code):
    template = templates()[code]
    words = frozenset(template.fields) | automatic_words()
    found = [
        (language, str(each))
        for language, told in template.texts.items()
        for each in refusals(f"{told.title}\n{told.body}", words)
        if template.is_for_residents
    ]
    assert found == []


def test_a_pair_of_capitals_and_a_painful_word_are_shown_and_stop_nothing():
    text = "Wij spraken met Zilver Zee. Ook Slachtofferhulp Nederland kwam. Het slachtoffer rust."
    assert [(each.kind, each.hit) for each in warnings(text, "nl")] == [
        ("pair", "Zilver Zee"), ("words", "slachtoffer"),
    ]  # fmt: skip
    assert [each.kind for each in warnings(text, "en")] == ["pair"]
    assert refusals(text, KNOWN) == []


def test_the_refusal_stands_beside_the_field_with_what_and_why(town):
    edition = town.draft()
    texts = {
        "nl": Words("Explosie Kokmeeuwstraat 27", "Dit is tekst."), "en": Words("", "Text."),
        "xx": Words("Titel", "Tekst."),
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        actions.write_edition(edition, texts, ["nl", "tr"], by=town.nadia, at=town.at)
    told = refused.value.message_dict
    assert "“Kokmeeuwstraat 27”: Een huisnummer" in told["nl_title"][0]
    assert set(told) == {"nl_title", "en_title", "xx_title", "xx_body", "tr_checked"}
    with pytest.raises(ValidationError) as refused:
        actions.write_edition(edition, {"en": Words("Title", "Text.")}, [], by=town.nadia, at=town.at)
    assert "nl_body" in refused.value.message_dict
    edition.refresh_from_db()
    assert "Kokmeeuwstraat 27" not in str(edition.texts)
