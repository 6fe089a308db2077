import pypdfium2
import pytest
import typst

from nabij.flyers.addresses import Address
from nabij.flyers.content import DATA, Words, phones, read_template, support_site, templates
from nabij.flyers.filling import filled, values_of
from nabij.flyers.markup import blocks
from nabij.flyers.paper import COLOUR, Senders, Sheet, Unprintable, as_pdf, colour_of
from nabij.flyers.pictures import page_count, page_picture
from nabij.kit.content import ContentError

SENDERS = Senders("Gemeente Heidebeek", "Slachtofferhulp", {})
FIELDS = {
    "street": "Kokmeeuwstraat", "date": "2027-01-10", "phone": "14 020", "place": "Buurthuis, Zeemeeuwweg 4",
    "meeting": "2027-01-14T18:30:00+00:00", "next_message": "2027-01-12T11:00:00+00:00",
    "school": "Het Wilgenlyceum",
    "web": "",
}  # fmt: skip
FLYERS = [code for code, each in templates().items() if each.kind == "flyer"]
IN_SIX = [code for code, each in templates().items() if each.kind in ("flyer", "letter")]


def printed(code, *languages, to=(), **changes):
    template = templates()[code]
    texts = {each: template.texts[each] for each in languages or template.texts}
    fields = {word: FIELDS[word] for word in template.fields} | changes
    return as_pdf(Sheet(template, texts, fields, 3), SENDERS, to)


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def numbers_as_seen(pdf):
    """The digits of each line from left to right, as an eye reads them."""
    seen = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for place in range(text.count_chars()):
                sign = text.get_text_range(place, 1)
                if sign.isdigit() or sign == "-":
                    left, bottom, *_ = text.get_charbox(place, loose=True)
                    seen.append((number, -round(bottom / 4), left, sign))
    lines = {}
    for number, line, _, sign in sorted(seen):
        lines.setdefault((number, line), []).append(sign)
    return ["".join(signs) for signs in lines.values()]


@pytest.mark.parametrize("code", templates())
def test_every_template_is_printed_in_all_its_languages_so_that_it_can_be_read_aloud(code):
    pdf = printed(code)
    assert b"pdfuaid:part" in pdf
    assert page_count(pdf) >= len(templates()[code].texts)


@pytest.mark.parametrize("code", IN_SIX)
def test_flyers_and_letters_are_there_in_six_languages(code):
    assert set(templates()[code].texts) == {"nl", "en", "tr", "ar", "pl", "uk"}


@pytest.mark.parametrize("code", FLYERS)
def test_a_flyer_says_the_six_things_in_every_language(code):
    numbers = phones()
    for language, words in templates()[code].texts.items():
        told = filled(words, values_of(FIELDS, "Gemeente Heidebeek", language)).body
        assert told.count("# ") == 7, language  # feel, help, own tips, when, who, how long, other languages
        for number in ("112", "0900-8844", "0900-0101", "14 020", "113", "4", "6"):
            assert number in told, (language, number)
        assert "{" not in told
    assert numbers["support"] == "0900-0101"


def test_a_flyer_for_businesses_gives_no_home_advice():
    homes, business = (templates()[code].texts["nl"].body for code in ("T-FLY-BUR", "T-FLY-BIZ"))
    assert "Maak uw huis veiliger" in homes
    assert "huis veiliger" not in business
    assert "Voor uw bedrijf" in business


def test_the_paper_knows_its_language_title_and_both_organisations():
    pdf = printed("T-FLY-EXP", "ar")
    with pypdfium2.PdfDocument(pdf) as document:
        facts = document.get_metadata_dict()
    assert facts["Title"] == templates()["T-FLY-EXP"].texts["ar"].title
    assert "Gemeente Heidebeek" in facts["Author"]
    assert b"/Lang(ar)" in pdf
    text = text_of(printed("T-FLY-EXP", "nl"))
    assert "Gemeente Heidebeek" in text
    assert "Slachtofferhulp" in text
    assert "versie 3" in text
    assert support_site() in text


