"""The answers to a form to read through before it is sent in, each with what is wrong and the way to change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from statsbidrag.cycle import Outcome
from statsbidrag.cycle.form import Field, Page, Question
from statsbidrag.exchange.letters.answered import answer_in_words
from statsbidrag.portal.views.questions.asking import answer_id, ids_of


@dataclass(frozen=True, slots=True)
class Altered:
    """That an answer is another than what was filled in: what that was, from where, and why it was changed.

    at   where the reason is written in the page, as an id
    """

    was: str
    source: str
    reason: str
    at: str


def pages_to_read(
    pages: Iterable[Page], outcome: Outcome, altered: Mapping[str, Altered] | None = None
) -> list[tuple[Page, list[dict[str, Any]]]]:
    """Gives every page that has something shown, with its questions and answers in words, and what was altered."""
    shown, told = set(outcome.shows), []
    for page in pages:
        written = {one.id for one in ids_of(page)}
        rows = [
            {**_row(question, one, outcome, altered or {}), "written": one.id in written}
            for question in page.questions
            for one in question.fields
            if one.id in shown
        ]
        if rows:
            told.append((page, rows))
    return told


def _row(question: Question, one: Field, outcome: Outcome, altered: Mapping[str, Altered]) -> dict[str, Any]:
    """A field as it is read: what is wrong may be in what a chosen option asks for."""
    every = {one.id, *(each.id for each in one.inputs)}
    return {
        "id": answer_id(one.id),
        "asks": question.asks(one).rstrip(" :"),
        "answer": answer_in_words(one, outcome.values),
        "fault": next((fault for id, fault in outcome.mistakes.items() if id in every), None),
        "missing": not every.isdisjoint(outcome.missing),
        "altered": [each for id, each in altered.items() if id in every],
    }
