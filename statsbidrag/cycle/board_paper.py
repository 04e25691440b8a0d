"""What a scheme says of its board paper (tjänsteutlåtande): headings, standing phrases and who signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from statsbidrag.terms.sources import Stated

Each = Literal["paper", "transfer", "effort", "report", "mandate"]

# What a phrase may have filled in: of the paper as a whole, and of each thing that it is written once for.
OF_THE_PAPER = frozenset({"board", "region", "year", "received", "left", "report_by"})
BLANKS: Mapping[Each, frozenset[str]] = {
    "paper": OF_THE_PAPER,
    "transfer": OF_THE_PAPER | {"share", "kronor", "receiver", "purpose"},
    "effort": OF_THE_PAPER | {"name", "owner", "kronor"},
    "report": OF_THE_PAPER | {"who", "contents", "receiver", "last_day"},
    "mandate": OF_THE_PAPER | {"holder"},
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A paragraph or a numbered point of the paper, with blanks such as ``{received}`` to be filled in.

    each   what it is written once for: the paper itself, or every transfer, effort, report or mandate of the scheme
    """

    text: str
    each: Each = "paper"
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading of the paper and what stands under it until someone writes it better.

    level   1, or 2 for a part of the section of level 1 before it
    points  numbered points, after the paragraphs
    """

    id: str
    heading: str
    level: Literal[1, 2] = 1
    paragraphs: tuple[Phrase, ...] = ()
    points: tuple[Phrase, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardPaperRules:
    """How a region's board paper is laid out: section [board_paper] of a scheme.

    kind         what such a paper is called
    unit         the administration that writes it, in lines
    sections     in the order of the paper; the last of level 1 stands after the signatures
    annex        the heading of the annex with every sum, where ``{region}`` may stand
    signatories  the titles of those who sign; the first of them approves it
    """

    kind: Stated[str]
    title: Stated[str]
    board: Stated[str]
    unit: Stated[tuple[str, ...]]
    sections: tuple[PaperSection, ...]
    annex: Stated[str]
    signatories: Stated[tuple[str, ...]]
