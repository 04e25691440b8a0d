"""Papers that the region's people hold: extracts of visits, and what a statement says."""

from pdf_validators import pages_of
from portal.story.actor import plain

from statsbidrag.terms.kronor import grouped


def amount(kronor: int) -> str:
    """An amount as a page shows it, but for the unit."""
    return plain(grouped(kronor))


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    return " ".join(pages_of(pdf))
