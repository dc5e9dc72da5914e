"""The first page of a letter as a picture, for the screen."""

from io import BytesIO

import pypdfium2

SCALE = 1.5  # 108 dots an inch: sharp enough to read, small enough to send


def first_page(content: bytes) -> bytes:
    """Return page 1 of a PDF as PNG."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=SCALE).to_pil()
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
