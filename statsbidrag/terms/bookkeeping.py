"""What a booking is made of, the agency's as well as a region's: accounts, marks and their codes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a chart of accounts."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a booking is marked with besides its account, by its number in the SIE format."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code within a dimension, such as a cost centre: the code and what it is called."""

    code: str
    name: str
