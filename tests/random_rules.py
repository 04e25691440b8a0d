"""Made-up names, rules and answers, drawn at random: what the tests of the language and of the columns share."""

from collections.abc import Callable
from fractions import Fraction
from typing import get_args

from hypothesis import strategies as st

from statsbidrag.terms.language import Answer, Kind, Name
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
)

PLACES = {"ordinary": "Ordinarie besök", "extra": "Extra besök"}
PROFESSIONS = {"nurse": "Sjuksköterska", "social": "Socialtjänst", "social_2": "Förebyggande socialtjänst"}
CODES = ("ZV509", "ZV50", "AV034", "0180")

NAMES = (
    Name("month", Kind.NUMBER, "Barnets ålder i månader"),
    Name("contacts", Kind.NUMBER, "Antal kontakter"),
    Name("report.kronor", Kind.NUMBER, "Belopp"),
    Name("place", Kind.CHOICE, "Plats i programmet", PLACES),
    Name("clinic", Kind.CHOICE, "Barnavårdscentral"),
    Name("professions", Kind.CHOICES, "Yrkesgrupper", PROFESSIONS),
    Name("codes", Kind.CHOICES, "KVÅ-koder"),
)
SCOPE = {name.id: name for name in NAMES}


def _ids(kind: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from([name.id for name in NAMES if name.kind is kind])


def _options(id: str) -> st.SearchStrategy[str]:
    return st.sampled_from(tuple(SCOPE[id].options or CODES))


def _constants(decimals: int) -> st.SearchStrategy[Constant]:
    whole = st.integers(-9, 9) | st.integers(-(10**6), 10**6)
    return st.builds(lambda digits, places: Constant(Fraction(digits, 10**places)), whole, st.integers(0, decimals))


def numbers(*, for_columns: bool = False) -> st.SearchStrategy[Number]:
    """Draws numbers; those for columns are whole and neither divide nor round."""
    leaves = (
        st.builds(Named, _ids(Kind.NUMBER))
        | st.builds(Counted, _ids(Kind.CHOICES))
        | _constants(decimals=0 if for_columns else 3)
    )
    signs = st.sampled_from("+-*" if for_columns else "+-*/")
    return st.recursive(leaves, lambda inner: _calculations(inner, signs, rounds=not for_columns), max_leaves=3)


def _calculations(
    inner: st.SearchStrategy[Number], signs: st.SearchStrategy[str], *, rounds: bool
) -> st.SearchStrategy[Number]:
    calculated = st.builds(Calculated, inner, signs, inner)
    return calculated | st.builds(Rounded, inner, st.integers(0, 9)) if rounds else calculated


def conditions(*, for_columns: bool = False) -> st.SearchStrategy[Condition]:
    """Draws conditions short enough to stand on one line."""
    compared = st.builds(
        Compared,
        numbers(for_columns=for_columns),
        st.sampled_from(get_args(Comparison)),
        numbers(for_columns=for_columns),
    )
    return st.recursive(compared | _chosen() | _held(), _joinings, max_leaves=4)


@st.composite
def _chosen(draw: Callable[[st.SearchStrategy[object]], object]) -> Is:
    id = draw(_ids(Kind.CHOICE))
    return Is(id, tuple(draw(st.lists(_options(id), min_size=1, max_size=3, unique=True))))


@st.composite
def _held(draw: Callable[[st.SearchStrategy[object]], object]) -> Has:
    id = draw(_ids(Kind.CHOICES))
    return Has(id, draw(_options(id)))


def _joinings(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, inner) | st.builds(And, parts) | st.builds(Or, parts)


def answers() -> st.SearchStrategy[dict[str, Answer]]:
    """Draws an answer, or None, to each name; amounts as large as a country's."""
    return st.fixed_dictionaries({name.id: st.none() | _answers_to(name) for name in NAMES})


def _answers_to(name: Name) -> st.SearchStrategy[Answer]:
    match name.kind:
        case Kind.CHOICE:
            return _options(name.id)
        case Kind.CHOICES:
            return st.frozensets(_options(name.id))
        case _:
            largest = {"month": 127, "contacts": 10**9}.get(name.id, 10**12)
            return st.integers(-3, 3) | st.integers(-largest, largest)
