"""The grammar of the rule language, and the parser that lark makes of it."""

from fractions import Fraction
from functools import cache
from typing import cast

from lark import Lark, Token, Transformer, v_args

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

GRAMMAR = r"""
?rule: condition | number

?condition: conjunction | conjunction ("or" conjunction)+    -> any_of
?conjunction: negation | negation ("and" negation)+          -> all_of
?negation: truth | "not" negation                            -> opposite
?truth: "(" condition ")"
      | number COMPARISON number                             -> compared
      | NAME "is" _option                                    -> is_option
      | NAME "is" "not" _option                              -> is_not_option
      | NAME "in" "(" _option ("," _option)* ")"             -> is_option
      | NAME "has" _option                                   -> has_option
_option: NAME | DIGITS

?number: product | number (PLUS | MINUS) product             -> calculated
?product: figure | product (TIMES | DIVIDED) figure          -> calculated
?figure: "(" number ")"
       | _constant                                           -> constant
       | MINUS _constant                                     -> constant
       | NAME                                                -> named
       | "count" "(" NAME ")"                                -> counted
       | "round" "(" number "," DIGITS ")"                   -> rounded
_constant: DIGITS | DECIMALS

COMPARISON: "=" | "<>" | "<" | "<=" | ">" | ">="
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIVIDED: "/"
NAME: /[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)?/
DIGITS: /[0-9]+/
DECIMALS: /[0-9]+\.[0-9]+/
%ignore /\s+/
"""


@v_args(inline=True)
class _IntoTree(Transformer[Token, Tree]):
    """Makes each part of the tree as soon as the parser has recognised it."""

    def any_of(self, *parts: Condition) -> Or:
        return Or(parts)

    def all_of(self, *parts: Condition) -> And:
        return And(parts)

    def opposite(self, condition: Condition) -> Not:
        return Not(condition)

    def compared(self, left: Number, comparison: Token, right: Number) -> Compared:
        return Compared(left, cast(Comparison, str(comparison)), right)

    def is_option(self, name: Token, *options: Token) -> Is:
        return Is(str(name), tuple(map(str, options)))

    def is_not_option(self, name: Token, option: Token) -> Not:
        return Not(self.is_option(name, option))

    def has_option(self, name: Token, option: Token) -> Has:
        return Has(str(name), str(option))

    def calculated(self, left: Number, sign: Token, right: Number) -> Calculated:
        return Calculated(left, cast(Sign, str(sign)), right)

    def constant(self, *written: Token) -> Constant:
        return Constant(Fraction("".join(written)))

    def named(self, name: Token) -> Named:
        return Named(str(name))

    def counted(self, name: Token) -> Counted:
        return Counted(str(name))

    def rounded(self, number: Number, decimals: Token) -> Rounded:
        return Rounded(number, int(decimals))


def tree_of(text: str) -> Tree:
    """Gives the tree of a rule; raises lark's UnexpectedInput where the text is not one."""
    return cast(Tree, _parser().parse(text))


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, start="rule", parser="lalr", lexer="basic", transformer=_IntoTree())
