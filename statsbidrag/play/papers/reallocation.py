"""Folder 3-reallocation: what was left, who got it and why."""

import json
from collections.abc import Iterator

from statsbidrag.exchange.tables import Column, Table
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP

_COLUMNS = (
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("ceiling", "Högsta belopp (kr)", "kronor"),
    Column("at_most", "Vill ha högst (kr)", "kronor"),
    Column("kronor", "Omfördelat (kr)", "kronor"),
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list of shares, and the sums as JSON."""
    shared, stage = desk.giving.reallocation, desk.stage
    rows = tuple(
        (key, stage.recipients[key].name, shared.weights[key], shared.at_most.get(key), kronor)
        for key, kronor in shared.shares.items()
    )
    why = shared.because_stays()
    about = (("Kvar att omfördela", in_words(shared.left)), ("Stannar", f"{in_words(shared.stays)}. {why.says}."))
    table = Table(f"Omfördelning {stage.year}", _COLUMNS, rows, about)
    yield from desk.list_papers("reallocation", table, stage.reallocated_on)
    sums = {"left": shared.left, "given": shared.left - shared.stays, "stays": shared.stays, "why": why.says}
    yield "reallocation.json", (json.dumps({"note": MADE_UP, **sums}, ensure_ascii=False, indent=2) + "\n").encode()
