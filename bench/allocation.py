"""How soon a pot is divided."""

import random
from collections.abc import Iterator

from bench.measuring import Measurement, seconds
from statsbidrag.cycle import allocate
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.kronor import share_out


def measurements() -> Iterator[Measurement]:
    """The real 311 recipients with reasons at hand, and a million weights as sums only; both exact."""
    book = Rulebook()
    rules = book.round(2025).allocation
    recipients, children = book.recipients, book.children_of(rules)
    taken = seconds(lambda: allocate(rules, recipients, children).total, runs=50)
    yield Measurement("allocation of 311 recipients", taken * 1000, 1.0, "ms")
    chance = random.Random(1)
    weights = {f"{place:07d}": chance.randrange(1, 10**11) for place in range(1_000_000)}
    yield Measurement("a pot over a million weights", seconds(lambda: share_out(145_000_000, weights), 3), 2.0, "s")
