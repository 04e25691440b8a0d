"""What one measurement is, and how time and memory are taken."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure beside its limit; the ratio is what counts, since machines differ."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def ratio(self) -> float:
        """The value over its limit: 1 or less keeps the promise."""
        return self.value / self.limit


def seconds(deed: Callable[[], object], runs: int = 5) -> float:
    """The median wall-clock seconds of several runs, after one that does not count."""
    deed()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def process(*arguments: str) -> tuple[float, float]:
    """Runs this Python on the arguments; gives its wall-clock seconds and its peak memory in MB."""
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.returncode)"
    )
    started = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", code, sys.executable, *arguments], capture_output=True, text=True, check=True
    ).stdout.split()
    taken = time.perf_counter() - started
    if told[1] != "0":
        raise RuntimeError(f"{arguments} ended with status {told[1]}")
    return taken, float(told[0])


def own_peak() -> float:
    """The peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
