"""A tree written as the text of a rule, with no more parentheses than it takes to read the same tree back."""

from statsbidrag.terms.language.tree import (
    And,
    Calculated,
    Compared,
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
    Tree,
)

# What binds tighter has the higher number; all that is not listed is never in need of parentheses.
_BINDS: dict[type, int] = {Or: 0, And: 1, Not: 2}
_SUM, _PRODUCT, _WHOLE = 3, 4, 5


def written(tree: Tree) -> str:
    """Writes a rule as a rule writer would: ``unused > 0 and targeted is not no``."""
    return _number(tree) if isinstance(tree, Number) else _condition(tree)


def _condition(condition: Condition) -> str:
    match condition:
        case And(parts) | Or(parts):
            word = " and " if isinstance(condition, And) else " or "
            return word.join(_within(part, _binds(condition) + 1) for part in parts)
        case Not(Is(id, (option,))):
            return f"{id} is not {option}"
        case Not(opposite):
            return f"not {_within(opposite, _binds(condition))}"
        case Compared(left, comparison, right):
            return f"{_number(left)} {comparison} {_number(right)}"
        case Is(id, options):
            return f"{id} is {options[0]}" if len(options) == 1 else f"{id} in ({', '.join(options)})"
        case Has(id, option):
            return f"{id} has {option}"


def _number(number: Number) -> str:
    match number:
        case Constant():
            return _digits(number)
        case Named(id):
            return id
        case Counted(id):
            return f"count({id})"
        case Calculated(left, sign, right):
            return f"{_within(left, _binds(number))} {sign} {_within(right, _binds(number) + 1)}"
        case Rounded(inner, decimals):
            return f"round({_number(inner)}, {decimals})"


def _within(tree: Tree, least: int) -> str:
    """Writes a part in parentheses where it binds looser than its place demands."""
    return written(tree) if _binds(tree) >= least else f"({written(tree)})"


def _binds(tree: Tree) -> int:
    if isinstance(tree, Calculated):
        return _SUM if tree.sign in "+-" else _PRODUCT
    return _BINDS.get(type(tree), _WHOLE)


def _digits(constant: Constant) -> str:
    """Writes a number out with a decimal point, exactly: ``-0.5``."""
    decimals = constant.decimals
    whole, rest = divmod(abs(int(constant.value * 10**decimals)), 10**decimals)
    sign = "-" if constant.value < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
