"""What became of an extract: how it was understood, what was kept, what was refused, and what to look at."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from statsbidrag.exchange.extracts.claims import ClaimedTwice
from statsbidrag.exchange.extracts.refusing import RefusedRow


@dataclass(frozen=True, slots=True)
class Understood:
    """How one word of a column was read.

    means   the code, clinic or municipality it was taken for; empty where it was refused, and then ``why`` says why
    rows    how many rows have it
    """

    column: str
    word: str
    means: str
    why: str
    rows: int


@dataclass(slots=True)
class Normalised:
    """What became of an extract.

    columns         each heading → the dictionary's column, or empty where it was left out
    words           how each word of the columns with few different values was read, the most common first
    total, refused  how many rows there are, and how many of them were refused
    first_refused   the first of those, with every reason
    kept            the number that each row of the visit file has in the extract
    claimed_twice   the visits that more than one clinic claims; they are kept, and pointed out
    file            the visit file that was written
    refused_file    the refused rows as they came, with their reasons; None where there are none
    """

    written: str
    columns: Mapping[str, str]
    words: tuple[Understood, ...] = ()
    total: int = 0
    refused: int = 0
    first_refused: list[RefusedRow] = field(default_factory=list)
    claimed_twice: tuple[ClaimedTwice, ...] = ()
    claimed_twice_total: int = 0
    kept: "array[int]" = field(default_factory=lambda: array("L"))
    file: Path = Path()
    refused_file: Path | None = None

    @property
    def good(self) -> int:
        """How many rows were kept."""
        return self.total - self.refused
