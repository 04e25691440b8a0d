"""A rule in Swedish, as the reading copy and the pages tell it.

A condition is written as the clause that follows ”när”, ”om” or ”att”, so that ”inte” stands before the verb:
”när svaret på ”Riktat” inte är ”Nej””. Every joined condition inside another opens with a word of its own (både,
antingen, inte både, varken), so that a sentence has only one reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from statsbidrag.terms.kronor import decimal_comma
from statsbidrag.terms.language.names import Scope
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
    Tree,
)

_THAN_A_FIGURE: dict[Comparison, str] = {
    "=": "är",
    "<>": "är",
    "<": "är mindre än",
    "<=": "är högst",
    ">": "är större än",
    ">=": "är minst",
}
_THAN_ANOTHER: dict[Comparison, str] = {
    **_THAN_A_FIGURE,
    "=": "är lika stort som",
    "<>": "är lika stort som",
    "<=": "är högst lika stort som",
    ">=": "är minst lika stort som",
}
_SEEN_FROM_THE_RIGHT: dict[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGNS: dict[Sign, str] = {"+": "plus", "-": "minus", "*": "gånger", "/": "delat med"}
_HOW_MANY = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")

_Joining = Literal["och", "eller"]


def part_of(question: str, part: str) -> str:
    """Gives the label of a row of a matrix, or of an option's own field: ”Har ni kunnat…” – ”genomförs regelbundet”."""
    return f"{quoted(question)} – {quoted(part)}"


def quoted(label: str) -> str:
    """Puts a label in quotation marks, without the colon, star or question mark that it ends with on a form.

    A label that ``part_of`` made has its marks already.
    """
    return label if label.startswith("”") else f"”{label.strip().removeprefix('…').strip().rstrip(' :*?.')}”"


@dataclass(frozen=True, slots=True)
class Speech:
    """Says rules in Swedish: of the answers to a form, or of the columns of a table."""

    scope: Scope
    of_columns: bool

    def say(self, tree: Tree) -> str:
        """Says a condition as a clause, or a number as an expression."""
        match tree:
            case And(parts):
                return self._join(parts, "", "och")
            case Or(parts):
                return self._join(parts, "", "eller")
            case _:
                return self._number(tree) if isinstance(tree, Number) else self._condition(tree)

    def _condition(self, condition: Condition, inte: str = "") -> str:
        """Says a condition that may stand inside another; ``inte`` is ”inte ” where it is denied."""
        match condition:
            case Not(opposite):
                return self._condition(opposite, "" if inte else "inte ")
            case And(parts):
                return self._join(parts, f"{inte}både ", "och")
            case Or(parts):
                return self._join(parts, "varken " if inte else "antingen ", "eller")
            case Compared():
                return self._comparison(condition, inte)
            case Is(id, options):
                return f"{self._answer(id)} {self._one_of(id, options, inte)}"
            case Has(id, option):
                verb = "finns" if self.of_columns else "är valt"
                return f"{self._option(id, option)} {inte}{verb} i {self._label(id)}"

    def _join(self, parts: tuple[Condition, ...], opening: str, joining: _Joining) -> str:
        """Joins clauses; where one of them lists things itself, a comma and the joining word shut it off."""
        *others, last = map(self._condition, parts)
        if any(map(_lists, parts[:-1])):
            return opening + f", {joining} ".join([*others, last])
        return f"{opening}{', '.join(others)} {joining} {last}"

    def _comparison(self, compared: Compared, inte: str) -> str:
        left, comparison, right = compared.left, compared.comparison, compared.right
        if isinstance(left, Constant):
            left, comparison, right = right, _SEEN_FROM_THE_RIGHT[comparison], left
        verbs = _THAN_A_FIGURE if isinstance(right, Constant) else _THAN_ANOTHER
        denied = bool(inte) != (comparison == "<>")
        return f"{self._number(left)} {'inte ' if denied else ''}{verbs[comparison]} {self._number(right)}"

    def _one_of(self, id: str, options: tuple[str, ...], inte: str) -> str:
        said = [self._option(id, option) for option in options]
        if len(said) == 1:
            return f"{inte}är {said[0]}"
        return f"{'varken ' if inte else ''}är {_listed(said)}"

    def _number(self, number: Number) -> str:
        match number:
            case Constant(value):
                return decimal_comma(value, number.decimals)
            case Named(id):
                return self._answer(id) if self._asks(id) else self._label(id)
            case Counted(id):
                return f"antalet {'värden' if self.of_columns else 'valda alternativ'} i {self._label(id)}"
            case Calculated(left, sign, right):
                return f"{self._operand(left, sign)} {_SIGNS[sign]} {self._operand(right, sign, last=True)}"
            case Rounded(inner, decimals):
                return f"{self._operand(inner, '/', last=True)} avrundat till {_decimals(decimals)}"

    def _operand(self, number: Number, sign: Sign, *, last: bool = False) -> str:
        said = self._number(number)
        return f"({said})" if _needs_parentheses(number, sign, last=last) else said

    def _answer(self, id: str) -> str:
        return self._label(id) if self.of_columns else f"svaret på {self._label(id)}"

    def _asks(self, id: str) -> bool:
        """Whether the label is a question, so that a number is the answer to it and not the thing itself."""
        return self.scope[id].text.rstrip(" :*").endswith("?")

    def _label(self, id: str) -> str:
        return quoted(self.scope[id].text)

    def _option(self, id: str, option: str) -> str:
        options = self.scope[id].options
        return quoted(option if options is None else options[option])


def _lists(condition: Condition) -> bool:
    """Whether the clause has an ”och” or ”eller” of its own."""
    match condition:
        case Not(opposite):
            return _lists(opposite)
        case Is(_, options):
            return len(options) > 1
        case _:
            return isinstance(condition, And | Or)


def _listed(said: Sequence[str]) -> str:
    return f"{', '.join(said[:-1])} eller {said[-1]}"


def _needs_parentheses(number: Number, sign: Sign, *, last: bool) -> bool:
    """Whether a part of a calculation would be read wrongly without parentheses."""
    match number:
        case Rounded():
            return True
        case Calculated(_, inner, _):
            return last or (sign in "*/" and inner in "+-")
        case _:
            return False


def _decimals(decimals: int) -> str:
    match decimals:
        case 0:
            return "heltal"
        case 1:
            return "en decimal"
        case _:
            return f"{_HOW_MANY[decimals]} decimaler"
