"""Writing a picture or a PDF anew from what can be seen in it: nothing hidden comes along.

Runs as a process of its own (`apart.py`), so it knows nothing of Nabij, its database or its keys.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

PICTURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
WHITE = (255, 255, 255)
INCH, DOTS = 72, 150  # points in an inch, and how finely a page is drawn


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, pixels, pages and seconds."""

    largest_file: int
    largest_kept: int
    most_pixels: int
    longest_side: int
    most_pages: int
    quality: int
    seconds: int
    memory: int


class Refused(ValueError):
    """This file is not taken; the text is a short code."""


def form_of(content: bytes) -> str:
    """JPEG, PNG, WEBP or PDF by the first bytes, never by a name; Refused "form" for anything else."""
    for start, form in PICTURES.items():
        if content.startswith(start):
            return form
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content.startswith(b"%PDF-"):
        return "PDF"
    raise Refused("form")


def rewrite(content: bytes, limits: Limits) -> tuple[str, bytes]:
    """The extension and the new bytes; Refused with large, form, pixels, pages or unreadable."""
    if len(content) > limits.largest_file:
        raise Refused("large")
    form = form_of(content)
    try:
        if form == "PDF":
            made = "pdf", _new_pdf(content, limits)
        else:
            made = "jpg", _new_picture(content, form, limits)
    except Refused:
        raise
    except Exception as error:  # whatever a broken file makes of a library, it is a file we cannot read
        raise Refused("unreadable") from error
    if len(made[1]) > limits.largest_kept:
        raise Refused("large")
    return made


def _new_picture(content: bytes, form: str, limits: Limits) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit follows, before anything is decoded
    with Image.open(BytesIO(content), formats=[form]) as picture:
        if picture.width * picture.height > limits.most_pixels:
            raise Refused("pixels")
        picture.draft("RGB", (limits.longest_side, limits.longest_side))
        turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((limits.longest_side, limits.longest_side))
    return _as_jpeg(turned, limits)


def _as_jpeg(picture: Any, limits: Limits) -> bytes:
    """Only the dots, on white paper: a fresh picture has no data beside them."""
    from PIL import Image

    seen = picture.convert("RGBA")
    fresh = Image.new("RGB", seen.size, WHITE)
    fresh.paste(seen, mask=seen.getchannel("A"))
    written = BytesIO()
    fresh.save(written, "JPEG", quality=limits.quality)
    return written.getvalue()


def _new_pdf(content: bytes, limits: Limits) -> bytes:
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    for jpeg, width, height in _drawn_pages(content, limits):
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(BytesIO(jpeg), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = made.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    written = BytesIO()
    made.save(written)
    made.close()
    return written.getvalue()


def _drawn_pages(content: bytes, limits: Limits) -> Iterator[tuple[bytes, float, float]]:
    """Each page as a picture with its size in points; filled-in fields are drawn, scripts never run."""
    import pypdfium2

    source = pypdfium2.PdfDocument(content)
    if not 0 < len(source) <= limits.most_pages:
        raise Refused("pages")
    source.init_forms()
    total = 0
    for page in source:
        width, height = page.get_size()
        scale = min(DOTS / INCH, limits.longest_side / max(width, height))
        jpeg = _as_jpeg(page.render(scale=scale).to_pil(), limits)
        total += len(jpeg)
        if total > limits.largest_kept:
            raise Refused("large")
        page.close()
        yield jpeg, width, height
    source.close()


def main() -> None:
    """Read a file, answer with its extension and new bytes, or with a no and why."""
    limits = Limits(**json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        extension, made = rewrite(sys.stdin.buffer.read(), limits)
    except Refused as why:
        sys.stdout.buffer.write(f"no {why}\n".encode())
    else:
        sys.stdout.buffer.write(f"{extension}\n".encode() + made)


if __name__ == "__main__":
    main()
