"""What a rule comes to on one set of answers; what is not answered is unknown, and stays unknown.

An answer that is missing, hidden (left out or None) or an empty multiple choice is unknown. Arithmetic and
comparisons with something unknown are unknown, and so is division by zero; ``and``, ``or`` and ``not`` are
Kleene's: false and unknown is false, true or unknown is true. Numbers are exact; rounding is half away from zero.
"""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

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

_COMPARISONS: dict[Comparison, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SIGNS: dict[Sign, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def truth(condition: Condition, answers: Answers) -> bool | None:
    """Says whether a condition is true or false, or None where that is unknown."""
    match condition:
        case Compared(left, comparison, right):
            return _compared(comparison, number(left, answers), number(right, answers))
        case Is(id, options):
            choice = _choice(id, answers)
            return None if choice is None else choice in options
        case Has(id, option):
            choices = _choices(id, answers)
            return option in choices if choices else None
        case Not(opposite):
            holds = truth(opposite, answers)
            return None if holds is None else not holds
        case And(parts):
            return _joined([truth(part, answers) for part in parts], decided_by=False)
        case Or(parts):
            return _joined([truth(part, answers) for part in parts], decided_by=True)


def number(tree: Number, answers: Answers) -> Fraction | None:
    """Gives the exact number, or None where it is unknown."""
    match tree:
        case Constant(value):
            return value
        case Named(id):
            return _figure(id, answers)
        case Counted(id):
            choices = _choices(id, answers)
            return Fraction(len(choices)) if choices else None
        case Calculated(left, sign, right):
            return _calculated(sign, number(left, answers), number(right, answers))
        case Rounded(inner, decimals):
            exact = number(inner, answers)
            return None if exact is None else round_half_away(exact, decimals)


def _joined(truths: list[bool | None], *, decided_by: bool) -> bool | None:
    if decided_by in truths:
        return decided_by
    return None if None in truths else not decided_by


def _compared(comparison: Comparison, left: Fraction | None, right: Fraction | None) -> bool | None:
    if left is None or right is None:
        return None
    return _COMPARISONS[comparison](left, right)


def _calculated(sign: Sign, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    return _SIGNS[sign](left, right)


def _figure(id: str, answers: Answers) -> Fraction | None:
    answer = answers.get(id)
    if answer is None or isinstance(answer, Fraction):
        return answer
    if isinstance(answer, int) and not isinstance(answer, bool):
        return Fraction(answer)
    raise _wrong(id, answer)


def _choice(id: str, answers: Answers) -> str | None:
    answer = answers.get(id)
    if answer is None or isinstance(answer, str):
        return answer
    raise _wrong(id, answer)


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
