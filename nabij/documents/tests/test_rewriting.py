"""What is kept was written anew: nothing hidden comes along, and no file breaks anything."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from nabij.documents.apart import rewrite_apart
from nabij.documents.content import limits
from nabij.documents.factories import make_picture
from nabij.documents.rewriting import Refused, form_of, rewrite
from nabij.documents.tests.files import SECRET, bomb, pdf, picture_with_place

LIMITS = limits()


@pytest.fixture(params=[rewrite, rewrite_apart], ids=["here", "apart"])
def way(request):
    return request.param


def test_a_picture_loses_its_place_camera_comment_and_profile_and_stands_upright(way):
    sent = picture_with_place()
    assert SECRET in sent
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    form, made = way(sent, LIMITS)
    found = Image.open(BytesIO(made))
    assert (form, found.format, found.size) == ("jpg", "JPEG", (40, 60))
    assert SECRET not in made
    assert not found.getexif()
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_pdf_loses_script_attachment_form_and_title_and_keeps_what_is_seen(way):
    sent = pdf(2)
    before = pypdfium2.PdfDocument(sent)
    assert (before.get_metadata_dict()["Title"], before.count_attachments()) == (SECRET.decode(), 1)
    form, made = way(sent, LIMITS)
    after = pypdfium2.PdfDocument(made)
    assert (form, len(after), after.count_attachments()) == ("pdf", 2, 0)
    for word in (SECRET, b"/JavaScript", b"/JS", b"/OpenAction", b"/AcroForm", b"/EmbeddedFile"):
        assert word not in made, word
    assert SECRET.decode() not in after.get_metadata_dict().values()
    assert after[0].get_size() == pytest.approx((300, 200), abs=1)
    dots = after[0].render().to_pil().convert("L").getextrema()
    assert dots[0] < 80, "the words of the page are still to be seen"
    assert dots[1] > 200
    assert after[0].get_textpage().get_text_bounded() == ""


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_it_is_shows_from_the_first_bytes(form):
    assert form_of(make_picture(form)) == form
    assert rewrite(make_picture(form), LIMITS)[0] == "jpg"


def test_what_can_be_seen_through_becomes_white_paper():
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    found = Image.open(BytesIO(rewrite(written.getvalue(), LIMITS)[1]))
    assert found.getpixel((4, 4)) == (255, 255, 255)


def test_a_large_picture_becomes_smaller():
    found = Image.open(BytesIO(rewrite(make_picture(size=(5000, 1000)), LIMITS)[1]))
    assert found.size == (2000, 400)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "form"),
        (b"MZ\x90\x00 a program", "form"),
        (b"<html><script>alert(1)</script>", "form"),
        (b"<svg xmlns='x'/>", "form"),
        (b"GIF89a", "form"),
        (b"PK\x03\x04 a document with macros", "form"),
        (b"\x00\x00\x00\x18ftypheic", "form"),
        (b"\xff\xd8\xff but no picture", "unreadable"),
        (make_picture()[:200], "unreadable"),
        (b"%PDF-1.7 but nothing more", "unreadable"),
        (bomb(), "pixels"),
        (pdf(21), "pages"),
        (make_picture() + b"x" * LIMITS.largest_file, "large"),
    ],
)
def test_everything_else_is_refused_with_why(way, content, why):
    with pytest.raises(Refused, match=f"^{why}$"):
        way(content, LIMITS)


def test_what_would_be_too_large_when_kept_is_refused():
    for content in (make_picture(), pdf()):
        with pytest.raises(Refused, match="large"):
            rewrite(content, replace(LIMITS, largest_kept=10))
    with pytest.raises(Refused, match="large"):
        rewrite(pdf(2), replace(LIMITS, largest_kept=len(rewrite(pdf(), LIMITS)[1]) + 10))


def test_a_process_that_gets_no_memory_or_time_only_refuses_the_file():
    large = make_picture("PNG", (6000, 6000))
    for small in (replace(LIMITS, memory=100_000_000), replace(LIMITS, seconds=0)):
        with pytest.raises(Refused, match="unreadable"):
            rewrite_apart(large, small)
