"""Finds a recipient by what a person writes: a name, the beginning of one, or a code."""

import difflib
from collections.abc import Sequence

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient

_MOST_NAMED = 25


def recipient_named(text: str, recipients: Sequence[Recipient], where: str) -> Recipient:
    """Gives the one recipient that is meant: by its name or code, else by the beginning of a word in its name.

    Capitals and small letters are the same. Raises Fault where several fit, which it lists, or none, with the nearest.
    """
    meant = " ".join(text.casefold().split())
    fitting = [one for one in recipients if meant in (one.name.casefold(), one.code, one.key)]
    fitting = fitting or [one for one in recipients if meant and f" {meant}" in f" {one.name.casefold()}"]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        more = f" och {len(fitting) - _MOST_NAMED} till" if len(fitting) > _MOST_NAMED else ""
        why = f"Namnet passar flera: {_listed(fitting[:_MOST_NAMED])}{more}."
        raise Fault(where, why, "Skriv hela namnet eller koden.")
    raise Fault(where, "Ingen region eller kommun heter så.", _nearest(meant, recipients))


def _nearest(meant: str, recipients: Sequence[Recipient]) -> str:
    """Suggests names alike, compared also without the words that every name shares."""
    by_name = {one.name.casefold(): one for one in recipients}
    by_name |= {name.removeprefix("region ").removesuffix(" kommun"): one for name, one in by_name.items()}
    near = difflib.get_close_matches(meant, by_name, n=3, cutoff=0.6)
    unique = list({by_name[name].key: by_name[name] for name in near}.values())
    return f"Menade du {_listed(unique)}?" if unique else "Skriv namnet eller koden som i listan."


def _listed(recipients: Sequence[Recipient]) -> str:
    return ", ".join(f"{one.name} ({one.code})" for one in recipients)
