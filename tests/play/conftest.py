from pathlib import Path

import pytest

from statsbidrag.play.papers.desk import Desk
from statsbidrag.play.published import papers, printed, publish
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The 2025 round in play."""
    return play(Rulebook(), 2025, seed=1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 2025 round in play with all its papers, written once for all tests."""
    out = tmp_path_factory.mktemp("played") / "2025"
    fresh = play(Rulebook(), 2025, seed=1)
    publish(printed(fresh, papers(fresh)), out)
    return out
