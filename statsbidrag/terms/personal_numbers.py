"""Personal identity numbers: read in any way of writing, and found where none may stand.

Nothing said here repeats a number: not a reason, not an error, not what an object shows of itself.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from stdnum import luhn

NumberKind = Literal["personal", "coordination", "reserve"]

_COORDINATION = 60
_NO_BREAK_SPACE = "\u00a0"
_WRITTEN = re.compile(r"([0-9]{2})?([0-9]{6})([-+]?)([0-9A-Z]{4})")
_WITH_DASHES = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})-?([0-9A-Z]{4})")
_CENTURIES = ("18", "19", "20")
# Region Stockholm's own reserve numbers are all digits and begin so.
_STOCKHOLM = "99"

_DAY = r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:0[0-9]|1[0-2])(?:[678][0-9]|9[01]))"
_DAY_APART = r"[0-9]{4}([-. ])(?:0[0-9]|1[0-2])\1[0-9]{2}"
_SIGN = r"\s{0,4}[-+\xad]?\s{0,4}"
_DIGITS = re.compile(r"[0-9]{4,}")
# With a space before its end a reserve number is told from a day and a word by having both letter and digit there.
_HELD = re.compile(
    r"(?:"
    rf"(?:(?:(?:18|19|20)?[0-9]{{2}}{_DAY}|{_DAY_APART}){_SIGN}[0-9]{{4}}|{_STOCKHOLM}[0-9]{{10}})"
    r"(?!-?[0-9])[^\W\d_]*"
    rf"|(?:[0-9]{{8}}|[0-9]{{2}}{_DAY})(?:[-+\xad]?|\s{{1,4}}[-+]?\s{{0,4}}(?=[A-Za-z]*[0-9]))"
    r"(?=[0-9]{0,3}[A-Za-z])[0-9A-Za-z]{4}"
    r")(?![^\W_])"
)
# A word of letters may stand right before (pnr…), but no other digits: a long hexadecimal id holds no number.
_BEFORE = re.compile(r"(?:\A|[\W_])[^\W\d_]*\Z")
_LONGEST_WORD = 30


class Unreadable(ValueError):
    """Says in Swedish why a text is no number that can be used, without the text itself."""


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """One person's number.

    digits   its twelve characters with century and without signs; never shown
    kind     ``personal`` (personnummer), ``coordination`` (samordningsnummer) or ``reserve`` (reservnummer)
    born     the day of birth that it tells; a reserve number, and some coordination numbers, tell none
    """

    digits: str = field(repr=False)
    kind: NumberKind
    born: date | None = field(repr=False)


def read_number(text: str, today: date) -> PersonalNumber:
    """Reads a number of ten or twelve characters, with or without a sign between day and end.

    One of ten is read as the law writes it: with a hyphen or nothing the latest year that has begun, with a plus a
    hundred years before (folkbokföringslagen 18 §). The check digit is controlled where there is one for all of Sweden;
    each region has its own way of making reserve numbers. Raises Unreadable.
    """
    plain = re.sub(r"\s", "", _plain(text)).lstrip("'").upper()
    if dashed := _WITH_DASHES.fullmatch(plain):
        plain = "".join(dashed.groups())
    written = _WRITTEN.fullmatch(plain)
    if written is None:
        raise Unreadable("Värdet är inget personnummer, samordningsnummer eller reservnummer.")
    century, day, sign, end = written.groups()
    full = f"{century or _century(int(day[:2]), sign, today)}{day}{end}"
    if not end.isdecimal() or century == _STOCKHOLM:
        return PersonalNumber(full, "reserve", None)
    if full[:2] not in _CENTURIES:
        raise Unreadable("Århundradet finns inte.")
    kind, born = _birth(full, today)
    if not luhn.is_valid(day + end):
        raise Unreadable("Kontrollsiffran stämmer inte.")
    return PersonalNumber(full, kind, born)


def holds_number(text: str) -> bool:
    """Tells whether something in a text looks like a personal identity number, with a right check digit or not."""
    plain = _plain(text)
    return any(
        _HELD.match(plain, digits.start())
        and _BEFORE.search(plain[max(digits.start() - _LONGEST_WORD, 0) : digits.start()])
        for digits in _DIGITS.finditer(plain)
    )


def _century(year: int, sign: str, today: date) -> int:
    """The century of a number that does not tell it."""
    latest = today.year - (today.year - year) % 100
    return (latest - (100 if sign == "+" else 0)) // 100


def _birth(full: str, today: date) -> tuple[NumberKind, date | None]:
    year, month, day = int(full[:4]), int(full[4:6]), int(full[6:8])
    kind: NumberKind = "personal"
    if day >= _COORDINATION:
        kind, day = "coordination", day - _COORDINATION
        if month <= 12 and day <= 31 and not (month and day):  # whoever does not know the day gets a number without it
            return kind, None
    born = None
    with suppress(ValueError):
        born = date(year, month, day)
    if born is None:
        raise Unreadable("Födelsedagen finns inte i kalendern.")
    if born > today:
        raise Unreadable("Födelsedagen ligger i framtiden.")
    return kind, born


def _plain(text: str) -> str:
    """Gives a text with digits, dashes and spaces of other alphabets as the plain ones, and without invisible signs."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return "".join(map(_plain_sign, text))
    return text


def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign == "−":
        return "-"
    if category == "Zs":
        return _NO_BREAK_SPACE
    return "" if category == "Cf" else sign
