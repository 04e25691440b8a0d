"""Visits in the region's house: a hundred thousand rows by a file, one by hand, and the pages with them all behind."""

from collections.abc import Iterator

from bench.measuring import Measurement
from bench.serving import a_place_of_its_own, timed_inside


def measurements() -> Iterator[Measurement]:
    """All in one process, on a demonstration of its own."""
    with a_place_of_its_own():
        measured, _ = timed_inside("bench.visits_inside")
        yield from measured
