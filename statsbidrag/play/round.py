"""A whole round in play, from the pot to the account, on the real recipients."""

from statsbidrag.play.distributing import distribute_all
from statsbidrag.play.giving import give
from statsbidrag.play.papers.desk import Desk
from statsbidrag.play.returning import give_back
from statsbidrag.play.stage import Stage
from statsbidrag.play.using import use
from statsbidrag.rulebook.book import Rulebook


def play(book: Rulebook, year: int, seed: int) -> Desk:
    """Plays the nine steps of a year's round; the same rules, year and seed always play the same."""
    stage = Stage(book, year, seed)
    giving = give(stage)
    distributed = distribute_all(stage, giving)
    using = use(stage, giving)
    return Desk(stage, giving, distributed, using, give_back(stage, giving, using))
