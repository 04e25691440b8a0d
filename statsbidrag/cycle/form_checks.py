"""What is watched in a form beside its questions: checks, numbers for the officer, and departures from its source."""

from dataclasses import dataclass
from typing import Literal

from statsbidrag.terms.language import Rule

Level = Literal["error", "warning", "flag"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that only the officer sees: cost per visit, visits per family."""

    id: str
    text: str
    unit: str
    decimals: int
    computes: Rule


@dataclass(frozen=True, slots=True)
class Check:
    """What a careful officer would ask about: it fires where ``when`` is true and ``requires`` is false.

    level   an error stops a submission, a warning is mended or confirmed, a flag is for the officer
    at      the fields that it speaks of
    """

    id: str
    level: Level
    requires: Rule
    when: Rule | None
    says: str
    at: tuple[str, ...]
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the form says something else than its source, and why."""

    at: str
    original: str
    shown: str
    why: str
    cites: tuple[str, ...] = ()
