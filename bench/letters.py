"""How soon 311 decision letters are set, as PDF/A-2a and PDF/UA-1, and whether they come out the same twice."""

import hashlib
from collections.abc import Iterator

from bench.measuring import Measurement, seconds
from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.play.published import papers
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook


def measurements() -> Iterator[Measurement]:
    """The decision letters of a round, and one of them alone in a warm press."""
    desk = play(Rulebook(), 2025, seed=1)
    press = Press(desk.stage.book.folder, desk.stage.book.library.place)
    letters = [(path, content) for path, content in papers(desk) if isinstance(content, Letter)]
    notices = [content for path, content in letters if path.startswith("1-allocation")]
    decisions = [content for path, content in letters if path.startswith("4-decision")]
    several = (decisions * 2)[:311]
    sums: set[str] = set()

    def set_all() -> None:
        sums.add(hashlib.sha256(b"".join(press.render_all(several))).hexdigest())

    yield Measurement("311 decision letters, two at a time", seconds(set_all, runs=3), 3.0, "s")
    yield Measurement("different results over those runs", len(sums), 1, "")
    yield Measurement(
        "311 ceiling notices with every reason", seconds(lambda: list(press.render_all(notices)), 1), 3.0, "s"
    )
