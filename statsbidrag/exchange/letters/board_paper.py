"""The board paper (tjänsteutlåtande): a region's proposal for its board, with an annex of every sum.

The same value becomes a PDF by the press and an editable Word document by :mod:`statsbidrag.exchange.board_paper_docx`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import ClassVar

from statsbidrag.cycle.step_6_distribution import LEFT, LINE_KINDS, DelegationDecision, Distribution
from statsbidrag.exchange.letters.letterhead import Count, Kronor, Letter
from statsbidrag.terms.faults import Fault

_POINT = re.compile(r"\d+[.)]\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or numbered points that belong together; one of the two is empty."""

    paragraph: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its text, as someone writes it: an empty line between paragraphs, points as ”1. …”.

    level   1, or 2 for a part of the section of level 1 before it
    """

    id: str
    heading: str
    level: Count
    text: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text as paragraphs and numbered lists; points are numbered anew, whatever number was written."""
        return tuple(_blocks(self.text))


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One line of the annex; ``owner`` is who answers for an effort, ``kronor`` None where the sum is unknown."""

    kind: str
    name: str
    kronor: Kronor | None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """One delegation decision, for report to the board (KL 6:40, 7:8)."""

    number: Count
    day: date
    moved_from: str
    moved_to: str
    kronor: Kronor
    reason: str


@dataclass(frozen=True, slots=True)
class Annex:
    """How what was received is divided, and the decisions that have changed it; a sum is None where it is unknown."""

    heading: str
    received: Kronor
    lines: tuple[AnnexLine, ...]
    left: Kronor | None
    decisions: tuple[Moved, ...] = ()

    @property
    def distributed(self) -> Kronor | None:
        """What the lines come to together."""
        return None if self.left is None else self.received - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPaper(Letter):
    """A board paper; ``head`` says which region, which day and which diary number.

    kind           what such a paper is called in the region
    unit           the administration that writes it, in lines
    sections       in the order of the paper; the last one stands after the signatures
    signatories    titles, and names only where the region itself puts them in
    approved       who approved it and when, as a sentence; empty until someone has
    """

    template: ClassVar[str] = "board_paper"
    kind: str
    title: str
    board: str
    unit: tuple[str, ...]
    sections: tuple[Section, ...]
    signatories: tuple[str, ...]
    annex: Annex
    approved: str = ""

    def rewritten(self, texts: Mapping[str, str]) -> "BoardPaper":
        """Gives the paper with what someone has written in place of the draft, by the ids of the sections.

        Raises Fault where there is no section of that id.
        """
        known = [section.id for section in self.sections]
        for id in texts:
            if id not in known:
                raise Fault(f"tjänsteutlåtandet, {id}", "Rubriken finns inte.", f"Rubrikerna är: {', '.join(known)}.")
        sections = (replace(each, text=texts.get(each.id, each.text)) for each in self.sections)
        return replace(self, sections=tuple(sections))


def annex_of(distribution: Distribution, heading: str) -> Annex:
    """Gives the annex of a distribution, line by line, with every delegation decision."""
    owners = {effort.id: effort.owner.value for effort in distribution.scheme.efforts}
    lines = tuple(
        AnnexLine(LINE_KINDS[line.kind].capitalize(), line.name, line.kronor, owners.get(line.id, ""))
        for line in distribution.lines
    )
    decisions = tuple(_moved(each, distribution) for each in distribution.decisions)
    return Annex(heading, distribution.received, lines, distribution.left, decisions)


def _moved(decision: DelegationDecision, distribution: Distribution) -> Moved:
    start, end = (
        "Kvar att tilldela" if id == LEFT else distribution.line(id).name
        for id in (decision.moved_from, decision.moved_to)
    )
    return Moved(decision.number, decision.day, start, end, decision.kronor, decision.reason)


def _blocks(text: str) -> Iterator[Block]:
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n|\n(?=\d+[.)]\s)", text.replace("\r\n", "\n")))
    for numbered, group in groupby(filter(None, pieces), lambda piece: bool(_POINT.match(piece))):
        if numbered:
            yield Block(points=tuple(_POINT.sub("", piece, count=1) for piece in group))
        else:
            yield from (Block(paragraph=piece) for piece in group)
