"""Free text in the region's house: nothing that looks like a personal number is kept, repeated or logged."""

import re
from collections.abc import Mapping

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.personal_numbers import holds_number

HELD_A_NUMBER = "Texten ser ut att innehålla ett personnummer."
_DIGIT = re.compile(r"\d")
_GONE = "•"


def without_numbers(text: str, where: str) -> str:
    """Gives a text back, without blanks around it; raises Fault where something in it looks like a personal number."""
    if holds_number(text):
        raise Fault(where, HELD_A_NUMBER, "Ta bort det och skriv inga personuppgifter.")
    return text.strip()


def masked(text: str) -> str:
    """Gives a text to show again; where something in it looks like a personal number, all its digits are gone."""
    return _DIGIT.sub(_GONE, text) if holds_number(text) else text


def masked_answers(answers: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Gives answers to show again, each masked where it has to be."""
    return {id: [*map(masked, each)] if isinstance(each, list) else masked(each) for id, each in answers.items()}
