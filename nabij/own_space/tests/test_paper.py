"""My file as a PDF says what the JSON says, and nothing that is for helpers only."""

import re
from datetime import timedelta

import pypdfium2
import pytest
import typst
from django.utils import translation

from nabij.cases.factories import make_case
from nabij.consents.factories import make_consent
from nabij.documents.factories import make_document
from nabij.kit import clock
from nabij.own_space.paper import as_paper
from nabij.own_space.queries import as_data
from nabij.people.factories import enter_own_pages
from nabij.support.actions import Meeting, add_item, finish_contact, plan_appointment
from nabij.support.models import ContactKind, Strand

NASTY = '#eval("1+1") *vet* $x^2$ <label> @ref "quote" \\ //'


@pytest.fixture
def case(noordwest):
    now = clock.now()
    found = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=now, email="elske@example.nl")
    add_item(found, Strand.PRACTICAL, NASTY, by=noordwest.ayla, at=now)
    finish_contact(found, ContactKind.CALL, "Aantekening van Ayla", now, by=noordwest.ayla, at=now)
    make_consent(found.person, by=noordwest.ayla, at=now)
    make_document(found, "Uw brief", by=noordwest.ayla, at=now, is_shown=True)
    make_document(found, "Alleen voor ons", by=noordwest.ayla, at=now)
    meeting = Meeting(ContactKind.CALL, now + timedelta(days=2), now + timedelta(days=2, hours=1), True)
    plan_appointment(found, meeting, by=noordwest.ayla, at=now)
    return found


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def test_the_paper_says_what_the_data_say_and_not_what_a_helper_alone_sees(client, case):
    enter_own_pages(client, case.person_id)
    assert "/mijn/hulp/gegevens.pdf" in client.get("/mijn/hulp/").content.decode()
    found = client.get("/mijn/hulp/gegevens.pdf")
    assert found["Content-Disposition"] == 'attachment; filename="gegevens.pdf"'
    assert found["Content-Type"] == "application/pdf"
    assert "no-store" in found["Cache-Control"]
    words, data = words_of(found.content), as_data(case.person_id, clock.now())
    told = [data["naam"], data["telefoon"], data["e-mail"], data["kenmerk"], data["contactregel"], "Ayla"]
    told += [data["plan"][0]["state"], data["toestemmingen"][0]["met"], data["toestemmingen"][0]["stand"]]
    told += [data["afspraken"][0]["wat"]]
    told += [data["stukken"][0]["titel"], data["stukken"][0]["wat"], "Mijn gegevens"]
    for each in told:
        assert str(each) in words, each
    assert [each["titel"] for each in data["stukken"]] == ["Uw brief"]
    for hidden in ("Aantekening van Ayla", "Alleen voor ons", "Demir"):
        assert hidden not in words


def test_text_is_never_read_as_markup(case):
    words = words_of(as_paper(as_data(case.person_id, clock.now())))
    for part in ('#eval("1+1")', "*vet*", "$x^2$", "<label>", "@ref", '"quote"', "//"):
        assert part in words, part


def test_it_can_be_read_aloud_in_its_language_and_holds_its_own_letters(case):
    with translation.override("en"):
        written = as_paper(as_data(case.person_id, clock.now()))
    for each in (
        rb"/Lang\s*\(en\)",
        rb"/StructTreeRoot",
        rb"/Marked\s+true",
        rb"/FontFile3",
        rb"pdfuaid:part",
    ):
        assert re.search(each, written), each
    assert pypdfium2.PdfDocument(written).get_metadata_dict()["Author"] == "Nabij"


def test_who_is_not_in_gets_no_paper(client, case):
    assert client.get("/mijn/hulp/gegevens.pdf").status_code == 302


@pytest.mark.parametrize(("one", "other"), [("مريم", "كتاب"), ("Олег", "Ївга"), ("Łuka", "Ğüşİ")])
def test_letters_of_every_language_are_drawn_and_not_boxes(case, one, other):
    """Two words as long as each other differ on paper; drawn as boxes they would be the same."""
    data = as_data(case.person_id, clock.now())

    def drawn(name):
        page = pypdfium2.PdfDocument(as_paper(data | {"naam": name}))[0]
        return page.render(scale=1).to_pil().tobytes()

    assert drawn(one) != drawn(other)
    assert drawn("\U00012000" * 4) == drawn("\U00012001" * 4), "what no font has is a box"


@pytest.mark.parametrize("text", ["Dank u 👋", "👩‍👧 🇳🇱 ❤️", "中文 en 𒀀", "bel\x07 en \ufeffmerk"])
def test_what_cannot_be_printed_is_a_box_with_a_word_about_it(case, text):
    words = words_of(as_paper(as_data(case.person_id, clock.now()) | {"naam": f"Elske {text} Vermaat"}))
    assert "Vermaat" in words
    assert ("□ is een teken dat wij niet kunnen afdrukken" in words) == ("□" in words)


def test_a_fault_in_the_paper_itself_is_not_hidden(case, monkeypatch):
    monkeypatch.setattr("nabij.own_space.paper._template", lambda: b"#let told = (")
    with pytest.raises(typst.TypstError):
        as_paper(as_data(case.person_id, clock.now()))
