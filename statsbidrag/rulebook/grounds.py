"""Checks that every value in the rules stands on its ground: a known statement, its own words, a readable figure."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from statsbidrag.rulebook.reading import exact, read_toml
from statsbidrag.terms.dates import MONTHS
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.sources import Library

_SWEDISH_DATE = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:,\d+)?")
_UP_TO_TEN = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
_WORDS = {
    "hälften": Fraction(1, 2),
    **{word: Fraction(number) for number, word in enumerate(_UP_TO_TEN, 1)},
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One place in a rule file that rests on a statement."""

    where: str
    cites: str
    quote: str
    value: object = None


def grounds(file: Path) -> Iterator[Ground]:
    """Gives every place in a rule file that cites a statement, in the order of the file."""
    yield from _grounds(read_toml(file), str(file))


def check_ground(ground: Ground, library: Library) -> None:
    """Refuses a citation of no statement, words that the statement does not have, and a figure its words do not say."""
    statement = library.statements.get(ground.cites)
    if statement is None:
        hint = suggestion(ground.cites, library.statements)
        raise Fault(ground.where, f"Satsen ”{ground.cites}” finns inte.", f"{hint}Numren står i statements.csv.")
    if not ground.quote:
        if ground.value is not None and statement.quote:
            raise Fault(ground.where, "Citatet saknas.", f"Skriv ord för ord ur {ground.cites}: ”{statement.quote}”.")
        return
    if one_spaced(ground.quote) not in one_spaced(statement.quote):
        raise Fault(
            ground.where,
            f"”{ground.quote}” står inte i {ground.cites}.",
            f"Satsen lyder: ”{statement.quote}”. Citera den ord för ord, eller rätta hänvisningen.",
        )
    if not _readable(ground.value, one_spaced(ground.quote)):
        raise Fault(
            ground.where,
            f"Värdet {ground.value} går inte att läsa i citatet ”{ground.quote}”.",
            "Rätta värdet, eller citera de ord som säger det.",
        )


def one_spaced(text: str) -> str:
    """Joins lines and folds white space, so that a quote is found however its source breaks the lines."""
    return re.sub(r"\s+", " ", text).strip()


def _grounds(node: object, where: str) -> Iterator[Ground]:
    if isinstance(node, dict):
        cites = node.get("cites", [])
        for statement in cites if isinstance(cites, list) else [cites]:
            yield Ground(where, str(statement), str(node.get("quote", "")), node.get("value"))
        for key, item in node.items():
            yield from _grounds(item, f"{where}, {key}")
    elif isinstance(node, list):
        for place, item in enumerate(node, 1):
            yield from _grounds(item, f"{where} nr {place}")


def _readable(value: object, quote: str) -> bool:
    """Tells whether a figure stands in the quote; words and truths are left to the reader."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, date):
        return value in _dates(quote)
    if isinstance(value, list):
        return all(_readable(item, quote) for item in value)
    number = exact(value.removesuffix("%").strip()) if isinstance(value, str) else value
    return not isinstance(number, int | Fraction) or number in _numbers(quote)


def _dates(quote: str) -> set[date]:
    """The days that a quote names; one that no calendar has is none."""
    swedish = ((year, MONTHS.index(month) + 1, day) for day, month, year in _SWEDISH_DATE.findall(quote))
    days: set[date] = set()
    for year, month, day in (*swedish, *_ISO_DATE.findall(quote)):
        with suppress(ValueError):
            days.add(date(int(year), int(month), int(day)))
    return days


def _numbers(quote: str) -> set[Fraction]:
    figures = {Fraction(text.replace(" ", "").replace(",", ".")) for text in _NUMBER.findall(quote)}
    return figures | {_WORDS[word] for word in re.findall(r"\w+", quote.lower()) if word in _WORDS}
