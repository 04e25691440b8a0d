"""Reads JSON-stat 2, the format in which statistics offices publish a table: dimensions, their codes and the values."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from statsbidrag.exchange.plain_json import read_json
from statsbidrag.terms.faults import Fault

Number = int | Decimal
_FETCH_AGAIN = "Hämta tabellen igen som json-stat2 och ändra den inte."


@dataclass(frozen=True, slots=True)
class Cube:
    """A table of statistics: one value, or none, for every combination of one code from each dimension.

    where        what the table is called in a fault
    dimensions   for each dimension, in order, its codes with their places
    values       every value by its place, the last dimension's codes running fastest; None or absent is unknown
    """

    where: str
    dimensions: Mapping[str, Mapping[str, int]]
    values: Mapping[int, Number | None]

    def value(self, at: Mapping[str, str]) -> Number | None:
        """Gives the value for one code of every dimension; None where the statistics do not know it."""
        place = 0
        for name, codes in self.dimensions.items():
            place = place * len(codes) + codes[at[name]]
        return self.values.get(place)


def read_json_stat(content: bytes, where: str) -> Cube:
    """Reads one table; raises Fault where the file is not a whole JSON-stat 2 dataset."""
    table = _parse(content, where)
    if "dataset" in table or table.get("class") != "dataset" or str(table.get("version"))[:1] != "2":
        raise Fault(where, "Filen är ingen tabell i JSON-stat 2.", "Hämta tabellen från SCB med formatet json-stat2.")
    dimensions = _dimensions(table, where)
    size = math.prod(len(codes) for codes in dimensions.values())
    return Cube(where, dimensions, _values(table.get("value"), size, where))


def _parse(content: bytes, where: str) -> dict[str, object]:
    table = read_json(content, where, _FETCH_AGAIN)
    if not isinstance(table, dict):
        raise Fault(where, "Filen innehåller ingen tabell.", _FETCH_AGAIN)
    return table


def _dimensions(table: dict[str, object], where: str) -> dict[str, dict[str, int]]:
    names, sizes, described = table.get("id"), table.get("size"), table.get("dimension")
    if not (isinstance(names, list) and isinstance(sizes, list) and isinstance(described, dict)):
        raise Fault(where, "Tabellens variabler (id, size, dimension) saknas.", _FETCH_AGAIN)
    dimensions = {str(name): _codes(described.get(name), f"{where}, variabeln {name}") for name in names}
    if [len(codes) for codes in dimensions.values()] != sizes:
        raise Fault(where, "Variablerna har inte så många koder som tabellen säger.", _FETCH_AGAIN)
    return dimensions


def _codes(dimension: object, where: str) -> dict[str, int]:
    """A dimension's codes with their places; a single code may have only a label."""
    category = dimension.get("category") if isinstance(dimension, dict) else None
    index = category.get("index", category.get("label")) if isinstance(category, dict) else None
    if isinstance(index, list) or (isinstance(index, dict) and len(index) == 1):
        index = {str(code): place for place, code in enumerate(index)}
    places = index if isinstance(index, dict) else {}
    if not places or not _count_from_zero(places.values()):
        raise Fault(where, "Koderna saknas eller har inte var sin plats.", _FETCH_AGAIN)
    return places


def _count_from_zero(places: Collection[object]) -> bool:
    return all(type(place) is int for place in places) and set(places) == set(range(len(places)))


def _is_place(text: str, size: int) -> bool:
    return text.isdecimal() and len(text) <= len(str(size)) and int(text) < size


def _values(raw: object, size: int, where: str) -> dict[int, Number | None]:
    """All values by their place; the file gives them as one long list, or as an object of those that are known."""
    if isinstance(raw, list) and len(raw) == size:
        values = dict(enumerate(raw))
    elif isinstance(raw, dict) and all(_is_place(text, size) for text in raw):
        values = {int(place): value for place, value in raw.items()}
    else:
        raise Fault(where, f"Tabellen ska ha {size} värden, ett för varje kombination av koder.", _FETCH_AGAIN)
    for place, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | Decimal | None):
            raise Fault(f"{where}, värde {place + 1}", f"”{value}” är inget tal.", _FETCH_AGAIN)
    return values