def test_a_number_keeps_its_order_in_a_text_from_right_to_left():
    shown = numbers_as_seen(printed("T-FLY-EXP", "ar"))
    for number in ("0900-8844", "0900-0101", "14020", "2027"):
        assert any(number in line for line in shown), number


def test_moments_are_told_in_the_language_and_the_time_of_amsterdam():
    assert values_of(FIELDS, "", "nl")["meeting"] == "donderdag 14 januari, 19.30"
    assert values_of(FIELDS, "", "en")["meeting"] == "Thursday 14 January, 19:30"
    assert values_of(FIELDS, "", "pl")["date"] == "10 stycznia 2027"
    assert values_of({"date": ""}, "", "pl")["date"] == ""


def test_letters_go_to_residents_and_never_to_a_name():
    to = [Address("Kokmeeuwstraat", str(each), "", "1022AB", "Amsterdam") for each in (1, 3)]
    pdf = printed("T-LET-RES", "nl", to=to)
    assert page_count(pdf) == 2
    text = text_of(pdf)
    assert text.count("Aan de bewoners van dit adres") == 2
    assert "Kokmeeuwstraat 3" in text
    assert "1022 AB" in text


def test_what_is_typed_is_never_markup():
    pdf = printed("T-FLY-EXP", "nl", street='#panic("x") *vet* $x$ [')
    assert '#panic("x") *vet* $x$' in " ".join(text_of(pdf).split())


def test_a_sign_that_no_font_draws_is_refused_as_such():
    with pytest.raises(Unprintable):
        printed("T-FLY-EXP", "nl", street="Kok😀")


def test_the_page_is_shown_as_a_picture_and_no_other_page():
    pdf = printed("T-DOOR", "nl")
    assert page_picture(pdf, 1).startswith(b"\x89PNG")
    for number in (0, 9):
        with pytest.raises(IndexError):
            page_picture(pdf, number)


@pytest.mark.parametrize(
    ("theme", "colour"),
    [
        ({}, COLOUR), ({"--nabij-color-primary": "#7a0019"}, "#7a0019"),
        ({"nabij-color-primary": "#003366"}, "#003366"),
        ({"--nabij-color-primary": "#ffee00"}, COLOUR), ({"--nabij-color-primary": "url(x)"}, COLOUR),
    ],
)  # fmt: skip
def test_the_colour_is_of_the_municipality_when_white_can_be_read_on_it(theme, colour):
    assert colour_of(theme) == colour


def test_the_small_markup_has_headings_items_boxes_lines_and_tables():
    told = blocks("# Kop\n- een\n- twee\n\n[] vink\nNaam: ___\n___\n|3|A|B|\ngewoon")
    assert [each["kind"] for each in told] == ["heading", "items", "boxes", "line", "line", "table", "text"]
    assert told[1]["items"] == ["een", "twee"]
    assert (told[5]["rows"], told[5]["columns"]) == (3, ["A", "B"])


def test_a_word_without_a_value_stays_visible():
    assert filled(Words("{street}", "{x}"), {"street": "Dorp"}) == Words("Dorp", "{x}")


def test_any_other_error_of_the_paper_is_not_taken_for_a_sign():
    template = templates()["T-FLY-EXP"]
    with pytest.raises(typst.TypstError):
        as_pdf(Sheet(template, {"nl-be": template.texts["nl"]}, {}), SENDERS)


@pytest.mark.parametrize(
    ("line", "instead"),
    [('kind = "flyer"', 'kind = "poster"'), ('paper = "A5"', 'paper = "A3"'), ('"street"', '"huisnummer"')],
)
def test_a_template_with_something_unknown_in_it_is_refused_by_name(tmp_path, line, instead):
    broken = tmp_path / "t_x.toml"
    known = (DATA / "templates" / "t_fly_exp.toml").read_text(encoding="utf-8")
    broken.write_text(known.replace(line, instead), encoding="utf-8")
    with pytest.raises(ContentError, match="t_x.toml"):
        read_template(broken)


def test_every_file_has_its_place_in_the_order():
    assert len(list((DATA / "templates").glob("*.toml"))) == len(templates())
    assert all(code == each.code for code, each in templates().items())
