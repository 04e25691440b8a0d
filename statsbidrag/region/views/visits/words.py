"""What the pages of visits call things in Swedish."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.portal import rules
from statsbidrag.terms.dates import day_in_words

# What a file's state is called, and how it looks.
STATE_WORDS: Mapping[str, tuple[str, str]] = {
    "checking": ("Läses", "wait"),
    "mapping": ("Kolumnerna behöver förklaras", "wait"),
    "waiting": ("Väntar på er", "wait"),
    "keeping": ("Sparas", "wait"),
    "kept": ("Sparad", "good"),
    "refused": ("Inte använd", "bad"),
}

# What became of an offer, as a button and as a state.
OUTCOME_WORDS: Mapping[str, tuple[str, str]] = {
    "offered": ("Erbjuden", "wait"),
    "accepted": ("Tackat ja", "good"),
    "declined": ("Tackat nej", "neutral"),
    "broken off": ("Avbrutet", "bad"),
}


@cache
def column_texts() -> Mapping[str, str]:
    """Gives the Swedish name of each column of a visit file."""
    return {column.id: column.text for column in rules.book().visit_columns.columns}


def days_said(says: Mapping[str, Any]) -> str:
    """Says which days the good rows of a file are of."""
    first, last = says.get("days") or ("", "")
    if not first:
        return ""
    begins, ends = day_in_words(date.fromisoformat(first)), day_in_words(date.fromisoformat(last))
    return begins if first == last else f"{begins} – {ends}"


def short(key: str) -> str:
    """Gives the first signs of a pseudonym, which is as much as is ever shown of it."""
    return key[:6]


@cache
def profession_words() -> Mapping[str, str]:
    """Gives what each who may take part in a visit is called in a list; the two of the law by one word."""
    return {**_options("professions"), "nurse": "sjuksköterska", "social_services": "socialtjänsten"}


def meaning(column: str, codes: str) -> str:
    """Gives what a word of a file was taken for, in Swedish."""
    return ", ".join(_options(column).get(code, code) for code in codes.split(BETWEEN_CODES))


@cache
def _options(column: str) -> Mapping[str, str]:
    return next(each.options for each in rules.book().visit_columns.columns if each.id == column)
