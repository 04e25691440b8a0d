"""SCB's three tables of the statistical database that a children table is made from, as PxWebApi gives them.

TAB638, people by one-year age in every municipality; TAB6574, people by five-year class in every RegSO area; TAB6586,
the area type of every RegSO area. SCB cut the areas anew in 2025: up to 2023 a population is told by the areas of
2020 (``0114R001``) and from 2024 by those of 2025 (``0114R001_RegSO2025``); outside its span a table holds 0, not
missing, so only codes of the right span are read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from statsbidrag.exchange.json_stat import Cube, read_json_stat
from statsbidrag.terms.faults import Fault

_UNDER_FIVE = ("-4", "0-4")
_FIVE_TO_NINE = "5-9"
_BOTH_SEXES, _EACH_SEX = ("1+2",), ("1", "2")
_MOST_PEOPLE = 20_000_000
_NEW_AREAS_FROM = 2024

Part = Literal["municipalities", "areas", "types"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A table to be had from SCB: its number, what it tells, the code of its content, and its variables."""

    number: str
    tells: str
    content: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]


_OF_PEOPLE = (("Region", "Alder", "Tid"), ("Kon", "ContentsCode"))
_WANTED: dict[Part, _Wanted] = {
    "municipalities": _Wanted("TAB638", "folkmängd per kommun och ettårsklass", "BE0101N1", *_OF_PEOPLE),
    "areas": _Wanted("TAB6574", "folkmängd per RegSO och femårsklass", "000007Y7", *_OF_PEOPLE),
    "types": _Wanted("TAB6586", "områdestyp per RegSO", "000008IU", ("Region", "Tid"), ("ContentsCode",)),
}


@dataclass(frozen=True, slots=True)
class Vintage:
    """A division of the country into RegSO areas: its name, the form of its codes and SCB's list of them."""

    name: str
    code: re.Pattern[str]
    code_list: str


_OF_2020 = Vintage("RegSO 2020", re.compile(r"\d{4}R\d{3}"), "vs_RegSO2020")
_OF_2025 = Vintage("RegSO 2025", re.compile(r"\d{4}R\d{3}_RegSO2025"), "vs_RegSO2025")


@dataclass(frozen=True, slots=True)
class Yearly:
    """One of SCB's tables, for one year and one content."""

    cube: Cube
    fixed: Mapping[str, str]
    sexes: tuple[str, ...]

    def people(self, region: str, age: str) -> int:
        """People of one age in a place, both sexes; a Fault where SCB does not tell."""
        for name, code in (("Region", region), ("Alder", age)):
            if code not in self.cube.dimensions[name]:
                raise Fault(self.cube.where, f"{name} {code} saknas.", "Hämta tabellen med alla regioner och åldrar.")
        return sum(self._whole({"Region": region, "Alder": age, "Kon": sex}, _MOST_PEOPLE) for sex in self.sexes)

    def under_five(self, region: str) -> int:
        """Children 0-4 in a place, whichever way the table spells that class."""
        return self.people(region, next((age for age in _UNDER_FIVE if age in self.cube.dimensions["Alder"]), "0-4"))

    def five_to_nine(self, region: str) -> int:
        """Children 5-9 in a place."""
        return self.people(region, _FIVE_TO_NINE)

    def area_type(self, region: str) -> int | None:
        """The area type, 1 to 5; None where SCB has set none."""
        at = {"Region": region}
        return None if self.cube.value({**at, **self.fixed}) is None else self._whole(at, 5)

    def _whole(self, at: Mapping[str, str], most: int) -> int:
        value = self.cube.value({**at, **self.fixed})
        if value is None or not 0 <= value <= most or value != int(value):
            raise Fault(
                f"{self.cube.where}, {' '.join(at.values())}",
                "Värdet saknas." if value is None else f"”{value}” är inget rimligt antal.",
                "Hämta tabellen igen, eller ange en egen barntabell som CSV.",
            )
        return int(value)


@dataclass(frozen=True, slots=True)
class ScbTables:
    """The three tables of one year: people per municipality, people per area, and the areas' types."""

    people: Yearly
    areas: Yearly
    types: Yearly
    vintage: Vintage

    def area_types(self) -> dict[str, int | None]:
        """The type of every area in the division of the year; the other division's, full of zeros, is never read."""
        cube, code = self.types.cube, self.vintage.code
        types = {area: self.types.area_type(area) for area in cube.dimensions["Region"] if code.fullmatch(area)}
        if not types:
            raise Fault(
                cube.where,
                f"Den har inga områden ur {self.vintage.name}, som gällde det året.",
                f"Hämta tabellen med kodlistan {self.vintage.code_list}; i en annan indelning står bara nollor.",
            )
        return types


def read_scb(files: Mapping[str, bytes], year: int) -> ScbTables:
    """Gives SCB's three tables, in whatever order the files come, each as it stands for the year."""
    cubes = _sort_out(files)
    people, areas, types = (_for_year(cubes[part], wanted, year) for part, wanted in _WANTED.items())
    return ScbTables(people, areas, types, _OF_2025 if year >= _NEW_AREAS_FROM else _OF_2020)


def _sort_out(files: Mapping[str, bytes]) -> dict[Part, Cube]:
    """Tells the three tables apart by their ages."""
    cubes: dict[Part, Cube] = {}
    for name, content in files.items():
        cube = read_json_stat(content, name)
        ages = cube.dimensions.get("Alder")
        part: Part = "types" if ages is None else "areas" if _FIVE_TO_NINE in ages else "municipalities"
        if part in cubes:
            raise Fault(
                name, f"Den ger samma uppgift som {cubes[part].where}.", "Ange var och en av tabellerna en gång."
            )
        cubes[part] = cube
    missing = [f"{wanted.number} ({wanted.tells})" for part, wanted in _WANTED.items() if part not in cubes]
    if missing:
        raise Fault(", ".join(files), f"Här saknas {' och '.join(missing)}.", "Ange alla tre tabellerna från SCB.")
    return cubes


def _for_year(cube: Cube, wanted: _Wanted, year: int) -> Yearly:
    """One table as it stands for one year; a variable that splits the people further is refused."""
    again = f"Hämta {wanted.number}, {wanted.tells}, för {year}."
    for name in wanted.needed:
        if name not in cube.dimensions:
            raise Fault(cube.where, f"Variabeln {name} saknas.", again)
    for name in cube.dimensions:
        if name not in (*wanted.needed, *wanted.optional):
            raise Fault(cube.where, f"Variabeln {name} delar upp siffrorna.", f"{again} Välj bort variabeln.")
    if str(year) not in cube.dimensions["Tid"]:
        raise Fault(cube.where, f"Den har inga siffror för {year}.", again)
    contents = cube.dimensions.get("ContentsCode", {"": 0})
    content = wanted.content if len(contents) > 1 else next(iter(contents))
    if content not in contents:
        raise Fault(cube.where, f"Innehållet {content} saknas bland flera.", f"{again} Välj bara {content}.")
    return Yearly(cube, {"Tid": str(year), "ContentsCode": content}, _sexes(cube, again))


def _sexes(cube: Cube, again: str) -> tuple[str, ...]:
    """The codes that together are everyone, counted once."""
    codes = cube.dimensions.get("Kon")
    if codes is None:
        return ("",)
    for everyone in (_BOTH_SEXES, _EACH_SEX):
        if set(everyone) <= set(codes):
            return everyone
    raise Fault(cube.where, "Den har bara det ena könet.", f"{again} Välj båda könen.")
