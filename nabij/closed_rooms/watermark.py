"""A paper with on every page for whom it was fetched and when, so that who passes it on can be seen."""

import ctypes
from io import BytesIO
from typing import Any

MARGIN, SIZE = 18, 9  # points


def marked(form: str, content: bytes, words: str) -> bytes:
    """The same picture or PDF with these words along its foot; both were written anew by us before."""
    return _marked_pdf(content, words) if form == "pdf" else _marked_picture(content, words)


def _marked_picture(content: bytes, words: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    with Image.open(BytesIO(content), formats=["JPEG"]) as picture:
        fresh = picture.convert("RGB")
    pen = ImageDraw.Draw(fresh)
    size = max(fresh.width // 50, 14)
    font = ImageFont.load_default(size)
    where = (size, fresh.height - 2 * size)
    pen.text(where, words, font=font, fill="white", stroke_width=max(size // 8, 2), stroke_fill="black")
    written = BytesIO()
    fresh.save(written, "JPEG", quality=85)
    return written.getvalue()


def _marked_pdf(content: bytes, words: str) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    source = pypdfium2.PdfDocument(content)
    text = _utf16(words)
    for page in source:
        line = pdfium.FPDFPageObj_NewTextObj(source.raw, b"Helvetica-Bold", ctypes.c_float(SIZE))
        pdfium.FPDFText_SetText(line, text)
        pdfium.FPDFPageObj_SetFillColor(line, 120, 0, 0, 255)
        pdfium.FPDFPageObj_Transform(line, 1, 0, 0, 1, MARGIN, MARGIN)
        pdfium.FPDFPage_InsertObject(page.raw, line)
        page.gen_content()
        page.close()
    written = BytesIO()
    source.save(written)
    source.close()
    return written.getvalue()


def _utf16(words: str) -> Any:
    """The words as PDFium takes them: UTF-16, ended by a zero."""
    coded = words.encode("utf-16-le") + b"\x00\x00"
    return (ctypes.c_ushort * (len(coded) // 2)).from_buffer_copy(coded)
