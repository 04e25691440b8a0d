"""A section of a call: what it says, and what all of it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from statsbidrag.cycle import Allocation
from statsbidrag.cycle.call import Call
from statsbidrag.cycle.round import Round
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class Section:
    """One section: paragraphs, then points where there are any, and what all of it rests on.

    id         what a link on the page leads to
    rests_on   each stated value by what it is about; one that the round lacks is None
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbered: bool = False
    rests_on: Mapping[str, Stated[object] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Announced:
    """What a call is written from: the round's rules, its call and its list, and the agency's name."""

    rules: Round
    call: Call
    allocation: Allocation
    agency: str
