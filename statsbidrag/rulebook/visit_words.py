"""Reads the words that record systems use, and holds them against the dictionary of visits."""

from collections.abc import Iterator
from pathlib import Path

from statsbidrag.cycle.visit_mapping import VisitWords, folded
from statsbidrag.cycle.visits import VisitColumns
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault, Faults, suggestion


def read_visit_words(path: Path, columns: VisitColumns) -> VisitWords:
    """Gives the words; raises Fault where one is of a column or code that there is none of, or means two things."""
    words = read_table(VisitWords, read_toml(path), str(path))
    faults = [Fault(f"{path}, {where}", why, remedy) for where, why, remedy in _misfits(words, columns)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return words


def _misfits(words: VisitWords, columns: VisitColumns) -> Iterator[tuple[str, str, str]]:
    known = {column.id: column for column in columns.columns}
    for id in (*words.headings.value, *words.words.value):
        if id not in known:
            yield id, "Kolumnen finns inte.", f"{suggestion(id, known)}Rätta namnet."
    for id, codes in words.words.value.items():
        options = known[id].options if id in known else codes
        for code in codes:
            if code not in options:
                yield id, f"Koden ”{code}” finns inte.", f"{suggestion(code, options)}Rätta den."
        yield from _twice(id, [(word, code) for code, others in codes.items() for word in others])
    yield from _twice("headings", [(word, id) for id, others in words.headings.value.items() for word in others])


def _twice(where: str, meanings: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    seen: dict[str, str] = {}
    for word, meaning in meanings:
        if seen.setdefault(folded(word), meaning) != meaning:
            yield where, f"”{word}” betyder två saker.", "Ta bort det ena."
