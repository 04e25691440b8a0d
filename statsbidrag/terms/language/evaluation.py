"""What a rule comes to on a set of answers; what is not answered is unknown, and stays unknown.

A tree is turned into a function once, since a form puts its rules to every set of answers time after time.

An answer that is missing, hidden (left out or None) or an empty multiple choice is unknown. Arithmetic and
comparisons with something unknown are unknown, and so is division by zero; ``and``, ``or`` and ``not`` are
Kleene's: false and unknown is false, true or unknown is true. Numbers are exact: whole until something is divided,
and fractions from there on. Rounding is half away from zero.
"""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from statsbidrag.terms.kronor import round_half_away
from statsbidrag.terms.language.names import Answer
from statsbidrag.terms.language.tree import (
    And,
    Calculated,
    Compared,
    Comparison,
    Condition,
    Constant,
    Counted,
    Has,
    Is,
    Named,
    Not,
    Number,
    Or,
    Rounded,
    Sign,
)

Answers = Mapping[str, Answer]
Exact = int | Fraction
Truth = Callable[[Answers], bool | None]
Figure = Callable[[Answers], Exact | None]

_COMPARISONS: dict[Comparison, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SIGNS: dict[Sign, Callable[[Any, Any], Exact]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": Fraction,
}


def truth(condition: Condition) -> Truth:
    """Gives what says whether a condition is true or false, or None where that is unknown."""
    match condition:
        case Compared(left, comparison, right):
            return _compared(_COMPARISONS[comparison], figure(left), figure(right))
        case Is(id, options):
            return _is(id, options)
        case Has(id, option):
            return _has(id, option)
        case Not(opposite):
            return _opposite(truth(opposite))
        case And(parts):
            return _joined([truth(part) for part in parts], decided_by=False)
        case Or(parts):
            return _joined([truth(part) for part in parts], decided_by=True)


def figure(tree: Number) -> Figure:
    """Gives what says the exact number, or None where it is unknown."""
    match tree:
        case Constant(value):
            whole_if_whole = value.numerator if value.denominator == 1 else value
            return lambda _: whole_if_whole
        case Named(id):
            return _named(id)
        case Counted(id):
            return lambda answers: len(_choices(id, answers)) or None
        case Calculated(left, sign, right):
            return _calculated(sign, figure(left), figure(right))
        case Rounded(inner, decimals):
            return _rounded(figure(inner), decimals)


def _compared(compare: Callable[[Any, Any], bool], left: Figure, right: Figure) -> Truth:
    def holds(answers: Answers) -> bool | None:
        one, other = left(answers), right(answers)
        return None if one is None or other is None else compare(one, other)

    return holds


def _is(id: str, options: tuple[str, ...]) -> Truth:
    def holds(answers: Answers) -> bool | None:
        answer = answers.get(id)
        if answer is None:
            return None
        if isinstance(answer, str):
            return answer in options
        raise _wrong(id, answer)

    return holds


def _has(id: str, option: str) -> Truth:
    def holds(answers: Answers) -> bool | None:
        choices = _choices(id, answers)
        return option in choices if choices else None

    return holds


def _opposite(condition: Truth) -> Truth:
    def holds(answers: Answers) -> bool | None:
        is_true = condition(answers)
        return None if is_true is None else not is_true

    return holds


def _joined(conditions: list[Truth], *, decided_by: bool) -> Truth:
    def holds(answers: Answers) -> bool | None:
        # All of them are asked, so that an answer of the wrong kind never hides behind what is decided already.
        truths = [condition(answers) for condition in conditions]
        if decided_by in truths:
            return decided_by
        return None if None in truths else not decided_by

    return holds


def _named(id: str) -> Figure:
    def number(answers: Answers) -> Exact | None:
        answer = answers.get(id)
        if answer is None or (isinstance(answer, int | Fraction) and not isinstance(answer, bool)):
            return answer
        raise _wrong(id, answer)

    return number


def _calculated(sign: Sign, left: Figure, right: Figure) -> Figure:
    calculate, divides = _SIGNS[sign], sign == "/"

    def number(answers: Answers) -> Exact | None:
        one, other = left(answers), right(answers)
        if one is None or other is None or (divides and other == 0):
            return None
        return calculate(one, other)

    return number


def _rounded(inner: Figure, decimals: int) -> Figure:
    def number(answers: Answers) -> Exact | None:
        exact = inner(answers)
        return None if exact is None else round_half_away(exact, decimals)

    return number


def _choices(id: str, answers: Answers) -> frozenset[str]:
    """Gives the options chosen; the empty set is the same as no answer."""
    answer = answers.get(id)
    if answer is None:
        return frozenset()
    if isinstance(answer, frozenset):
        return answer
    raise _wrong(id, answer)


def _wrong(id: str, answer: Answer) -> TypeError:
    """Tells the programmer that answers were not checked against their kinds before they came here."""
    return TypeError(f"{answer!r} is not the kind of answer that {id} takes")
