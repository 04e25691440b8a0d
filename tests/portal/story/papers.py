"""Papers that the story's people hold: what they send in, and what a bank answers."""

from io import BytesIO

from PIL import Image


def a_scanned_page() -> bytes:
    """Gives a small PDF, as a scanner makes it."""
    page = BytesIO()
    Image.new("L", (595, 842), 255).save(page, "PDF")
    return page.getvalue()
