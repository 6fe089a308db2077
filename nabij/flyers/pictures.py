"""The pages of a PDF that Nabij made itself, as pictures to look at before printing."""

from io import BytesIO
from threading import Lock

import pypdfium2

_one_at_a_time = Lock()  # PDFium is not made for threads
_DOTS, _INCH = 110, 72


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int) -> bytes:
    """One page (from 1) as PNG; raises IndexError when there is no such page."""
    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        drawn = BytesIO()
        document[number - 1].render(scale=_DOTS / _INCH).to_pil().save(drawn, "PNG", optimize=True)
        return drawn.getvalue()
