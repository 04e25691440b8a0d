from pathlib import Path

import pytest

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.rounds import read_round


@pytest.fixture(scope="session")
def round_2025(rules: Path) -> Round:
    """The shipped rules of 2025, which rest on the ordinance."""
    return read_round(rules / "rounds" / "2025.toml")


@pytest.fixture(scope="session")
def round_2024(rules: Path) -> Round:
    """The shipped rules of 2024, which rest on a commission; regions only."""
    return read_round(rules / "rounds" / "2024.toml")
