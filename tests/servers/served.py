"""The service as it is really served: its own process, its own folder, and a browser's way to it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@contextmanager
def served(data: Path, **environment: str) -> Iterator[Served]:
    """Serves the demonstration from a folder until the block ends."""
    port = free_port()
    program = Path(sys.executable).with_name("statsbidrag")
    told = {**os.environ, "STATSBIDRAG_DEMO": "1", "STATSBIDRAG_DATA": str(data), **environment}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    log = data / "server.log"
    with log.open("wb") as said:
        process = subprocess.Popen([program, "serve", "--port", str(port)], env=told, stdout=said, stderr=said)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(url, process, log)
        yield Served(url, data, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One served demonstration for the whole run; a test that moves its clock or its round serves its own."""
    with served(tmp_path_factory.mktemp("portal")) as running:
        yield running


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    latest = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < latest:
        try:
            process.wait(0.1)  # the pause between two tries, and how we learn that it has given up
        except subprocess.TimeoutExpired:
            if _answers(url):
                return
        else:
            break
    pytest.fail(f"The service did not start.\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == requests.codes.ok
    except requests.ConnectionError:
        return False
