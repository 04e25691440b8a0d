"""What a rule may speak of: questions or columns by name, their kinds and options, and the answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Answer = int | Fraction | str | frozenset[str] | None


class Kind(StrEnum):
    """What kind of answer a name stands for; a rule can speak of all but free text."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Name:
    """A question or a column that rules may speak of.

    id        what a rule calls it; may hold one dot (``ensured.regular``)
    text      its Swedish label; a row of a matrix has the label that ``part_of`` makes
    options   option id → Swedish text; None where any code word may be chosen
    """

    id: str
    kind: Kind
    text: str
    options: Mapping[str, str] | None = None


Scope = Mapping[str, Name]
