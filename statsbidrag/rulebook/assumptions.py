"""Everything that we have assumed, and everything that the sources disagree on, in words that a reader understands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from statsbidrag.rulebook.reading import exact, read_toml
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import decimal_comma, grouped
from statsbidrag.terms.sources import Differing

_NAMES = "names.toml"
# What a table of a list is called by, the first of these that it has.
_CALLED_BY = ("text", "heading", "says", "name", "name.value", "receiver.value", "half_year_from")
_SEVERAL = "flera uppgifter, som står i filen"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Assumed:
    """One thing that no source says, and what we do about it.

    file    the rule file, from the folder of rules
    about   what it is about, such as ”Befolkningens år”
    of      which one of several, such as a question's words; empty where there is only one
    value   what we use, in words; empty where the reason says it
    """

    file: str
    about: str
    of: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that the sources say differently: what we use and its source, and what the others say."""

    file: str
    about: str
    of: str
    value: str
    cites: str
    reason: str
    others: tuple[Differing, ...]


def assumed(folder: Path) -> Iterator[Assumed]:
    """Gives every assumption of every rule file, in the order of the files."""
    for place in _places(folder):
        if reason := place.table.get("assumption"):
            yield Assumed(place.file, place.about, place.of, place.value, str(reason))


def disagreements(folder: Path) -> Iterator[Disagreement]:
    """Gives everything on which the sources of the rule files differ, in the order of the files."""
    for place in _places(folder):
        if others := place.table.get("differs"):
            told = tuple(Differing(other["says"], other["cites"], other.get("quote", "")) for other in others)
            cites, reason = str(place.table.get("cites", "")), str(place.table.get("assumption", ""))
            yield Disagreement(place.file, place.about, place.of, place.value, cites, reason, told)


def title_of(folder: Path, file: str) -> str:
    """Says in words what a rule file is: ``Omgången 2025``."""
    titles, path = read_toml(folder / _NAMES)["files"], Path(file)
    return str(titles.get(file) or f"{titles.get(path.parent.name, '')} {path.stem}".strip())


@dataclass(frozen=True, slots=True)
class _Place:
    """One table of a rule file, with what a reader calls it."""

    file: str
    about: str
    of: str
    value: str
    table: Mapping[str, Any]


def _places(folder: Path) -> Iterator[_Place]:
    names = read_toml(folder / _NAMES)
    for file in sorted(folder.rglob("*.toml")):
        inside = file.relative_to(folder)
        kind = inside.parent.name or "settings"
        for path, table, of in _tables(read_toml(file), (), ""):
            about = names.get(kind, {}).get(".".join(path), ".".join(path))
            value = "" if path[-1:] == ("rule",) else _in_words(table.get("value"), names["words"])
            yield _Place(inside.as_posix(), about, of, value if value != of else "", table)


def _tables(node: object, path: tuple[str, ...], of: str) -> Iterator[tuple[tuple[str, ...], dict[str, Any], str]]:
    """Every table of a file, with its path without numbers, and what the nearest table of a list is called."""
    if isinstance(node, dict):
        yield path, node, of
        for key, item in node.items():
            if key not in ("differs", "value"):
                yield from _tables(item, (*path, key), of)
    elif isinstance(node, list):
        for item in node:
            yield from _tables(item, path, _called(item) or of)


def _called(table: object) -> str:
    for name in _CALLED_BY:
        found = table
        for key in name.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, date):
            return f"från den {day_in_words(found)}"
        if isinstance(found, str):
            return found
    return ""


def _in_words(value: object, words: Mapping[str, str]) -> str:
    """Writes any value of a rule file as a reader says it; one of many parts is left to the file itself."""
    match value:
        case None:
            said = ""
        case bool():
            said = "ja" if value else "nej"
        case int():
            said = str(value) if 1900 <= value <= 2100 else grouped(value)
        case date():
            said = day_in_words(value)
        case str():
            said = words.get(value, _number(value) or value)
        case list():
            said = " och ".join(_in_words(item, words) for item in value)
        case _:
            said = _parts(value, words)
    return said


def _parts(value: object, words: Mapping[str, str]) -> str:
    if not isinstance(value, dict) or any(isinstance(each, dict) for each in value.values()):
        return _SEVERAL
    shown = {key: _in_words(each, words) for key, each in value.items()}
    text = ", ".join(f"{words[key]} {each}" if key in words else each for key, each in shown.items())
    return text if len(text) <= _LONGEST else _SEVERAL


def _number(text: str) -> str:
    """An exact share as people write it: ``1/2`` is 50 %."""
    number = exact(text)
    if number is None or text.isdecimal():
        return ""
    hundredths = number * 100
    return f"{decimal_comma(hundredths, 0 if hundredths.denominator == 1 else 1)} %"
