"""The children table that a command computes with: the round's own, a CSV of ours, or SCB's tables."""

from collections.abc import Sequence
from pathlib import Path

from statsbidrag.cycle import AllocationRules, ChildrenTable
from statsbidrag.exchange.statistics import read_statistics
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.children import fitting
from statsbidrag.rulebook.tables import read_children
from statsbidrag.terms.faults import Fault


def children_table(book: Rulebook, rules: AllocationRules, files: Sequence[Path]) -> ChildrenTable:
    """Gives the table of children from the files, or the round's own where there are none.

    Raises Fault where a table cannot be read, or does not fit the round.
    """
    if not files:
        return book.children_of(rules)
    if all(file.suffix.lower() == ".json" for file in files):
        table = read_statistics({str(file): file.read_bytes() for file in files}, rules, municipalities(book))
    elif len(files) == 1:
        table = read_children(files[0], str(files[0]))
    else:
        raise Fault("--children", "Flera filer har angetts.", "Ange en CSV-fil, eller SCB:s tre tabeller som .json.")
    return fitting(table, rules, book.recipients)


def municipalities(book: Rulebook) -> dict[str, str]:
    """Every municipality's code with its name."""
    return {one.code: one.name for one in book.recipients if one.kind == "municipality"}
