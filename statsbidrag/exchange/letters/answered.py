"""A form's answers as a person reads them: page by page, each question with its answer in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from statsbidrag.cycle import Outcome
from statsbidrag.cycle.answers import in_words
from statsbidrag.cycle.form import Field, Option
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.letters.receipts import Answer, AnsweredPage
from statsbidrag.terms.language import Answer as Value

NOT_ANSWERED = "Ej besvarad"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswers(Letter):
    """One's own answers to a form, to keep or to pass on: a draft, or what has been sent in.

    state   ``Utkast`` or ``Inlämnat svar``
    says    a sentence on what they are and when they were read
    """

    template: ClassVar[str] = "own_answers"
    title: str
    state: str
    says: str
    pages: tuple[AnsweredPage, ...]


def pages_answered(outcome: Outcome) -> tuple[AnsweredPage, ...]:
    """Gives every page that has something shown, with each answer in words."""
    return tuple(_pages(outcome))


def answer_in_words(field: Field, values: Mapping[str, Value]) -> str:
    """Writes an answer as a person reads it, with what was filled in where a chosen option asks for more."""
    value = values.get(field.id)
    if value is None:
        return NOT_ANSWERED
    if not field.options:
        return in_words(field, value)
    chosen = value if isinstance(value, frozenset) else {value}
    options = [option for option in field.options if option.id in chosen]
    between = "\n" if any(option.input for option in options) else "; "
    return between.join(_chosen(option, values) for option in options)


def _pages(outcome: Outcome) -> Iterator[AnsweredPage]:
    shown, values = set(outcome.shows), outcome.values
    for page in outcome.form.pages:
        answers = tuple(
            Answer(question.asks(field).rstrip(" :"), answer_in_words(field, values))
            for question in page.questions
            for field in question.fields
            if field.id in shown
        )
        if answers:
            yield AnsweredPage(page.heading, answers)


def _chosen(option: Option, values: Mapping[str, Value]) -> str:
    if option.input is None:
        return option.text
    return f"{option.text.rstrip(':')}: {in_words(option.input, values.get(option.input.id))}"
