"""Keeps the worker at work, in a process of its own beside those that answer."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_WORK = (sys.executable, "-m", "statsbidrag.portal", "work")
_PAUSE = 0.5
_BEFORE_THE_NEXT = 1.0
_SECONDS_TO_STOP = 10


@contextmanager
def at_work() -> Iterator[None]:
    """Keeps a worker at work in a process of its own; one that dies is followed by another."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=(stopping,), name="keeps a worker")
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep(stopping: threading.Event) -> None:
    while not stopping.is_set():
        with subprocess.Popen(_WORK) as process:  # noqa: S603  # our own program, and no word from outside
            while process.poll() is None and not stopping.wait(_PAUSE):
                pass
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_STOP)
            process.kill()
        stopping.wait(_BEFORE_THE_NEXT)
