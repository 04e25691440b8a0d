"""Writes a letter's values as the ready Swedish text that its template prints: kronor, dates, reasons, clean text.

A letter is a dataclass, and its annotations say how each value is written: ``Kronor`` as ”16 259 682 kr”, ``Count``
as ”1 204”, a date as ”26 maj 2025”, a moment with its Swedish time, a ``Because`` as its steps in reading order.
"""

import dataclasses
import re
import typing
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from datetime import date, datetime
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, cast

from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import SWEDISH_TIME, day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import NO_BREAK_SPACE, grouped, in_words
from statsbidrag.terms.sources import Stated

REPLACEMENT = "\ufffd"
_UNIT = re.compile(r"(?<=\d) (?=(?:kr|%|§)(?!\w))")
_ENDLESS = re.compile(r"\S{45,}")
_BREAK = "\u200b"
_NUMBERS: dict[object, Callable[[int], str]] = {"kronor": in_words, "count": grouped, None: str}


def as_text(letter: Letter, place: Callable[[str], str]) -> dict[str, Any]:
    """Gives every value of the letter as text, ready to print; ``place`` says where a cited statement stands.

    Raises Fault where something that the letter must have is empty.
    """
    return _Writer(place, letter.template).fields(letter, "")


def clean(text: str) -> str:
    """Gives the text as it can be printed: composed letters, plain line breaks, no invisible controls.

    A number stays on the same line as its ”kr”, ”%” or ”§”, and an endless word may be broken.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not composed.replace(NO_BREAK_SPACE, "").isprintable() or not _VARIATIONS.isdisjoint(composed):
        composed = "".join(map(_clean, composed))
    bound = _UNIT.sub(NO_BREAK_SPACE, composed.strip())
    return _ENDLESS.sub(lambda word: _BREAK.join(re.findall(".{1,20}", word[0])), bound)


def moment_in_words(moment: datetime) -> str:
    """Writes a moment by Swedish time: ``29 april 2025 kl. 23.59``; the moment must know its time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must know its time zone")
    local = moment.astimezone(SWEDISH_TIME)
    return f"{day_in_words(local.date())} kl.{NO_BREAK_SPACE}{local:%H.%M}"


class _Writer:
    """Walks a letter by its annotations."""

    def __init__(self, place: Callable[[str], str], template: str) -> None:
        self.place = place
        self.template = template

    def fields(self, value: Any, path: str = "") -> dict[str, Any]:
        """Writes the fields and the computed properties of a dataclass; none that it must have may be empty."""
        written: dict[str, Any] = {}
        for name, kind, required in _anatomy(cast(Hashable, type(value))):
            part = getattr(value, name)
            if required and (part == () or (isinstance(part, str) and not part.strip())):
                raise Fault(
                    f"brevet {self.template}, uppgiften {path}{name}",
                    "Den är tom, och brevet kan inte skickas utan den.",
                    "Fyll i uppgiften och skriv brevet igen.",
                )
            written[name] = self.write(part, kind, f"{path}{name}")
        return written

    def write(self, value: Any, kind: object, path: str) -> Any:
        """Writes one value, or each of several; a dataclass becomes its written fields."""
        if isinstance(value, tuple):
            return [self.write(item, kind, f"{path} nr {number}") for number, item in enumerate(value, 1)]
        if isinstance(value, Stated):
            return self.write(value.value, kind, path)
        if isinstance(value, Because):
            return self.reason(value)
        if type(value) is int:
            return _NUMBERS[kind](value)
        if type(value) in _WRITERS:
            return _WRITERS[type(value)](value)
        return self.fields(value, f"{path}.")

    def reason(self, because: Because) -> dict[str, Any]:
        """The conclusion, and below it every step in reading order."""
        [conclusion, *steps] = [{"depth": depth, **self._step(step)} for depth, step in because.walk()]
        return {**conclusion, "steps": steps}

    def _step(self, step: Because) -> dict[str, str]:
        grounds = [self.place(step.cites)] if step.cites else []
        if step.assumption:
            grounds.append(f"Antagande: {step.assumption}")
        return {
            "says": clean(step.says),
            "figure": clean(step.figure),
            "ground": clean(". ".join(map(_capitalised, grounds))),
        }


@lru_cache
def _anatomy(cls: Any) -> tuple[tuple[str, object, bool], ...]:
    """Name, way of writing and whether it must be given, of every field and computed property of a dataclass."""
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [
        (field.name, _kind(hints[field.name]), field.default is dataclasses.MISSING)
        for field in dataclasses.fields(cls)
    ]
    return (*fields, *_computed(cls))


def _computed(cls: type) -> Iterator[tuple[str, object, bool]]:
    for name in dir(cls):
        attribute = getattr(cls, name)
        if isinstance(attribute, property) and attribute.fget is not None and not name.startswith("_"):
            yield name, _kind(typing.get_type_hints(attribute.fget, include_extras=True)["return"]), False


_WRITERS: dict[type, Callable[[Any], Any]] = {
    NoneType: lambda nothing: nothing,
    bool: lambda truth: truth,
    str: clean,
    date: day_in_words,
    datetime: moment_in_words,
}


def _kind(hint: Any) -> object:
    """Finds how a number is written, inside ``X | None`` and ``tuple[X, ...]`` too: kronor, count or plain."""
    if typing.get_origin(hint) is Annotated:
        return hint.__metadata__[0]
    kinds = (_kind(argument) for argument in typing.get_args(hint))
    return next((kind for kind in kinds if kind), None)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clean(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category in ("Zl", "Zp"):
        return "\n"
    if category == "Zs" or character == "\t":
        return character if character == NO_BREAK_SPACE else " "
    if category == "Cs":
        return REPLACEMENT
    return "" if category in ("Cc", "Cf") or character in _VARIATIONS else character


_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
