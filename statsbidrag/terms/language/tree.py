"""A rule as a small tree: what is compared with what, and how the comparisons are joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Sign = Literal["+", "-", "*", "/"]
Comparison = Literal["=", "<>", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that the rule itself states, exact: ``2``, ``-3`` or ``0.5``."""

    value: Fraction

    @property
    def decimals(self) -> int:
        """How many decimals it takes to write the number out."""
        decimals = 0
        while (self.value * 10**decimals).denominator != 1:
            decimals += 1
        return decimals


@dataclass(frozen=True, slots=True)
class Named:
    """The number answered to a question, or standing in a column."""

    id: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many choices are made in a multiple choice: ``count(ages)``."""

    id: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """A sum, difference, product or quotient."""

    left: "Number"
    sign: Sign
    right: "Number"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number rounded half away from zero: ``round(x, 1)``."""

    number: "Number"
    decimals: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers compared: ``unused > 0``."""

    left: "Number"
    comparison: Comparison
    right: "Number"


@dataclass(frozen=True, slots=True)
class Is:
    """A single choice is one of some options: ``targeted is no``, ``targeted in (partly, no)``."""

    id: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """A multiple choice holds an option: ``target_groups has other``."""

    id: str
    option: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more conditions."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more conditions."""

    parts: tuple["Condition", ...]


Number = Constant | Named | Counted | Calculated | Rounded
Condition = Compared | Is | Has | Not | And | Or
Tree = Number | Condition


def walk(tree: Tree) -> Iterator[Tree]:
    """Gives a tree and everything in it, in reading order."""
    yield tree
    for part in _parts(tree):
        yield from walk(part)


def _parts(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Calculated(left, _, right) | Compared(left, _, right):
            return (left, right)
        case Rounded(number):
            return (number,)
        case Not(condition):
            return (condition,)
        case And(parts) | Or(parts):
            return parts
        case _:
            return ()
