"""Why a figure is what it is: the steps that led to it, the same on page, in letter and on the command line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma, grouped
from statsbidrag.terms.sources import Stated

Figure = int | Fraction | str | date | None

_GOES_ON = re.compile(r",?\d")


@dataclass(frozen=True, slots=True)
class Because:
    """One step of a reason, in a Swedish sentence, with the figure it led to and what it rests on.

    says         the sentence, e.g. ”Halva potten fördelas efter antalet barn 0–5 år”
    value        kronor, a share, a date or a word; None where there is nothing to show
    unit         ``kr``, ``barn``, ``%`` or empty
    cites        the id of the statement it rests on, or empty
    assumption   our reason, where no source says it
    steps        the steps below it
    """

    says: str
    value: Figure = None
    unit: str = ""
    cites: str = ""
    assumption: str = ""
    steps: tuple["Because", ...] = ()

    @property
    def figure(self) -> str:
        """The value as it is written in Swedish; a share in per cent with four decimals, and nothing where none is."""
        if isinstance(self.value, date):
            return day_in_words(self.value)
        if isinstance(self.value, Fraction):
            return f"{decimal_comma(self.value * 100, 4)}{NO_BREAK_SPACE}%"
        if isinstance(self.value, int):
            return f"{grouped(self.value)}{NO_BREAK_SPACE}{self.unit}".rstrip()
        return self.value or ""

    @property
    def unsaid(self) -> str:
        """The figure, where the sentence does not already say that very number; else nothing."""
        number = self.figure.replace(NO_BREAK_SPACE, " ").removesuffix(self.unit).strip()
        return "" if _says_number(self.says.replace(NO_BREAK_SPACE, " "), number) else self.figure

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Because"]]:
        """Gives this step and all below it, each with its depth, in reading order."""
        yield depth, self
        for step in self.steps:
            yield from step.walk(depth + 1)


def resting_on(
    stated: Stated[object], says: str, value: Figure = None, unit: str = "", *, steps: tuple[Because, ...] = ()
) -> Because:
    """One step of a reason that rests on a stated value: on its source, or on our assumption."""
    return Because(says, value, unit, stated.cites, stated.assumption, steps)


def _says_number(sentence: str, number: str) -> bool:
    """Whether a sentence has that very number, and not as a part of a longer one; nothing is always said."""
    start = sentence.find(number)
    while start >= 0:
        if not sentence[:start][-1:].isdecimal() and not _GOES_ON.match(sentence, start + len(number)):
            return True
        start = sentence.find(number, start + 1)
    return not number
