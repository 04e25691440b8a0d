"""A form's answers as plain values, for JSON and for other programs."""

from collections.abc import Mapping
from fractions import Fraction

from statsbidrag.cycle.form import Field, Form
from statsbidrag.terms.language import Answer


def plain_answers(form: Form, values: Mapping[str, Answer]) -> dict[str, object]:
    """Gives every answer as text, number, truth or list; several choices stand in the order of the form."""
    fields = form.by_id()
    return {id: plain_answer(fields[id], value) for id, value in values.items()}


def plain_answer(field: Field, value: Answer) -> object:
    """Gives one answer; a computed number has few decimals and is written with exactly those."""
    if isinstance(value, frozenset):
        return [option.id for option in field.options if option.id in value]
    return float(value) if isinstance(value, Fraction) else value
