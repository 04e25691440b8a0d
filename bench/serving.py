"""A demonstration of its own, timed in one process or put behind the server that it has in real use."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load import Load, load
from bench.measuring import Measurement

PORT = 8765
_SETTINGS = {"STATSBIDRAG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
# Django has to be set up before anything that knows its rows is imported.
_INSIDE = "import bench.bare; from {module} import main; main()"


@contextmanager
def a_place_of_its_own() -> Iterator[None]:
    """Gives the processes that are started meanwhile a demonstration of their own, with nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {**_SETTINGS, "STATSBIDRAG_DATA": folder}
        yield


def timed_inside(module: str) -> tuple[list[Measurement], str]:
    """Runs the main of a module in a process of its own; gives what it measured, and its last line."""
    command = [sys.executable, "-c", _INSIDE.format(module=module)]
    *lines, last = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return [_read(line) for line in lines], last


def request(path: str, cookie: str, body: bytes = b"") -> bytes:
    """A page that is asked for, or a form that is sent."""
    head = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}"]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join((*head, "Connection: keep-alive", "", "")).encode() + body


def ratio(one: Load, other: Load) -> float:
    """How many times longer an answer takes under one load than under another; none may have failed."""
    if one.failed or other.failed:
        raise RuntimeError(f"{one.failed + other.failed} answers failed")
    return one.milliseconds / other.milliseconds


@contextmanager
def served() -> Iterator[None]:
    """The demonstration behind the server that it has in real use, with the bare view and server beside it."""
    command = (sys.executable, "-m", "granian", "bench.bare:server", "--interface", "wsgi", "--port", str(PORT))
    options = ("--workers", "2", "--blocking-threads", "1", "--backlog", "2048", "--no-ws", "--log-level", "error")
    with subprocess.Popen([*command, *options]) as server:
        try:
            _wait_for_it()
            yield
        finally:
            server.terminate()


def _wait_for_it() -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if load(PORT, request("/bare/", ""), clients=1, seconds=0.05).answered:
            return
    raise RuntimeError("the server does not answer")


def _read(line: str) -> Measurement:
    name, value, limit, unit = line.split("\t")
    return Measurement(name, float(value), float(limit), unit)
