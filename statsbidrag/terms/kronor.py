"""Whole kronor: shared out exactly, rounded once, written and read the Swedish way.

Money is ``int`` kronor everywhere. Shares and percentages are ``Fraction``; ``float`` never holds money.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from statsbidrag.terms.faults import Fault

NO_BREAK_SPACE = "\u00a0"
_GROUPED = re.compile(r"-?\d{1,3}(?: \d{3})+|-?\d+", re.ASCII)


def share_out(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divides kronor by weight so that the parts are whole and add up to the total, to the krona.

    Each part is its exact share rounded down; the kronor that are left go to the largest remainders,
    ties by code (the mapping's keys in order). Weights are whole numbers and at least 0.
    Raises ValueError where there is money to share and no weight to share it by.
    """
    whole = sum(weights.values())
    if total < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("kronor and weights are never negative")
    if whole == 0:
        if total:
            raise ValueError("there is no weight to share the money by")
        return dict.fromkeys(weights, 0)
    parts = {code: total * weight // whole for code, weight in weights.items()}
    remainders = {code: total * weight % whole for code, weight in weights.items()}
    for code in _largest(remainders, total - sum(parts.values())):
        parts[code] += 1
    return parts


def _largest(remainders: Mapping[str, int], wanted: int) -> list[str]:
    """The codes of the largest remainders, ties by code; sorts numbers only, which is what a million rows can bear."""
    if wanted == 0:
        return []
    least = sorted(remainders.values(), reverse=True)[wanted - 1]
    above = [code for code, remainder in remainders.items() if remainder > least]
    tied = sorted(code for code, remainder in remainders.items() if remainder == least)
    return above + tied[: wanted - len(above)]


def round_to(amount: Fraction | int, unit: int = 1) -> int:
    """Rounds to the nearest whole unit of kronor, half away from zero: 439 011.41 kr to thousands is 439 000 kr."""
    return unit * int(round_half_away(Fraction(amount) / unit))


def round_half_away(number: Fraction | int, decimals: int = 0) -> Fraction:
    """Rounds to a number of decimals, half away from zero, as people do by hand."""
    return Fraction(_scaled(number, decimals), 10**decimals)


def _scaled(number: Fraction | int, decimals: int) -> int:
    """How many of its last decimal a rounded number is: 272 tenths for 27.2."""
    rounded: int = (2 * abs(number.numerator) * 10**decimals + number.denominator) // (2 * number.denominator)
    return rounded if number >= 0 else -rounded


def in_words(amount: int) -> str:
    """Writes an amount the Swedish way, with spaces that never break: ``16 259 682 kr``."""
    return f"{grouped(amount)}{NO_BREAK_SPACE}kr"


def grouped(number: int) -> str:
    """Writes a whole number in groups of three with spaces that never break: ``16 259 682``."""
    digits = f"{abs(number):,}".replace(",", NO_BREAK_SPACE)
    return f"−{digits}" if number < 0 else digits


def decimal_comma(number: Fraction | int, decimals: int = 1) -> str:
    """Writes a number with a Swedish decimal comma, rounded half away from zero: ``2,7``."""
    scaled = _scaled(number, decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{grouped(whole)},{rest:0{decimals}d}" if decimals else grouped(whole)
    return f"−{text}" if scaled < 0 else text


def read_kronor(text: str, where: str) -> int:
    """Reads an amount as people write it: ``16 259 682 kr``, ``16259682`` or ``16 259 682:-``.

    Raises Fault where it is not a whole amount in kronor.
    """
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip().lower().replace("−", "-")
    plain = re.sub(r"\s*(kr|kronor|sek|:-)$", "", plain)
    if not _GROUPED.fullmatch(plain):
        raise Fault(
            where, f"”{text}” är inte ett belopp i hela kronor.", "Skriv till exempel 16 259 682 eller 16259682."
        )
    return int(plain.replace(" ", ""))
