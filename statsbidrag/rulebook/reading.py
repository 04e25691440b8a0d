"""Fills a frozen dataclass from a TOML table by its own annotations, and refuses early and kindly.

A rule file's structure is the dataclass it is read into: a key that the class lacks is unknown, a field without a
default is required, and a ``Stated[T]`` is a table with ``value`` and its ground. Every fault names file and place.
"""

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.sources import Differing, Stated

T = TypeVar("T")

# No exponents: a few letters must never become a number with a billion digits.
_EXACT = re.compile(r"(-?\d{1,15}(?:\.\d{1,15}|/[1-9]\d{0,14})?)(\s*%)?", re.ASCII)
# No page, letter or payment file can show one; tab and new line are spaces.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TOML_REMEDY = "Rätta raden. Texter står inom citattecken, och samma namn får bara stå en gång."
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_PLAIN_TYPES: dict[type, str] = {
    bool: "sant eller falskt (true eller false)",
    int: "ett heltal",
    str: "en text",
    date: "ett datum (ÅÅÅÅ-MM-DD)",
}


def read_text(path: Path) -> str:
    """Reads a whole file as text, with or without a byte order mark; a Fault says why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Fault(str(path), "Filen finns inte.", "Kontrollera sökvägen och mappen med regler.") from None
    except UnicodeDecodeError:
        raise Fault(str(path), "Filen är inte skriven i teckenkodningen UTF-8.", "Spara om den som UTF-8.") from None
    except (OSError, ValueError):  # ValueError: no file can have such a name
        raise Fault(str(path), "Filen går inte att läsa.", "Kontrollera att det är en fil som får läsas.") from None


def read_toml(path: Path) -> dict[str, Any]:
    """Reads a TOML file into plain values; a Fault names the line where it cannot be read."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: of TOML, or a number of thousands of digits
        place = _TOML_PLACE.search(str(error))
        where = f"{path}, rad {place[1]}, tecken {place[2]}" if place else str(path)
        raise Fault(where, "Här går filen inte att läsa som TOML.", _TOML_REMEDY) from None


def exact(text: str) -> Fraction | None:
    """Gives the exact number that a text writes, such as ``1/2``, ``0.027`` or ``2.7 %``; None for any other text."""
    number = _EXACT.fullmatch(text)
    return Fraction(number[1]) / (100 if number[2] else 1) if number else None


