"""How a region's extract is read: which of its columns is which of the dictionary's, and what its own words mean."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from statsbidrag.cycle.visits import VisitColumns
from statsbidrag.terms.sources import Stated

How = Literal["remembered", "name", "word", "near", "ours", "unknown"]
# What a file of refused rows has besides the extract's own columns; it may be mended and handed in as it is.
ROW_HEADING, REASON_HEADING = "rad", "fel"
LEFT_OUT = ""

_NEAR = 0.75
_CERTAIN: tuple[How, ...] = ("remembered", "name", "word", "ours")
_SPACES = str.maketrans("_-./–():,", " " * 9)


def folded(text: str) -> str:
    """Gives a word as it is compared: small letters, one space between, no signs."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SPACES).casefold().split())


@dataclass(frozen=True, slots=True)
class VisitWords:
    """What ``visit_words.toml`` says: the words that record systems use.

    headings   a column's id → what it is also called
    words      a column's id → each code of it → what the code is also called
    """

    headings: Stated[Mapping[str, tuple[str, ...]]]
    words: Stated[Mapping[str, Mapping[str, tuple[str, ...]]]]

    def called(self, columns: VisitColumns) -> Iterator[tuple[str, str, How]]:
        """Gives every name of every column, folded: its id and Swedish name first, then the other words for it."""
        for column in columns.columns:
            yield folded(column.id), column.id, "name"
            yield folded(column.text), column.id, "name"
        for id, others in self.headings.value.items():
            yield from ((folded(word), id, "word") for word in others)

    def codes(self, columns: VisitColumns) -> Mapping[str, Mapping[str, str]]:
        """Gives for each column with codes: every word for one of them, folded → the code."""
        return {
            column.id: {
                folded(word): code
                for code, text in column.options.items()
                for word in (code, text, *self.words.value.get(column.id, {}).get(code, ()))
            }
            for column in columns.columns
            if column.options
        }


@dataclass(frozen=True, slots=True)
class VisitMapping:
    """What a region has chosen, to be remembered for its next extract; everything in it is folded.

    columns   a heading → the column that it is, or LEFT_OUT
    words     a column's id → a word in the extract → the code, clinic or municipality that it means
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def column(self, heading: str) -> str | None:
        """Gives the column that a heading is, LEFT_OUT, or None where nobody has chosen."""
        return self.columns.get(folded(heading))

    def with_columns(self, chosen: Mapping[str, str]) -> "VisitMapping":
        """Gives the mapping with some columns chosen, by their headings; a column is one heading's only."""
        new = {folded(heading): column for heading, column in chosen.items()}
        taken = set(new.values()) - {LEFT_OUT}
        kept = {heading: column for heading, column in self.columns.items() if column not in taken}
        return VisitMapping(kept | new, self.words)

    def with_word(self, column: str, word: str, means: str) -> "VisitMapping":
        """Gives the mapping with one more word of a column explained."""
        known = {**self.words.get(column, {}), folded(word): means}
        return VisitMapping(self.columns, {**self.words, column: known})

    def as_dict(self) -> dict[str, object]:
        """Gives the mapping as plain values, to be kept as JSON."""
        return {"columns": dict(self.columns), "words": {column: dict(known) for column, known in self.words.items()}}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Mapping[str, object]]) -> "VisitMapping":
        """Reads what :meth:`as_dict` gave."""
        words = {column: dict(known) for column, known in kept.get("words", {}).items() if isinstance(known, dict)}
        return cls({heading: str(column) for heading, column in kept.get("columns", {}).items()}, words)


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a heading seems to be.

    column   the dictionary's column, or LEFT_OUT
    how      whether it was ``remembered``, is the column's ``name`` or another ``word`` for it, is only ``near``, is
             one of ``ours`` in a file of refused rows, or is ``unknown``
    """

    heading: str
    column: str
    how: How

    @property
    def is_certain(self) -> bool:
        """Tells whether it may be used without asking."""
        return self.how in _CERTAIN


def suggest(
    headings: Iterable[str], columns: VisitColumns, words: VisitWords, remembered: VisitMapping
) -> tuple[Suggested, ...]:
    """Suggests what each heading of an extract is; no column is suggested twice, and the surest comes first."""
    called: dict[str, tuple[str, How]] = {}
    for name, id, how in words.called(columns):
        called.setdefault(name, (id, how))
    known = {column.id for column in columns.columns}
    ranked = [_suggested(heading, called, remembered, known) for heading in headings]
    order: tuple[How, ...] = (*_CERTAIN, "near", "unknown")
    taken: set[str] = set()
    chosen: dict[str, Suggested] = {}
    for each in sorted(ranked, key=lambda each: order.index(each.how)):
        is_taken = each.column in taken
        chosen[each.heading] = Suggested(each.heading, LEFT_OUT, "unknown") if is_taken else each
        taken |= {each.column} - {LEFT_OUT}
    return tuple(chosen[each.heading] for each in ranked)


def mapped(suggestions: Iterable[Suggested], remembered: VisitMapping) -> VisitMapping:
    """Gives the mapping with everything in it that is certain; what is only near, or unknown, is left to be chosen."""
    return remembered.with_columns({each.heading: each.column for each in suggestions if each.is_certain})


def _suggested(
    heading: str, called: Mapping[str, tuple[str, How]], remembered: VisitMapping, known: set[str]
) -> Suggested:
    name, chosen = folded(heading), remembered.column(heading)
    if chosen is not None and chosen in known | {LEFT_OUT}:
        return Suggested(heading, chosen, "remembered")
    if name in (ROW_HEADING, REASON_HEADING):
        return Suggested(heading, LEFT_OUT, "ours")
    if name in called:
        return Suggested(heading, *called[name])
    near = difflib.get_close_matches(name, called, n=1, cutoff=_NEAR)
    return Suggested(heading, called[near[0]][0], "near") if near else Suggested(heading, LEFT_OUT, "unknown")
