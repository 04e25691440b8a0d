"""The instructions of a round (anvisningar) as a document: what its public page says, to print and to send on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from statsbidrag.exchange.call_text import Section
from statsbidrag.exchange.letters.letterhead import Kronor, Letter


@dataclass(frozen=True, slots=True)
class Part:
    """One section: paragraphs, then points where there are any, numbered where they come in order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions(Letter):
    """What a round is for, who may requisition, how, until when, and what then (§§ 1-13).

    summary   what the grant is for, in a sentence
    basis     what the figures rest on, such as that the table of children is an estimate; empty where they are final
    """

    template: ClassVar[str] = "instructions"
    pot: Kronor
    opens: date
    last_day: date
    summary: str
    parts: tuple[Part, ...]
    basis: str = ""


def parts(sections: Iterable[Section]) -> tuple[Part, ...]:
    """Gives the sections as the document prints them."""
    return tuple(Part(each.heading, each.paragraphs, each.points, each.numbered) for each in sections)
