"""The answers to a form to read through before it is sent in, each with what is wrong and the way to change it."""

from collections.abc import Iterable
from typing import Any

from statsbidrag.cycle import Outcome
from statsbidrag.cycle.form import Page
from statsbidrag.exchange.letters.answered import answer_in_words


def pages_to_read(pages: Iterable[Page], outcome: Outcome) -> list[tuple[Page, list[dict[str, Any]]]]:
    """Gives every page that has something shown, with its questions and answers in words."""
    shown, missing = set(outcome.shows), set(outcome.missing)
    told = []
    for page in pages:
        rows = [
            {
                "id": f"id_{one.id.replace('.', '-')}",
                "asks": question.asks(one).rstrip(" :"),
                "answer": answer_in_words(one, outcome.values),
                "fault": outcome.mistakes.get(one.id),
                "missing": one.id in missing,
            }
            for question in page.questions
            for one in question.fields
            if one.id in shown
        ]
        if rows:
            told.append((page, rows))
    return told
