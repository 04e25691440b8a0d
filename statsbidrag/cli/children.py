"""The children table that a command computes with: the round's own, a CSV of ours, or SCB's tables."""

from collections.abc import Sequence
from pathlib import Path

from statsbidrag.cycle import AllocationRules, ChildrenTable
from statsbidrag.exchange.statistics import read_statistics
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.tables import read_children
from statsbidrag.terms.faults import Fault


def children_table(book: Rulebook, rules: AllocationRules, files: Sequence[Path]) -> ChildrenTable:
    """Gives the table of children from the files, or the round's own where there are none.

    Raises Fault where a table is of another year or area division than the round counts by, or has strangers in it.
    """
    if not files:
        table = book.children(rules.children)
    elif all(file.suffix.lower() == ".json" for file in files):
        table = read_statistics({str(file): file.read_bytes() for file in files}, rules, municipalities(book))
    elif len(files) == 1:
        table = read_children(files[0], str(files[0]))
    else:
        raise Fault("--children", "Flera filer har angetts.", "Ange en CSV-fil, eller SCB:s tre tabeller som .json.")
    _check_fits(table, rules, municipalities(book))
    return table


def municipalities(book: Rulebook) -> dict[str, str]:
    """Every municipality's code with its name."""
    return {one.code: one.name for one in book.recipients if one.kind == "municipality"}


def _check_fits(table: ChildrenTable, rules: AllocationRules, known: dict[str, str]) -> None:
    for says, has, wanted in (
        ("befolkningen", table.population_year, rules.population_year.value),
        ("områdena", table.area_vintage, rules.area_vintage.value),
    ):
        if has != wanted:
            why = f"I tabellen är {says} från {has}, men omgången räknar med {wanted}."
            raise Fault(table.file, why, "Ange en tabell som passar, eller ändra omgångens regler.")
    for code in table.by_municipality:
        if code not in known:
            raise Fault(table.file, f"Kommunen {code} finns inte bland mottagarna.", "Ta bort raden eller rätta koden.")
