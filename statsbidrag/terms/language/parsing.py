"""The text of a rule parsed into its tree, or a fault that points at the character where it goes wrong.

Only the first rule that is read imports this module: lark takes longer to load than most commands take to run.
"""

from lark import UnexpectedCharacters, UnexpectedToken

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language.grammar import tree_of
from statsbidrag.terms.language.tree import Tree

# A minus needs no line: it is expected where a number or another sign is.
_IN_SWEDISH = {
    "NAME": "ett namn",
    "DIGITS": "ett tal",
    "DECIMALS": "ett tal",
    "COUNT": "ett tal",
    "ROUND": "ett tal",
    "NOT": "not",
    "LPAR": "en parentes",
    "COMPARISON": "en jämförelse (= <> < <= > >=)",
    "IS": "is",
    "IN": "in",
    "HAS": "has",
    "PLUS": "ett räknetecken (+ - * /)",
    "AND": "and",
    "OR": "or",
    "COMMA": "ett kommatecken",
    "RPAR": "en slutparentes",
    "$END": "inget mer",
}


def parse(text: str, where: str) -> Tree:
    """Gives the tree of a rule; raises Fault where the text is not a rule."""
    try:
        return tree_of(text)
    except UnexpectedCharacters as error:
        raise Fault(
            where,
            f"regeln ”{text}” går inte att läsa vid tecken {error.column}, ”{error.char}”.",
            "Skriv namn med a–z, siffror och _, och jämför med = <> < <= > >=, is, in eller has.",
        ) from None
    except UnexpectedToken as error:
        raise Fault(where, f"regeln ”{text}” {_what(error)}.", f"Där väntas {_listed(error.accepts)}.") from None


def _what(error: UnexpectedToken) -> str:
    if error.token.type == "$END":
        return "slutar för tidigt"
    return f"går inte att läsa vid tecken {error.column}, ”{error.token}”"


def _listed(signs: set[str]) -> str:
    """Lists what may stand in a place, in the order of the table above, each thing once."""
    *others, last = dict.fromkeys(words for sign, words in _IN_SWEDISH.items() if sign in signs)
    return f"{', '.join(others)} eller {last}" if others else last
