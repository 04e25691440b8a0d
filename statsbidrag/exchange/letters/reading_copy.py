"""The reading copy of a form: every question, option, limit and condition in plain Swedish, with room to write."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from statsbidrag.exchange.letters.letterhead import Letter

Room = Literal["line", "text", "number", "kronor", "computed", "one", "several", "tick", "matrix"]


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """An option; ``asks`` is what has to be filled in where it is chosen, or empty.

    alone    it cannot be chosen together with another
    """

    text: str
    asks: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ReadingField:
    """One thing to answer within a question, and the room for it.

    text       what it is called; empty where the question says it
    limit      the limit in words, such as ”Högst 500 tecken”
    options    for ``one`` and ``several``; for ``matrix`` the columns
    unit       what a number counts
    """

    text: str = ""
    room: Room
    optional: bool = False
    limit: str = ""
    unit: str = ""
    options: tuple[ReadingOption, ...] = ()
