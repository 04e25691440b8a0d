"""Where a value comes from: a statement of a source, or an assumption of ours with its reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
# The places of the statements are written with these three abbreviations.
_IN_SWEDISH = {"line": "rad", "p": "punkt", "para": "stycke"}
_ABBREVIATED = re.compile(r"\b(line|p|para) (\d+)")
_IN_LAW = re.compile(r"§ (\d+)(?: para (?P<para>[12]))?(?: p (?P<point>\d+))?")
_PARAGRAPHS = {"1": " första stycket", "2": " andra stycket"}


@dataclass(frozen=True, slots=True)
class Source:
    """A paper that governs or tells: the ordinance, the instructions, a region's routine.

    prefix     what its statements' ids begin with (``anv`` for anv-34)
    rank       1 governs over 2, and so on, where sources disagree
    file       the file name of its full text among the source documents, or empty
    """

    prefix: str
    title: str
    short: str
    publisher: str
    rank: int
    dated: date | None = None
    number: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a source: where it stands, what it says, and its own words."""

    id: str
    place: str
    step: str
    who: str
    kind: str
    says: str
    quote: str
    treatment: str

    @property
    def prefix(self) -> str:
        """The source that it belongs to: ``anv`` for anv-34."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Differing:
    """What another source says instead, where sources disagree."""

    says: str
    cites: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T_co]):
    """A value with its ground: the statement that it rests on with a short quote, or our assumption and its reason.

    Exactly one of ``cites`` and ``assumption`` is given; ``differs`` lists what other sources say instead.
    """

    value: T_co
    cites: str = ""
    quote: str = ""
    assumption: str = ""
    differs: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every source and every statement, looked up by id."""

    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]

    def place(self, statement_id: str) -> str:
        """Says where a statement stands, the way a lawyer would: ``2 § punkt 4 förordningen (2025:74)``."""
        statement = self.statements[statement_id]
        short = self.sources[statement.prefix].short
        if law := _IN_LAW.fullmatch(statement.place):
            point = f" punkt {law['point']}" if law["point"] else ""
            return f"{law[1]} §{_PARAGRAPHS.get(law['para'], '')}{point} {short}"
        place = _ABBREVIATED.sub(lambda found: f"{_IN_SWEDISH[found[1]]} {found[2]}", statement.place)
        return f"{short}, {place}"

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements.values())