def read_table(cls: type[T], table: object, where: str) -> T:
    """Gives one frozen value of the class from a TOML table; raises Fault naming the place that is wrong."""
    if not isinstance(table, Mapping):
        raise Fault(where, "Här ska det stå en tabell.", "Skriv den som [namn] med en rad per uppgift.")
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}  # type: ignore[arg-type]  # any dataclass
    for key in table:
        if key not in fields:
            raise Fault(where, f"Okänd uppgift ”{key}”.", f"{suggestion(key, fields)}Ta bort den eller rätta namnet.")
    values: dict[str, object] = {}
    for name, field in fields.items():
        if name in table:
            left_out = table[name] == "" == field.default
            values[name] = "" if left_out else _convert(hints[name], table[name], f"{where} {name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise Fault(where, f"Uppgiften ”{name}” saknas.", "Lägg till den, med källa eller antagande.")
    try:
        return cls(**values)
    except ValueError as error:
        raise Fault(where, f"{error}", "Rätta uppgiften och läs in igen.") from None


def _convert(kind: Any, raw: object, where: str) -> object:
    arguments = typing.get_args(kind)
    reader = _READERS.get(typing.get_origin(kind) or kind)
    if reader is not None:
        return reader(arguments, raw, where)
    if dataclasses.is_dataclass(kind):
        return read_table(typing.cast(type[object], kind), raw, where)
    return _plain(kind, raw, where)


@dataclasses.dataclass(frozen=True, slots=True)
class _Ground:
    cites: str = ""
    quote: str = ""
    assumption: str = ""
    differs: tuple[Differing, ...] = ()


def _stated(arguments: tuple[Any, ...], raw: object, where: str) -> Stated[object]:
    """Reads a value with its ground; exactly one of a cited statement and an assumption."""
    if not isinstance(raw, Mapping) or "value" not in raw:
        raise Fault(where, "Värdet saknar grund.", "Skriv value med cites och quote, eller value med assumption.")
    ground = read_table(_Ground, {key: raw[key] for key in raw if key != "value"}, where)
    if bool(ground.cites) == bool(ground.assumption):
        raise Fault(
            where,
            "Ett värde har antingen en källa eller ett antagande.",
            "Ange cites och quote när en källa säger det, annars assumption med skälet.",
        )
    value = _convert(arguments[0], raw["value"], f"{where} value")
    return Stated(value, ground.cites, ground.quote, ground.assumption, ground.differs)


def _one_of(allowed: tuple[object, ...], raw: object, where: str) -> object:
    if raw not in allowed:
        names = [str(item) for item in allowed]
        hint = suggestion(str(raw), names)
        raise Fault(where, f"”{raw}” går inte att välja här.", f"{hint}Välj bland: {', '.join(names)}.")
    return raw


def _optional(arguments: tuple[Any, ...], raw: object, where: str) -> object:
    """Reads ``X | None``; TOML has no null, so a figure that no source tells is written ``"unknown"``."""
    [kind] = [argument for argument in arguments if argument is not types.NoneType]
    if raw == "unknown" and kind is not str:
        return None
    return _convert(kind, raw, where)


def _tuple(arguments: tuple[Any, ...], raw: object, where: str) -> tuple[object, ...]:
    return tuple(_convert(arguments[0], item, f"{where}[{place}]") for place, item in enumerate(_list(raw, where), 1))


def _set(arguments: tuple[Any, ...], raw: object, where: str) -> frozenset[object]:
    return frozenset(_tuple(arguments, raw, where))


def _list(raw: object, where: str) -> list[object]:
    if not isinstance(raw, list):
        raise Fault(where, "Här ska det stå en lista.", "Skriv den inom hakparenteser: [ … ].")
    return raw


def _mapping(arguments: tuple[Any, ...], raw: object, where: str) -> dict[object, object]:
    if not isinstance(raw, Mapping):
        raise Fault(where, "Här ska det stå en tabell.", "Skriv en rad per uppgift: namn = värde.")
    key_kind, value_kind = arguments
    return {_convert(key_kind, key, where): _convert(value_kind, item, f"{where} {key}") for key, item in raw.items()}


def _fraction(_arguments: tuple[Any, ...], raw: object, where: str) -> Fraction:
    """Reads an exact share written as a text: ``"1/2"`` or ``"2.7 %"``; a bare float would not be exact."""
    number = exact(str(raw)) if isinstance(raw, str | int) and not isinstance(raw, bool) else None
    if number is None:
        raise Fault(where, f"”{raw}” är inte ett exakt tal.", 'Skriv det som text: "1/2", "0.027" eller "2.7 %".')
    return number


def _plain(kind: type, raw: object, where: str) -> object:
    """Reads a text, whole number, date or truth; ``True`` is no number and a moment is no date."""
    fits = isinstance(raw, kind) and not (kind is int and isinstance(raw, bool))
    if not fits or (kind is date and isinstance(raw, datetime)):
        name = _PLAIN_TYPES.get(kind, kind.__name__)
        raise Fault(where, f"Värdet ”{raw}” har fel slag.", f"Här ska det stå {name}.")
    if isinstance(raw, str):
        _refuse_unreadable(raw, where)
    return raw


def _refuse_unreadable(text: str, where: str) -> None:
    """Refuses a text that would leave a hole in a letter, or that no letter can show."""
    if not text.strip():
        raise Fault(where, "Texten är tom.", "Skriv den, eller ta bort uppgiften om den är frivillig.")
    if CONTROL.search(text):
        raise Fault(where, "Texten innehåller ett styrtecken, som inte syns.", "Skriv om raden för hand.")


_READERS: dict[object, Callable[[tuple[Any, ...], object, str], object]] = {
    Stated: _stated,
    Literal: _one_of,
    Union: _optional,
    types.UnionType: _optional,
    tuple: _tuple,
    frozenset: _set,
    dict: _mapping,
    Mapping: _mapping,
    Fraction: _fraction,
}
