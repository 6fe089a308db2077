"""Files as people and attackers send them, made by hand."""

from io import BytesIO

from PIL import Image

SECRET = b"Geheimstraat 12"


def picture_with_place() -> bytes:
    """A picture on its side, with a place, a camera and a comment in it."""
    told = Image.Exif()
    told[0x0112] = 6  # turn a quarter
    told[0x010F] = SECRET.decode()
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    written = BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(
        written, "JPEG", exif=told, comment=SECRET, icc_profile=SECRET * 8
    )
    return written.getvalue()


def pdf(pages: int = 1) -> bytes:
    """A PDF with a script that starts by itself, an attachment, a form field, a title and words."""
    kids = " ".join(f"{10 + 2 * each} 0 R" for each in range(pages))
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 3 0 R "
        b"/Names << /EmbeddedFiles << /Names [(x) 4 0 R] >> "
        b"/JavaScript << /Names [(s) 3 0 R] >> >> /AcroForm << /Fields [6 0 R] >> >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        3: b"<< /S /JavaScript /JS (app.alert\\('" + SECRET + b"'\\)) >>",
        4: b"<< /Type /Filespec /F (" + SECRET + b") /EF << /F 5 0 R >> >>",
        5: b"<< /Type /EmbeddedFile /Length 15 >>\nstream\n" + SECRET + b"\nendstream",
        6: b"<< /FT /Tx /T (veld) /V (" + SECRET + b") >>",
        7: b"<< /Title (" + SECRET + b") /Author (" + SECRET + b") >>",
        8: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for each in range(pages):
        words = b"BT /F1 40 Tf 20 100 Td (Rekening) Tj ET"
        bodies[10 + 2 * each] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 8 0 R >> >> "
            + f"/Contents {11 + 2 * each} 0 R >>".encode()
        )
        bodies[11 + 2 * each] = f"<< /Length {len(words)} >>\nstream\n".encode() + words + b"\nendstream"
    return _numbered(bodies)


def _numbered(bodies: dict[int, bytes]) -> bytes:
    """The objects in a file, with the table of where each one starts."""
    made, starts = b"%PDF-1.7\n", {}
    for number, body in bodies.items():
        starts[number] = len(made)
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{number} 1\n{start:010d} 00000 n \n" for number, start in starts.items())
    tail = f"xref\n0 1\n0000000000 65535 f \n{table}"
    tail += f"trailer << /Size {max(bodies) + 1} /Root 1 0 R /Info 7 0 R >>\n"
    return made + tail.encode() + f"startxref\n{len(made)}\n%%EOF\n".encode()


def bomb() -> bytes:
    """A small PNG that claims 30,000 by 30,000 dots."""
    written = BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    return written.getvalue()
