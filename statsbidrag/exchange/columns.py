"""A rule over columns: the same tree that the core evaluates, as an expression for any engine that ibis speaks to.

A number is a column of whole numbers and a single choice a column of text. A multiple choice is a column of text with
``|`` between the codes, which engines read fastest, or a list of texts. NULL, the empty text and the empty list of a
multiple choice are unknown, and so is whatever rests on them, as in the core.
"""

import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Rule
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

_LARGEST_INT32 = 2**31 - 1
_LARGEST_INT64 = 2**63 - 1
_WIDE = dt.Decimal(38, 0)

_SIGNS: dict[Sign, Callable[[ir.Value, ir.Value], ir.Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARISONS: dict[Comparison, Callable[[ir.Value, ir.Value], ir.Value]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def column(rule: Rule, table: ir.Table) -> ir.Value:
    """Gives what a rule comes to on every row: true, false or NULL for a condition, or a whole number or NULL.

    The table has a column for each name of the rule; raises Fault where one is missing or of another type.
    Raises ValueError where the rule was not read with ``for_columns``, since it might then divide.
    """
    if not rule.for_columns:
        raise ValueError(f"”{rule.text}” was not read as a rule for columns")
    columns = _Columns(table)
    if isinstance(rule.tree, Number):
        return columns.number(rule.tree).value
    return columns.condition(rule.tree)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A column of whole numbers, and the largest absolute value that any of them can have."""

    value: ir.Value
    largest: int

    def fitting(self, largest: int) -> ir.Value:
        """Gives the column in a type that a result of that size fits in; engines refuse rather than wrap beyond it."""
        return self.value.cast(dt.int64 if largest <= _LARGEST_INT64 else _WIDE)


@dataclass(frozen=True, slots=True)
class _Columns:
    table: ir.Table

    def condition(self, condition: Condition) -> ir.Value:
        match condition:
            case Compared(left, comparison, right):
                return _COMPARISONS[comparison](self.number(left).value, self.number(right).value)
            case Is(id, options):
                return self._texts(id).isin(options)
            case Has(id, option):
                return self._has(id, option)
            case Not(opposite):
                return ~self.condition(opposite)
            case And(parts):
                return functools.reduce(operator.and_, map(self.condition, parts))
            case Or(parts):
                return functools.reduce(operator.or_, map(self.condition, parts))

    def number(self, number: Number) -> _Whole:
        match number:
            case Constant(value):
                return _Whole(ibis.literal(int(value)), abs(int(value)))
            case Named(id):
                return self._whole(id)
            case Counted(id):
                return _Whole(self._count(id), _LARGEST_INT32)
            case Calculated(left, sign, right):
                return _calculated(self.number(left), sign, self.number(right))
            case Rounded():
                raise ValueError("a rule for columns does not round")

    def _has(self, id: str, option: str) -> ir.Value:
        choices = self._typed(id, (dt.String, dt.Array), "text, eller en lista av texter")
        if isinstance(choices, ir.ArrayValue):
            return ibis.ifelse(choices.length() > 0, choices.contains(option), ibis.null(dt.boolean))
        return ("|" + choices.nullif("") + "|").contains(f"|{option}|")

    def _count(self, id: str) -> ir.Value:
        choices = self._typed(id, (dt.String, dt.Array), "text, eller en lista av texter")
        if not isinstance(choices, ir.ArrayValue):
            # Spark reads the separator of a split as a pattern, in which | does not stand for itself.
            choices = choices.nullif("").replace("|", ",").split(",")
        return _array_distinct(choices).length().nullif(0).cast(dt.int32)

    def _texts(self, id: str) -> ir.Value:
        return self._typed(id, (dt.String,), "text")

    def _whole(self, id: str) -> _Whole:
        column = self._typed(id, (dt.Integer, dt.Decimal), "hela tal")
        kind = column.type()
        if isinstance(kind, dt.Integer):
            return _Whole(column, max(-kind.bounds.lower, kind.bounds.upper))
        return _Whole(column, 10 ** (kind.precision or _WIDE.precision))

    def _typed(self, id: str, kinds: tuple[type[dt.DataType], ...], wanted: str) -> ir.Value:
        """Gives a column of one of the kinds wanted; a number with decimals is none of them."""
        if id not in self.table.columns:
            raise Fault(f"kolumnen ”{id}”", "den finns inte i tabellen.", "Lägg till den eller ändra regeln.")
        column = self.table[id]
        kind = column.type()
        if not isinstance(kind, kinds) or (isinstance(kind, dt.Decimal) and kind.scale):
            raise Fault(f"kolumnen ”{id}”", f"den har typen {kind}.", f"Gör om den till {wanted}.")
        return column


def _calculated(left: _Whole, sign: Sign, right: _Whole) -> _Whole:
    """Adds, subtracts or multiplies in a type that the result fits in, whatever the rows hold."""
    largest = left.largest * right.largest if sign == "*" else left.largest + right.largest
    return _Whole(_SIGNS[sign](left.fitting(largest), right.fitting(largest)), largest)


def _distinct(choices: ir.ArrayValue) -> ir.ArrayValue:
    """Leaves out what a list holds twice, by the function that engines call so.

    The one that ibis has, ``unique``, is written with a lambda that DuckDB no longer reads.
    """


_array_distinct = ibis.udf.scalar.builtin(
    _distinct, name="array_distinct", signature=((dt.Array(dt.string),), dt.Array(dt.string))
)
