"""A demonstration that is not served: what is done and read in it is done by processes of their own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APART = Path(__file__).with_name("apart.py")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Installation:
    """A demonstration that is not served: a folder and, on PostgreSQL, a database.

    environment   what a process of it is told
    """

    data: Path
    environment: dict[str, str]

    def do(self, *deed: str) -> str:
        """Does something in a process of its own, and gives what it says."""
        done = subprocess.run(
            [sys.executable, APART, *deed], env=self.told(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def tell(self) -> dict[str, Any]:
        """Gives what the database holds."""
        told: dict[str, Any] = json.loads(self.do("tell"))
        return told

    def wait_until(self, done: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Waits until the database holds what it should, and gives what it holds."""
        latest, told = time.monotonic() + _LONGEST, dict[str, Any]()
        command, pipe = [sys.executable, APART, "watch"], subprocess.PIPE
        with subprocess.Popen(command, env=self.told(), stdin=pipe, stdout=pipe, text=True) as watcher:
            assert watcher.stdin
            assert watcher.stdout
            while not (told and done(told)) and time.monotonic() < latest:
                threading.Event().wait(0.2)
                watcher.stdin.write("\n")
                watcher.stdin.flush()
                told = json.loads(watcher.stdout.readline())
        assert done(told), told
        return self.tell()

    @contextmanager
    def at_work(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Has a worker at work, which is killed at the end as by a power cut."""
        command = [sys.executable, "-m", "statsbidrag.portal", "work"]
        with (self.data / "worker.log").open("ab") as said:
            worker = subprocess.Popen(command, env=self.told(), stdout=said, stderr=said, start_new_session=True)
        try:
            yield worker
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    def told(self) -> dict[str, str]:
        """Gives what every process of it is told."""
        told = {**os.environ, "STATSBIDRAG_DEMO": "1", "STATSBIDRAG_DATA": str(self.data)}
        told.pop("DATABASE_URL", None)
        return {**told, **self.environment, "DJANGO_SETTINGS_MODULE": "statsbidrag.portal.settings"}
