"""How soon a whole round is played, with and without its papers."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Measurement, process, seconds
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook


def measurements() -> Iterator[Measurement]:
    """The arithmetic of the nine steps, and the command with all its lists, letters and files."""
    book = Rulebook()
    book.round(2025), book.library, book.recipients, book.form("report-2025")
    yield Measurement("the arithmetic of a whole round", seconds(lambda: play(book, 2025, seed=1), runs=3), 1.0, "s")
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "2025")
        taken, peak = process("-m", "statsbidrag.cli", "play", "2025", "--out", out)
    yield Measurement("play 2025 with all its papers", taken, 20.0, "s")
    yield Measurement("its peak memory", peak, 500.0, "MB")
