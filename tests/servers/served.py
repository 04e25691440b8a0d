"""The service as it is really served: its own process, its own folder, and a browser's way to it."""

import atexit
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import requests
from servers.needs import free_port

_SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running service.

    url      its front page
    data     the folder of its database
    process  what serves it
    """

    url: str
    data: Path
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """Ends every process of it at once, as a power cut would; nothing gets to tidy up."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.wait_for_all()

    @property
    def log(self) -> Path:
        """The file of what it says."""
        return self.data / "server.log"

    def verified(self) -> str:
        """Gives what the command says of the diary and the ledger, once it has found them whole."""
        program = Path(sys.executable).with_name("statsbidrag")
        command = [program, "verify", "--database", "--demonstration", "--data", self.data]
        own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=own)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_for_all(self) -> None:
        """Waits until its last process has ended: they share a lock on the log, and it goes with the last of them."""
        with self.log.open("rb") as said:
            fcntl.flock(said, fcntl.LOCK_EX)


@contextmanager
def served(data: Path, **environment: str) -> Iterator[Served]:
    """Serves the demonstration from a folder until the block ends; an empty folder gets one that has just begun."""
    if not environment and not any(data.iterdir()):
        begin(data)
    with _served(data, environment) as running:
        yield running


def begin(data: Path) -> None:
    """Puts a demonstration on its first day in an empty folder."""
    shutil.copytree(_just_begun(), data, dirs_exist_ok=True)


@cache
def _just_begun() -> Path:
    """Made once, and copied for all who need one."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    with _served(folder, {}) as running:
        pass
    running.log.unlink()
    return folder


@contextmanager
def _served(data: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    port = free_port()
    program = Path(sys.executable).with_name("statsbidrag")
    told = {**os.environ, "STATSBIDRAG_DEMO": "1", "STATSBIDRAG_DATA": str(data), **environment}
    for ours in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"} - environment.keys():
        told.pop(ours, None)
    with (data / "server.log").open("wb") as said:
        fcntl.flock(said, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [program, "serve", "--port", str(port)], env=told, stdout=said, stderr=said, start_new_session=True
        )
    running = Served(f"http://127.0.0.1:{port}/", data, process)
    try:
        _wait_for(running)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
        running.wait_for_all()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One served demonstration for the whole run; a test that moves its clock or its round serves its own."""
    with served(tmp_path_factory.mktemp("portal")) as running:
        yield running


def _wait_for(running: Served) -> None:
    latest = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < latest:
        try:
            running.process.wait(0.1)  # the pause between two tries, and how we learn that it has given up
        except subprocess.TimeoutExpired:
            if _answers(running.url):
                return
        else:
            break
    pytest.fail(f"The service did not start.\n{running.log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == requests.codes.ok
    except requests.RequestException:
        return False
