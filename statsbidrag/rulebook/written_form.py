"""A form as its file has it: the keys that may stand there, before the rules in it are read and checked."""

from dataclasses import dataclass
from typing import Literal

from statsbidrag.cycle.form import By, FieldKind, Format, Prefill
from statsbidrag.cycle.form_checks import Departure, Level
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class WrittenInput:
    """What an option asks for where it is chosen."""

    kind: Literal["text", "long_text", "whole_number", "kronor"]
    max: int
    min: int | None = None
    unit: str = ""
    optional: bool = False
    prefill: Prefill | None = None


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """One of the answers to choose among."""

    id: str
    text: str
    exclusive: bool = False
    input: WrittenInput | None = None


@dataclass(frozen=True, slots=True)
class WrittenField:
    """A field of a group, or a value known before the form is opened."""

    id: str
    text: str
    kind: FieldKind | None = None
    optional: bool = False
    options: tuple[WrittenOption, ...] = ()
    min: int | None = None
    max: int | None = None
    format: Format | None = None
    unit: str = ""
    decimals: int = 0
    computes: str = ""
    prefill: Prefill | None = None
    default: str = ""
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row of a matrix."""

    id: str
    text: str
    prefill: Prefill | None = None


@dataclass(frozen=True, slots=True)
class WrittenQuestion(WrittenField):
    """A question: with the keys of its one field, or with several fields, or with the rows of a matrix."""

    heading: str = ""
    help: str = ""
    shown: str = ""
    fields: tuple[WrittenField, ...] = ()
    rows: tuple[WrittenRow, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page with its text and its questions."""

    id: str
    heading: str
    questions: tuple[WrittenQuestion, ...] = ()
    intro: tuple[str, ...] = ()
    opens_with: tuple[str, ...] = ()
    by: By = "recipient"
    shown: str = ""
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class WrittenMeasure:
    """A number for the officer."""

    id: str
    text: str
    computes: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """A check of the answers."""

    id: str
    level: Level
    requires: str
    says: str
    at: tuple[str, ...]
    when: str = ""
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A whole file of ``rules/forms``."""

    id: str
    title: str
    pages: tuple[WrittenPage, ...]
    free_text_note: Stated[str]
    background: tuple[WrittenField, ...] = ()
    measures: tuple[WrittenMeasure, ...] = ()
    checks: tuple[WrittenCheck, ...] = ()
    departures: tuple[Departure, ...] = ()
    cites: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
