"""What another house under the same roof adds to the service; the agency's house asks here and knows nothing more.

A region's house makes itself known when it is installed. No row of it can be had through this door: only names, ways
in, jobs to take up, and days of the demonstration.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from statsbidrag.portal.access import Visitor


@dataclass(frozen=True, slots=True)
class WayIn:
    """A page that someone works from: what it is called and where it is."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A house under the same roof.

    name_of     the name of what a role is held for there (a clinic), or None where it is not known
    ways_in     the pages that a role held for something there leads to
    take_up     takes up what a killed process left undone there, and gives how much
    move_on     does in the demonstration what lies before a moment of a round and nobody has done
    """

    name_of: Callable[[str], str | None]
    ways_in: Callable[[Visitor, str], list[WayIn]]
    take_up: Callable[[], int]
    move_on: Callable[[int, datetime], None]


_KNOWN: list[Neighbour] = []


def make_known(neighbour: Neighbour) -> None:
    """Makes a house known to the others; it does so itself, once, when the service starts."""
    _KNOWN.append(neighbour)


def name_of(key: str) -> str | None:
    """Gives the name of what a role is held for in another house, or None."""
    return next((name for each in _KNOWN if (name := each.name_of(key))), None)


def ways_in(visitor: Visitor, key: str) -> list[WayIn]:
    """Gives the pages of other houses that a visitor's roles for something lead to."""
    return [way for each in _KNOWN for way in each.ways_in(visitor, key)]


def take_up() -> int:
    """Lets every other house take up what a killed process left undone, and gives how much that was."""
    return sum(each.take_up() for each in _KNOWN)


def move_on(year: int, moment: datetime) -> None:
    """Lets every other house do what lies before a moment of the demonstration."""
    for each in _KNOWN:
        each.move_on(year, moment)
