"""Plain makers of documents and of the files that somebody sends."""

from datetime import datetime
from io import BytesIO

from PIL import Image

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.documents.actions import Given, add_document
from nabij.documents.models import Document


def make_picture(form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A plain green picture."""
    written = BytesIO()
    Image.new("RGB", size, (20, 120, 90)).save(written, form)
    return written.getvalue()


def make_document(
    case: Case, title: str = "Foto van de deur", *, by: Actor, at: datetime, is_shown: bool = False
) -> Document:
    """A picture in this case."""
    return add_document(case, Given(title, "damage", is_shown), make_picture(), by=by, at=at)
