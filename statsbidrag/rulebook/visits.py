"""Reads the dictionary of visits: the columns of a visit file, and what the law asks of an extended visit."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from statsbidrag.cycle.visits import Column, Condition, VisitColumns, WrittenVisitColumns
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.language import Name, Rule, read_rule
from statsbidrag.terms.language.names import Scope

# Without these a row is no visit; the others serve rules and the two keys of occasion.
_ESSENTIAL = ("clinic", "date", "child", "child_months", "place", "professions", "kva_codes")


def read_visits(path: Path) -> VisitColumns:
    """Gives the columns of a visit file and the law's own conditions; raises Fault naming what is wrong in the file."""
    written = read_table(WrittenVisitColumns, read_toml(path), str(path))
    faults = [Fault(f"{path}, {where}", why, remedy) for where, why, remedy in _misfits(written.columns)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    names = {column.id: column.name for column in written.columns}
    rules = read_conditions((*written.extended, *written.barred), names, str(path))
    return VisitColumns(columns=written.columns, extended=written.extended, barred=written.barred, rules=rules)


def read_conditions(conditions: Iterable[Condition], names: Scope, where: str) -> dict[str, Rule]:
    """Reads the rule of each condition, for one visit and for columns alike; gives it by its text."""
    return {
        condition.rule.value: read_rule(
            condition.rule.value, names, expects="condition", where=f"{where}, {condition.says}", for_columns=True
        )
        for condition in conditions
    }


def _misfits(columns: tuple[Column, ...]) -> Iterator[tuple[str, str, str]]:
    ids = [column.id for column in columns]
    for id in _ESSENTIAL:
        if id not in ids:
            yield "columns", f"Kolumnen ”{id}” saknas.", "Ett besök kan inte läsas utan den."
    for column in columns:
        if ids.count(column.id) > 1:
            yield column.id, "Kolumnen finns flera gånger.", "Ta bort den ena."
        if bool(column.cites) + bool(column.assumption) == 0:
            yield column.id, "Kolumnen saknar grund.", "Ange cites eller assumption."
        if column.kind in ("choice", "choices") and not (column.options or column.pattern):
            yield column.id, "Kolumnen saknar alternativ.", "Ange options, eller pattern för fria koder."
        if column.kind == "number" and (column.min is None or column.max is None or column.min > column.max):
            yield column.id, "Talet saknar rimliga gränser.", "Ange min och max."
        for pattern in filter(None, (column.pattern, column.never)):
            try:
                re.compile(pattern)
            except re.error as error:
                yield column.id, f"Mönstret ”{pattern}” går inte att läsa ({error}).", "Rätta det."


def visit_names(columns: VisitColumns) -> dict[str, Name]:
    """Gives the columns as names that a scheme's rules may speak of."""
    return {column.id: column.name for column in columns.columns}
