"""The reading copy of a form (läsversion): every question, option, limit and condition, with room to write by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from statsbidrag.cycle.form import Field, FieldKind, Form, Format, Layout, Option, Page, Question
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.terms.kronor import grouped
from statsbidrag.terms.language import shown_when

_FORMATS: dict[Format, str] = {
    "postcode": "Fem siffror",
    "email": "En e-postadress",
    "phone": "Ett telefonnummer",
    "organisation_number": "Tio siffror",
    "date": "Ett datum, ÅÅÅÅ-MM-DD",
}

_LIMITS: dict[FieldKind, str] = {
    "whole_number": "Ett heltal",
    "kronor": "Hela kronor",
    "choice": "Välj ett alternativ",
    "choices": "Välj ett eller flera alternativ",
}


@dataclass(frozen=True, slots=True)
class ReadingOption:
    """An option to choose.

    asks     it asks for something more, on a line of its own; ``limit`` says what the line takes
    alone    it cannot be chosen together with another
    """

    text: str
    asks: bool = False
    limit: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ReadingField:
    """One thing to answer, and how much room it needs.

    limit    the limit in words: ”Högst 500 tecken”
    lines    how many lines there are to write on
    note     that it is optional, computed or filled in by the system, or empty
    """

    text: str
    kind: FieldKind
    limit: str = ""
    lines: int = 1
    unit: str = ""
    note: str = ""
    options: tuple[ReadingOption, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A numbered question; ``condition`` says when it shows (”Visas när …”) and is empty where it always does."""

    number: int
    text: str
    layout: Layout
    fields: tuple[ReadingField, ...]
    heading: str = ""
    help: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A page of the form; ``lines`` are what stands filled in at its top."""

    heading: str
    condition: str = ""
    lines: tuple[str, ...] = ()
    intro: tuple[str, ...] = ()
    questions: tuple[ReadingQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCopy(Letter):
    """A form to read and prepare the answers in; it is not sent in."""

    template: ClassVar[str] = "reading_copy"
    title: str
    note: str
    pages: tuple[ReadingPage, ...]

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(len(page.questions) for page in self.pages)


def pages_to_read(form: Form) -> tuple[ReadingPage, ...]:
    """Gives a form's pages as the reading copy shows them, its questions numbered from the first page to the last."""
    numbers = iter(range(1, 1 + sum(len(page.questions) for page in form.pages)))
    known = {field.id: field.text for field in form.background}
    return tuple(_page(page, known, numbers) for page in form.pages)


def _page(page: Page, known: dict[str, str], numbers: Iterator[int]) -> ReadingPage:
    return ReadingPage(
        heading=page.heading,
        condition=shown_when(page.shown) if page.shown else "",
        lines=tuple(known[id] for id in page.opens_with),
        intro=page.intro,
        questions=tuple(_question(question, next(numbers)) for question in page.questions),
    )


def _question(question: Question, number: int) -> ReadingQuestion:
    return ReadingQuestion(
        number=number,
        text=question.text,
        help=question.help,
        heading=question.heading,
        condition=shown_when(question.shown) if question.shown else "",
        layout=question.layout,
        fields=tuple(map(_field, question.fields)),
    )


def _field(field: Field) -> ReadingField:
    return ReadingField(
        text=field.text,
        kind=field.kind,
        limit=_limit(field),
        lines=_lines(field),
        unit="kr" if field.kind == "kronor" else field.unit,
        note=_note(field),
        options=tuple(map(_option, field.options)),
    )


def _option(option: Option) -> ReadingOption:
    return ReadingOption(
        option.text, option.input is not None, _limit(option.input) if option.input else "", option.exclusive
    )


def _limit(field: Field) -> str:
    if field.format:
        return _FORMATS[field.format]
    if field.kind in ("text", "long_text"):
        return f"Högst {grouped(field.most)} tecken" if field.most else ""
    if field.kind == "whole_number" and field.least is not None and field.most is not None:
        return f"Ett heltal, {grouped(field.least)}–{grouped(field.most)}"
    return _LIMITS.get(field.kind, "")


def _lines(field: Field) -> int:
    """A line for some hundred characters of a long text; handwriting needs no less."""
    return 1 + (field.most or 500) // 100 if field.kind == "long_text" else 1


def _note(field: Field) -> str:
    if field.kind == "computed":
        return "Räknas ut automatiskt"
    if field.prefill and field.prefill.level == "locked":
        return "Är ifyllt från början"
    return "" if field.required else "Frivilligt"
