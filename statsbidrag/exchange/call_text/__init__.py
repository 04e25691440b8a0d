"""What a round's call says, section by section: the same on its public page and in its instructions as a document."""

from collections.abc import Iterator

from statsbidrag.exchange.call_text import after, before
from statsbidrag.exchange.call_text.section import Announced, Section

__all__ = ["Announced", "Section", "sections"]


def sections(announced: Announced) -> Iterator[Section]:
    """Gives every section in the order that one reads them."""
    for write in (before.purpose, before.who, before.conditions, before.money, before.how, before.facts):
        yield write(announced)
    for write in (after.then, after.use, after.report, after.repayment):
        yield write(announced)
