"""The e-service: what pages and saves cost, and how it bears many at once, beside a bare view and a bare server."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load import Load, load
from bench.measuring import Measurement, process

_SETTINGS = {"STATSBIDRAG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
_PORT = 8765
# Django has to be set up before anything that knows its rows is imported.
_PAGES = "import bench.bare; from bench.portal_inside import main; main()"


def measurements() -> Iterator[Measurement]:
    """Migrations and a lived-in demonstration, each page in one process, then the server under many clients."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {**_SETTINGS, "STATSBIDRAG_DATA": folder}
        taken, _ = process("-m", "statsbidrag.portal", "migrate", "--verbosity", "0")
        yield Measurement("migrations of an empty database, the whole process", taken, 3.0, "s")
        told = subprocess.run([sys.executable, "-c", _PAGES], stdout=subprocess.PIPE, text=True, check=True).stdout
        *lines, form_page, cookie = told.splitlines()
        for line in lines:
            name, value, limit, unit = line.split("\t")
            yield Measurement(name, float(value), float(limit), unit)
        yield from _under_load(form_page, cookie)


def _under_load(form_page: str, cookie: str) -> Iterator[Measurement]:
    with _served():
        bare_server, bare_view, form = (
            load(_PORT, _request(path, cookie), clients=50, seconds=4) for path in ("/server/", "/bare/", form_page)
        )
        yield Measurement("a form page, 50 clients, beside a bare view", _ratio(form, bare_view), 6.0, "x")
        yield Measurement("a form page, 50 clients, beside a bare server", _ratio(form, bare_server), 60.0, "x")
        many = load(_PORT, _request(form_page, cookie), clients=200, seconds=4)
        yield Measurement(f"faults among {many.answered} answers to 200 clients", many.failed, 1.0, "")


def _ratio(one: Load, other: Load) -> float:
    if one.failed or other.failed:
        raise RuntimeError(f"{one.failed + other.failed} answers failed")
    return one.milliseconds / other.milliseconds


def _request(path: str, cookie: str) -> bytes:
    head = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}", "Connection: keep-alive")
    return "\r\n".join((*head, "", "")).encode()


@contextmanager
def _served() -> Iterator[None]:
    """The demonstration behind the server that it has in real use, with the bare view and server beside it."""
    command = (sys.executable, "-m", "granian", "bench.bare:server", "--interface", "wsgi", "--port", str(_PORT))
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
        if load(_PORT, _request("/bare/", ""), clients=1, seconds=0.05).answered:
            return
    raise RuntimeError("the server does not answer")
