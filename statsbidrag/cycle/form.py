"""A form as its rules describe it: pages of questions, when each shows, what is computed and what is checked.

Everything stands in the order of the form, and every rule looks back: what a question depends on stands before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from statsbidrag.cycle.form_checks import Check, Departure, Measure
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.language import Answer, Rule
from statsbidrag.terms.sources import Stated

FieldKind = Literal["text", "long_text", "whole_number", "kronor", "computed", "choice", "choices", "tick"]
Format = Literal["postcode", "email", "phone", "organisation_number", "date"]
Layout = Literal["single", "group", "matrix"]
By = Literal["recipient", "signatory"]

Source = Literal["decision", "ledger", "visits", "plan", "last_report", "supplier_register", "delegation_register"]
Certainty = Literal["locked", "value", "suggestion"]


@dataclass(frozen=True, slots=True)
class Prefill:
    """Where an answer can be had before anyone types it, and how sure it is.

    level        ``locked`` cannot be changed, a ``value`` can, and a ``suggestion`` stands beside the field
    query        what is asked of the source, in Swedish
    background   the background value that a locked answer is, or empty
    figure       the name of the figure that the region's register has for it, or empty
    words        which of the field's options each value of that figure is, where they are called differently
    """

    source: Source
    level: Certainty
    query: str
    background: str = ""
    figure: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose among.

    exclusive   it cannot be chosen together with another
    input       what has to be filled in where it is chosen (”nämligen: …”)
    """

    id: str
    text: str
    exclusive: bool = False
    input: "Field | None" = None


@dataclass(frozen=True)  # without slots, so that what is looked up time after time is made once
class Field:
    """One answer to give, or one number that the form computes.

    least, most   the limits of a number; ``most`` is the most characters of a text
    unit          what a number counts: ``kr``, ``besök``, ``%``
    decimals      how many decimals a computed number is written with
    computes      the rule of a computed number
    default       what a background value is when nothing else is known
    """

    id: str
    text: str
    kind: FieldKind
    required: bool = True
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    format: Format | None = None
    unit: str = ""
    decimals: int = 0
    computes: Rule | None = None
    prefill: Prefill | None = None
    default: Answer = None
    assumption: str = ""

    @cached_property
    def label(self) -> str:
        """The text to stand in a sentence: without the colon, question mark or dots that it has on the form."""
        return self.text.rstrip(" :?.").lstrip("… ")

    def option(self, id: str) -> Option:
        """The option of that id, which must be one of the field's."""
        return next(option for option in self.options if option.id == id)

    @cached_property
    def inputs(self) -> tuple["Field", ...]:
        """What its options ask for in their turn."""
        return tuple(option.input for option in self.options if option.input)


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered question of the source: one field, a group of fields, or a matrix with a field for each row.

    heading   what stands above the question, where that is not the page's own heading
    shown     the condition to show it, or None where it always shows
    """

    id: str
    text: str
    layout: Layout
    fields: tuple[Field, ...]
    heading: str = ""
    help: str = ""
    shown: Rule | None = None
    cites: tuple[str, ...] = ()
    assumption: str = ""

    def asks(self, field: Field) -> str:
        """What one of its fields asks; a row of a matrix is read on from the question that it ends."""
        return f"{self.text.rstrip(' :…')} {field.text.lstrip('… ')}" if self.layout == "matrix" else field.text


@dataclass(frozen=True, slots=True)
class Page:
    """What is filled in at one go, by the recipient or, at the end, by its authorised signatory.

    opens_with   the background values that stand at the top
    """

    id: str
    heading: str
    questions: tuple[Question, ...] = ()
    intro: tuple[str, ...] = ()
    opens_with: tuple[str, ...] = ()
    by: By = "recipient"
    shown: Rule | None = None
    cites: tuple[str, ...] = ()
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in the form, and whether it is what an option of another field asks for."""

    page: Page
    question: Question
    field: Field
    is_asked_by_option: bool


@dataclass(frozen=True)  # without slots, for the same reason
class Form:
    """A whole form: what is known before, what is asked, computed and checked, and where it departs from its source."""

    id: str
    title: str
    pages: tuple[Page, ...]
    free_text_note: Stated[str]
    background: tuple[Field, ...] = ()
    measures: tuple[Measure, ...] = ()
    checks: tuple[Check, ...] = ()
    departures: tuple[Departure, ...] = ()
    cites: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """Every question, from the first page to the last."""
        return (question for page in self.pages for question in page.questions)

    @property
    def fields(self) -> Iterator[Field]:
        """Every field in the order of the form; what an option asks for stands inside the option."""
        return (field for question in self.questions for field in question.fields)

    def by_id(self) -> Mapping[str, Field]:
        """Every field and every option's own input (``question.option``), by id."""
        return self._by_id

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where each of those stands, by id."""
        return {
            each.id: Place(page, question, each, is_asked_by_option=each is not field)
            for page in self.pages
            for question in page.questions
            for field in question.fields
            for each in (field, *field.inputs)
        }

    @cached_property
    def nameable(self) -> Mapping[str, Field]:
        """Everything that a rule may name: what is known before, what is asked and what the officer sees."""
        computed = [Field(one.id, one.text, "computed", unit=one.unit, decimals=one.decimals) for one in self.measures]
        return {field.id: field for field in (*self.background, *self._by_id.values(), *computed)}

    def field(self, id: str) -> Field:
        """One field, or an option's own input, by its id; a Fault suggests the nearest."""
        known = self.by_id()
        if id not in known:
            raise Fault(
                f"formuläret {self.id}",
                f"Frågan ”{id}” finns inte.",
                f"{suggestion(id, known)}Rätta frågans namn eller ta bort svaret.",
            )
        return known[id]

    def signed_fields(self) -> frozenset[str]:
        """The fields that the authorised signatory fills in, on a locked version."""
        signed = (place for place in self.places.values() if place.page.by == "signatory")
        return frozenset(place.field.id for place in signed if not place.is_asked_by_option)

    @cached_property
    def _by_id(self) -> Mapping[str, Field]:
        return {id: place.field for id, place in self.places.items()}
