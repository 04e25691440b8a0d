"""How soon the command answers."""

import statistics
from collections.abc import Iterator

from bench.measuring import Measurement, process


def measurements() -> Iterator[Measurement]:
    """The command's own start, and a whole command from the cold."""
    runs = [process("-m", "statsbidrag.cli", "--help")[0] - process("-c", "pass")[0] for _ in range(5)]
    yield Measurement("the command's own start, beyond an empty Python", statistics.median(runs), 0.3, "s")
    allocate = [process("-m", "statsbidrag.cli", "allocate", "2025", "--format", "json")[0] for _ in range(3)]
    yield Measurement("allocate 2025 --format json, the whole process", statistics.median(allocate), 1.0, "s")
