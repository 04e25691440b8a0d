"""How each recipient behaves in the play: made up, plausible, and the same for the same seed."""

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from stdnum import luhn

from statsbidrag.terms.giro import Giro, GiroKind
from statsbidrag.terms.parties import Recipient

T = TypeVar("T")
Asks = Literal["ceiling", "less", "abstains", "late", "above first"]
Reports = Literal["in time", "late", "never"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a recipient will do in the round.

    asks           how it requisitions: its ceiling, less, nothing, too late, or too much before a completion
    part           the part of the ceiling that it asks for, in whole per cent
    wants_more     whether it wants a share of what is left; ``at_most_part`` of the ceiling where it sets a limit
    new_giro       whether its giro number is new since last year, so that finance checks the owner first
    used_part      the part of the received grant that it uses, in whole per cent
    versions       how many times it submits its report
    spoke          whether it answers when the agency communicates before a claim
    """

    asks: Asks
    part: int
    wants_more: bool
    at_most_part: int | None
    giro: Giro
    new_giro: bool
    paper: bool
    reports: Reports
    used_part: int
    versions: int
    spoke: bool
    pays: Literal["in time", "late", "not yet"]


def behaviour_of(recipient: Recipient, seed: int) -> Behaviour:
    """Draws a recipient's behaviour from its own chance, so that another recipient's never changes it."""
    chance = random.Random(f"{seed} {recipient.key}")
    asks: Asks = _draw(chance, {"ceiling": 78, "less": 14, "abstains": 4, "late": 2, "above first": 2})
    return Behaviour(
        asks=asks,
        part=chance.randrange(30, 95, 5),
        wants_more=chance.random() < 0.6,
        at_most_part=chance.randrange(5, 30, 5) if chance.random() < 0.2 else None,
        giro=_giro(chance),
        new_giro=chance.random() < 0.04,
        paper=chance.random() < 0.03,
        reports=_draw(chance, {"in time": 95, "late": 4, "never": 1}),
        used_part=_draw(chance, {100: 62, chance.randrange(40, 100): 34, 0: 4}),
        versions=_draw(chance, {1: 88, 2: 10, 3: 2}),
        spoke=chance.random() < 0.3,
        pays=_draw(chance, {"in time": 90, "late": 7, "not yet": 3}),
    )


def percent_of(kronor: int, per_cent: int) -> int:
    """A part of an amount, in whole thousands as people ask, or in kronor where that would be nothing."""
    exact = Fraction(kronor * per_cent, 100)
    return int(exact) // 1000 * 1000 or int(exact)


def _draw(chance: random.Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _giro(chance: random.Random) -> Giro:
    """A made-up number with a right check digit, most often a bankgiro number."""
    kind: GiroKind = _draw(chance, {"bankgiro": 7, "plusgiro": 1})
    digits = str(chance.randrange(500_000, 600_000))
    return Giro(kind, f"{digits}{luhn.calc_check_digit(digits)}")
