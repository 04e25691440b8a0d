"""Reads the tables of the rules: statements, recipients and children, each row checked."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from statsbidrag.cycle import ChildrenTable, Count
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.parties import KINDS, Recipient, organisation_number
from statsbidrag.terms.sources import Library, Source, Statement

_TREATMENTS = ("shown", "reversed")
_CHILDREN_COLUMNS = ("municipality_code", "municipality", "children", "exposed")
_RECIPIENT_COLUMNS = ("kind", "code", "name", "organisation_number", "county_code", "county")
_STATEMENT_COLUMNS = ("id", "place", "step", "who", "kind", "says", "quote", "treatment")
_MOST_CHILDREN = 10_000_000


def read_library(sources: Path, statements: Path) -> Library:
    """Gives every source and every numbered statement; ids are unique and belong to a known source."""
    known = {
        prefix: read_table(Source, {"prefix": prefix, **table}, f"{sources}, [{prefix}]")
        for prefix, table in read_toml(sources).items()
    }
    found: dict[str, Statement] = {}
    for where, row in read_rows(statements, _STATEMENT_COLUMNS):
        statement = Statement(**row)
        if statement.id in found:
            raise Fault(where, f"Numret {statement.id} finns redan.", "Ge satsen ett eget nummer.")
        if statement.prefix not in known:
            raise Fault(where, f"Källan ”{statement.prefix}” är okänd.", f"{suggestion(statement.prefix, known)}")
        if statement.treatment not in _TREATMENTS:
            raise Fault(where, f"Behandlingen ”{statement.treatment}” är okänd.", "Skriv shown eller reversed.")
        found[statement.id] = statement
    return Library(known, found)


def read_recipients(path: Path) -> tuple[Recipient, ...]:
    """Gives every region and municipality in the order of the table; codes are unique within their kind."""
    found: dict[str, Recipient] = {}
    for where, row in read_rows(path, _RECIPIENT_COLUMNS):
        if row["kind"] not in KINDS:
            raise Fault(where, f"Slaget ”{row['kind']}” är okänt.", "Skriv region eller municipality.")
        row["organisation_number"] = organisation_number(row["organisation_number"], where)
        recipient = Recipient(**row)  # type: ignore[arg-type]  # the kind was checked just above
        if recipient.key in found:
            raise Fault(where, f"Koden {recipient.code} finns redan.", "Ta bort den ena raden.")
        found[recipient.key] = recipient
    return tuple(found.values())


def read_children(path: Path, name: str) -> ChildrenTable:
    """Gives children per municipality, with the note of the file on what its figures are.

    The lines at the top that begin with ``#`` say ``note``, ``estimate`` (yes or no), ``population_year`` and
    ``area_vintage``; ``name`` is what the table is called in every result.
    """
    facts = _facts(path)
    counts: dict[str, Count] = {}
    for where, row in read_rows(path, _CHILDREN_COLUMNS):
        code = row["municipality_code"]
        if len(code) != 4 or not code.isdigit():
            raise Fault(where, f"”{code}” är ingen kommunkod.", "Skriv fyra siffror, till exempel 0180.")
        if code in counts:
            raise Fault(where, f"Kommunen {code} finns redan.", "Ta bort den ena raden.")
        count = Count(_whole(row["children"], f"{where}, children"), _whole(row["exposed"], f"{where}, exposed"))
        if count.exposed > count.children:
            raise Fault(where, "Barnen i områdestyp 1–2 är fler än alla barn.", "Rätta en av de två kolumnerna.")
        counts[code] = count
    return ChildrenTable(
        file=name,
        estimate=facts["estimate"] == "yes",
        note=facts["note"],
        population_year=_whole(facts["population_year"], f"{path}, population_year"),
        area_vintage=facts["area_vintage"],
        by_municipality=counts,
    )


def _facts(path: Path) -> Mapping[str, str]:
    facts: dict[str, str] = {}
    for line in _text(path).splitlines():
        if line.startswith("#"):
            name, _, value = line.removeprefix("#").partition(":")
            facts[name.strip()] = value.strip()
    for name in ("note", "estimate", "population_year", "area_vintage"):
        if name not in facts:
            raise Fault(
                str(path), f"Raden ”# {name}: …” saknas överst.", "Lägg till den, så att läsaren vet vad siffrorna är."
            )
    if facts["estimate"] not in ("yes", "no"):
        raise Fault(f"{path}, estimate", f"”{facts['estimate']}” går inte att läsa.", "Skriv yes eller no.")
    return facts


def read_rows(
    path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Gives every row with its place; all columns but the optional stand in the file, and none is unknown."""
    lines = [line if not line.startswith("#") else "" for line in _text(path).splitlines()]
    start = next((place for place, line in enumerate(lines) if line), len(lines))
    reader = csv.reader(lines[start:])
    header = next(reader, [])
    for column in columns:
        if column not in header:
            raise Fault(
                f"{path}, rad {start + 1}", f"Kolumnen ”{column}” saknas.", f"Kolumnerna är: {', '.join(columns)}."
            )
    known = (*columns, *optional)
    for column in header:
        if column not in known:
            raise Fault(
                f"{path}, rad {start + 1}", f"Okänd kolumn ”{column}”.", f"{suggestion(column, known)}Ta bort den."
            )
    for row in reader:
        if row:
            where = f"{path}, rad {start + reader.line_num}"
            if len(row) != len(header):
                raise Fault(where, f"Raden har {len(row)} värden men ska ha {len(header)}.", "Rätta kommatecknen.")
            yield where, dict(zip(header, row, strict=True))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Fault(str(path), "Filen finns inte.", "Kontrollera sökvägen.") from None
    except UnicodeDecodeError:
        raise Fault(str(path), "Filen är inte skriven i teckenkodningen UTF-8.", "Spara om den som UTF-8.") from None


def _whole(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > _MOST_CHILDREN:
        raise Fault(where, f"”{text}” är inget antal.", "Skriv ett heltal, 0 eller större.")
    return int(text)
