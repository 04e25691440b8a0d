"""The text of a rule read into a rule, or a fault that says what is wrong and what to write instead."""

from typing import Literal

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language.checking import Check
from statsbidrag.terms.language.names import Scope
from statsbidrag.terms.language.rule import Rule
from statsbidrag.terms.language.tree import Counted, Has, Is, Named, Number, Tree, walk

Expects = Literal["condition", "number"]

_LONGEST = 500


def read_rule(text: str, scope: Scope, *, expects: Expects, where: str, for_columns: bool = False) -> Rule:
    """Reads one rule and checks it against the questions or columns that it may speak of.

    scope         everything that the rule may name, by id
    expects       whether a condition or a number is wanted in this place
    where         the file and the question or section, for the fault
    for_columns   refuse what engines do not compute exactly: division, rounding and decimals

    Raises Fault, in Swedish, where the rule cannot be read, names something unknown or mixes up kinds.
    """
    line = " ".join(text.split())
    tree = _tree(line, where)
    _check_expected(tree, line, expects, where)
    Check(scope, where, for_columns).tree(tree)
    return Rule(line, tree, {id: scope[id] for id in _ids(tree)}, for_columns)


def _tree(text: str, where: str) -> Tree:
    from statsbidrag.terms.language.parsing import parse  # noqa: PLC0415  # a command that reads no rule needs no lark

    if len(text) > _LONGEST:
        raise Fault(where, f"regeln är {len(text)} tecken lång.", f"Skriv den med högst {_LONGEST} tecken.")
    return parse(text, where)


def _check_expected(tree: Tree, text: str, expects: Expects, where: str) -> None:
    is_number = isinstance(tree, Number)
    if expects == "condition" and is_number:
        raise Fault(
            where, f"regeln ”{text}” är inget villkor.", f"Jämför med något, till exempel ”{text} > 0” eller ”a is b”."
        )
    if expects == "number" and not is_number:
        raise Fault(where, f"regeln ”{text}” är ett villkor, inget tal.", "Skriv en uträkning, till exempel ”a - b”.")


def _ids(tree: Tree) -> frozenset[str]:
    return frozenset(part.id for part in walk(tree) if isinstance(part, Named | Counted | Is | Has))
