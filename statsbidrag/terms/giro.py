"""Giro numbers and payment references (OCR): where money goes, and how it is known again when it comes back.

A bankgiro number and a plusgiro number of seven or eight digits look alike and both end with the same kind of check
digit, so only the hyphen or a word in front tells them apart. Where neither does, nobody guesses.
"""

import re
from dataclasses import dataclass
from typing import Literal

from stdnum import luhn

from statsbidrag.terms.faults import Fault

GiroKind = Literal["bankgiro", "plusgiro"]

_LENGTHS: dict[GiroKind, tuple[int, int]] = {"bankgiro": (7, 8), "plusgiro": (2, 8)}
_WORD = re.compile(r"(bankgiro|bg|plusgiro|postgiro|pg)(?:t|nummer)?\b[\s.:]*(?:nr[\s.:]*)?", re.IGNORECASE)
_NUMBER = re.compile(r"[\d -]*", re.ASCII)
_HYPHENATED: dict[GiroKind, re.Pattern[str]] = {
    "bankgiro": re.compile(r"\d{3,4} ?- ?\d{4}", re.ASCII),
    "plusgiro": re.compile(r"\d[\d ]*- ?\d", re.ASCII),
}
_HOW_TO_WRITE = "Skriv bankgiro som 991-2346 och plusgiro som 90 20 03-3."
_LONGEST_OCR = 25


@dataclass(frozen=True, slots=True)
class Giro:
    """An account number at Bankgirot or Plusgirot, its check digit right; written as people write it.

    digits   all digits, the check digit last: 7-8 for a bankgiro number, 2-8 for a plusgiro number
    Raises ValueError, in Swedish, where the number cannot be one.
    """

    kind: GiroKind
    digits: str

    def __post_init__(self) -> None:
        least, most = _LENGTHS[self.kind]
        if not (self.digits.isascii() and self.digits.isdigit() and least <= len(self.digits) <= most):
            raise ValueError(f"Ett {self.kind}nummer har {least}–{most} siffror, inte ”{self.digits}”.")
        if not luhn.is_valid(self.digits):
            raise ValueError(f"Kontrollsiffran i {self.kind} {self} stämmer inte.")

    def __str__(self) -> str:
        """Writes ``5050-1055`` for a bankgiro number and ``90 20 03-3`` for a plusgiro number."""
        if self.kind == "bankgiro":
            return f"{self.digits[:-4]}-{self.digits[-4:]}"
        pairs = re.findall(r"\d?\d", self.digits[-2::-1])
        return f"{' '.join(pairs)[::-1]}-{self.digits[-1]}"


def read_giro(text: str, where: str) -> Giro:
    """Reads a bankgiro or plusgiro number as people write it: ``5050-1055``, ``90 20 03-3``, ``Bg 50501055``.

    Raises Fault where it is not one, or where nothing tells which of the two it is.
    """
    plain = re.sub(r"\s*[-‐‑‒–−]\s*", "-", " ".join(text.split()))
    word = _WORD.match(plain)
    number = plain[word.end() :] if word else plain
    digits = re.sub(r"[ -]", "", number)
    if not digits or not _NUMBER.fullmatch(number):
        raise Fault(where, f"”{text}” är inte ett gironummer.", _HOW_TO_WRITE)
    kinds = {_named(word[1])} if word else set(_LENGTHS)
    if "-" in number:
        kinds &= {kind for kind, written in _HYPHENATED.items() if written.fullmatch(number)}
    elif not word and len(digits) < _LENGTHS["bankgiro"][0]:
        kinds = {"plusgiro"}
    if not kinds:
        raise Fault(where, f"”{text}” är inte skrivet som ett gironummer.", _HOW_TO_WRITE)
    if len(kinds) > 1:
        raise Fault(where, f"”{text}” kan vara både bankgiro och plusgiro.", _HOW_TO_WRITE)
    try:
        return Giro(kinds.pop(), digits)
    except ValueError as error:
        raise Fault(where, str(error), "Kontrollera numret mot en faktura eller hos ekonomiavdelningen.") from None


def is_giro(text: str) -> bool:
    """Tells whether a text is a giro number, as people write it."""
    try:
        read_giro(text, "")
    except Fault:
        return False
    return True


def same_giro(one: str, other: str) -> bool:
    """Tells whether two ways to write it are the same giro number; what is none is like no other."""
    return is_giro(one) and is_giro(other) and read_giro(one, "") == read_giro(other, "")


def ocr_reference(number: str) -> str:
    """Makes the reference that a payer states, from a number of our own: a length digit and a check digit are added.

    The number is 1-23 digits; ``202500042`` becomes ``20250004213``. Raises ValueError for anything else.
    """
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_OCR - 2):
        raise ValueError(f"an OCR reference is made from 1-23 digits, not {number!r}")
    body = f"{number}{(len(number) + 2) % 10}"
    return f"{body}{luhn.calc_check_digit(body)}"


def read_ocr(text: str, where: str) -> str:
    """Reads an OCR reference as people write it and gives its digits; length and check digit must be right.

    Raises Fault where they are not.
    """
    digits = re.sub(r"\s", "", text)
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= _LONGEST_OCR):
        raise Fault(where, f"”{text}” är inget OCR-nummer.", "Skriv siffrorna som de står på fakturan.")
    if ocr_reference(digits[:-2]) != digits:
        raise Fault(where, f"Kontrollsiffrorna i OCR-numret ”{text}” stämmer inte.", "Jämför med fakturan och rätta.")
    return digits


def _named(word: str) -> GiroKind:
    return "bankgiro" if word.lower().startswith("b") else "plusgiro"
