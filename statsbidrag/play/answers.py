"""Made-up answers to any form: plausible, complete, and the same for the same chance."""

import random
from collections.abc import Mapping

from statsbidrag.cycle import Outcome, work_through
from statsbidrag.cycle.form import Field, Form, Format

_FORMATS: dict[Format | None, str] = {
    "postcode": "111 11",
    "email": "registrator@example.org",
    "phone": "010-000 00 00",
    "organisation_number": "232100-0016",
    "date": "2025-09-01",
    None: "Exempel (påhittat)",
}
_LONG_TEXT = "Exempelsvar, påhittat. Vi har arbetat tillsammans med socialtjänsten och följer upp under nästa år."
_MOST_ROUNDS = 20
_FIRST_OVER_ANOTHER = 8


def answered(
    form: Form, background: Mapping[str, object], known: Mapping[str, object], chance: random.Random
) -> tuple[dict[str, object], Outcome]:
    """Fills in everything that the form requires, page by page as a person would: what shows depends on what was said.

    Gives the answers and what the form comes to for them. ``known`` are answers that are not left to chance, by field.
    Raises RuntimeError for a form that never gets full.
    """
    answers, fields = dict(known), form.by_id()
    for _ in range(_MOST_ROUNDS):
        outcome = work_through(form, background, answers)
        if not outcome.missing:
            return _submitted(outcome, answers), outcome
        for field_id in outcome.missing:
            answers[field_id] = _made_up(fields[field_id], chance)
    raise RuntimeError(f"the form {form.id} never gets full: {outcome.missing}")


def _submitted(outcome: Outcome, answers: Mapping[str, object]) -> dict[str, object]:
    """Only what shows; the rest was known but is not asked."""
    return {field_id: answer for field_id, answer in answers.items() if field_id in outcome.shows}


def _made_up(field: Field, chance: random.Random) -> object:
    if field.kind in ("choice", "tick"):
        return _usual(field, chance) if field.kind == "choice" else True
    if field.kind == "choices":
        first, *others = (option.id for option in field.options if not option.exclusive)
        return [first, *chance.sample(others, k=chance.randint(0, min(3, len(others))))]
    if field.kind in ("whole_number", "kronor"):
        least = field.least or 0
        return chance.randint(max(least, 1), max(least, 1) + 5)
    if field.kind == "long_text" or field.format is None:
        return (_LONG_TEXT if field.kind == "long_text" else _FORMATS[None])[: field.most]
    return _FORMATS[field.format]


def _usual(field: Field, chance: random.Random) -> str:
    """One of the options, most often the first."""
    weights = [_FIRST_OVER_ANOTHER if place == 0 else 1 for place in range(len(field.options))]
    return chance.choices(field.options, weights)[0].id
