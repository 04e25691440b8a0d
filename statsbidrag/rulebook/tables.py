"""Reads the tables of the rules: statements, recipients and children, each row checked."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from statsbidrag.cycle import ChildrenTable, Count
from statsbidrag.rulebook.reading import CONTROL, read_table, read_text, read_toml
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.parties import KINDS, Kind, Recipient, organisation_number
from statsbidrag.terms.sources import Library, Source, Statement

_TREATMENTS = ("shown", "reversed")
_CHILDREN_COLUMNS = ("municipality_code", "municipality", "children", "exposed")
_RECIPIENT_COLUMNS = ("kind", "code", "name", "organisation_number", "county_code", "county")
_STATEMENT_COLUMNS = ("id", "place", "step", "who", "kind", "says", "quote", "treatment")
_MOST_CHILDREN = 10_000_000
_MOST_DIGITS = len(str(_MOST_CHILDREN))
_CODES: dict[Kind, tuple[int, str]] = {
    "region": (2, "Skriv länets två siffror, till exempel 01."),
    "municipality": (4, "Skriv fyra siffror, till exempel 0180."),
}


def read_library(sources: Path, statements: Path) -> Library:
    """Gives every source and every numbered statement; ids are unique and belong to a known source."""
    known = {
        prefix: read_table(Source, _with_prefix(prefix, table), f"{sources}, [{prefix}]")
        for prefix, table in read_toml(sources).items()
    }
    found: dict[str, Statement] = {}
    for where, row in read_rows(statements, _STATEMENT_COLUMNS):
        statement = Statement(**row)
        if not (statement.place.strip() and statement.says.strip()):
            raise Fault(where, "Platsen i källan eller vad satsen säger saknas.", "Fyll i place och says.")
        if statement.id in found:
            raise Fault(where, f"Numret {statement.id} finns redan.", "Ge satsen ett eget nummer.")
        if statement.prefix not in known:
            hint = suggestion(statement.prefix, known)
            raise Fault(where, f"Källan ”{statement.prefix}” är okänd.", f"{hint}Källorna är: {', '.join(known)}.")
        if statement.treatment not in _TREATMENTS:
            raise Fault(where, f"Behandlingen ”{statement.treatment}” är okänd.", "Skriv shown eller reversed.")
        found[statement.id] = statement
    return Library(known, found)


def read_recipients(path: Path) -> tuple[Recipient, ...]:
    """Gives every region and municipality in the order of the table; codes are unique within their kind.

    Raises Fault where a row cannot be, or where a county lacks its region or its municipalities.
    """
    found: dict[str, Recipient] = {}
    for where, row in read_rows(path, _RECIPIENT_COLUMNS):
        if row["kind"] not in KINDS:
            raise Fault(where, f"Slaget ”{row['kind']}” är okänt.", "Skriv region eller municipality.")
        digits, how = _CODES[row["kind"]]
        if not _is_code(row["code"], digits):
            raise Fault(where, f"Koden ”{row['code']}” går inte att använda.", how)
        if not row["name"].strip() or not _is_code(row["county_code"], 2) or row["code"][:2] != row["county_code"]:
            raise Fault(where, "Namnet saknas, eller så hör koden inte till länet.", "Rätta raden.")
        row["organisation_number"] = organisation_number(row["organisation_number"], where)
        recipient = Recipient(**row)  # type: ignore[arg-type]  # the kind was checked just above
        if recipient.key in found:
            raise Fault(where, f"Koden {recipient.code} finns redan.", "Ta bort den ena raden.")
        found[recipient.key] = recipient
    _refuse_half_counties(found.values(), path)
    return tuple(found.values())


def _refuse_half_counties(recipients: Iterable[Recipient], path: Path) -> None:
    """Refuses a county that has lost its region or all its municipalities: the money would go to the others unseen."""
    counties = {kind: {one.county_code for one in recipients if one.kind == kind} for kind in KINDS}
    for code in sorted(counties["region"] ^ counties["municipality"]):
        raise Fault(str(path), f"Län {code} har inte både en region och kommuner.", "Lägg till raden som saknas.")


def read_children(path: Path, name: str) -> ChildrenTable:
    """Gives children per municipality, with the note of the file on what its figures are.

    The lines at the top that begin with ``#`` say ``note``, ``estimate`` (yes or no), ``population_year`` and
    ``area_vintage``; ``name`` is what the table is called in every result.
    """
    facts = _facts(path)
    counts: dict[str, Count] = {}
    for where, row in read_rows(path, _CHILDREN_COLUMNS):
        code = row["municipality_code"]
        digits, how = _CODES["municipality"]
        if not _is_code(code, digits):
            raise Fault(where, f"”{code}” är ingen kommunkod.", how)
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
    for line in read_text(path).splitlines():
        if line.startswith("#"):
            name, _, value = line.removeprefix("#").partition(":")
            if name.strip() in facts:
                raise Fault(str(path), f"Raden ”# {name.strip()}: …” finns två gånger.", "Ta bort den ena.")
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
    rows = _cells(path)
    where, header = next(rows, (f"{path}, rad 1", []))
    known = (*columns, *optional)
    for column in columns:
        if column not in header:
            raise Fault(where, f"Kolumnen ”{column}” saknas.", f"Kolumnerna är: {', '.join(columns)}.")
    for column in header:
        if column not in known:
            raise Fault(where, f"Okänd kolumn ”{column}”.", f"{suggestion(column, known)}Ta bort den.")
        if header.count(column) > 1:
            raise Fault(where, f"Kolumnen ”{column}” finns två gånger.", "Ta bort den ena.")
    for where, row in rows:
        if len(row) != len(header):
            raise Fault(where, f"Raden har {len(row)} värden men ska ha {len(header)}.", "Rätta kommatecknen.")
        if any(CONTROL.search(cell) for cell in row):
            raise Fault(where, "Raden innehåller ett styrtecken, som inte syns.", "Skriv om den för hand.")
        yield where, dict(zip(header, row, strict=True))


def _cells(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The cells of every line that has any, with the place of the line; lines that begin with ``#`` have none."""
    lines = read_text(path).removesuffix("\n").split("\n")
    reader = csv.reader(["\n" if line.startswith("#") else f"{line}\n" for line in lines], strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield f"{path}, rad {begins}", row
            begins = reader.line_num + 1
    except csv.Error:
        raise Fault(
            f"{path}, rad {begins}", "Raden går inte att läsa som CSV.", "Rätta citattecknen, eller korta värdet."
        ) from None


def _with_prefix(prefix: str, table: object) -> object:
    """A source's table with the name that it stands under; what is no table is told of where it is read."""
    return {"prefix": prefix, **table} if isinstance(table, dict) else table


def _is_code(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdigit()


def _whole(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS or int(text) > _MOST_CHILDREN:
        raise Fault(where, f"”{text}” är inget antal.", "Skriv ett heltal, 0 eller större.")
    return int(text)
