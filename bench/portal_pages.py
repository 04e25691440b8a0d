"""Fills a demonstration, moves it to its liveliest day and times every kind of page and save in this one process."""

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a script

from django.contrib.sessions.backends.base import SessionBase
from django.core.management import call_command

from bench.bare import application
from statsbidrag.portal import clock
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.moving import move_to
from statsbidrag.portal.demonstration.stages import stage_of
from statsbidrag.portal.middleware import SESSION_KEY
from statsbidrag.portal.sessions import SessionStore

YEAR = 2025
OWN = "municipality-0484"
FORM = f"/organisation/{OWN}/{YEAR}/rekvisition/"
PAGES = (
    ("a bare Django view", "public", "/bare/", 1.0),
    ("the allocation list of 311", "public", f"/omgangar/{YEAR}/fordelningslista/", 15.0),
    ("the officer's list of 311", "officer", f"/myndighet/omgangar/{YEAR}/rekvisitioner/", 15.0),
    ("the requisition form", "agent_of_municipality", FORM, 2.0),
    ("the start page", "public", "/", 5.0),
    ("the call", "public", f"/omgangar/{YEAR}/", 5.0),
    ("why an amount", "public", f"/omgangar/{YEAR}/fordelningslista/region-01/", 5.0),
    ("the assumptions", "public", "/om/antaganden/", 5.0),
    ("the public diary", "public", "/diarium/", 5.0),
    ("the recipient's desk", "agent_of_municipality", f"/organisation/{OWN}/", 5.0),
    ("the recipient's case", "agent_of_region", f"/organisation/region-01/{YEAR}/", 5.0),
    ("the agency's desk", "officer", "/myndighet/", 5.0),
    ("the round's nine stations", "officer", f"/myndighet/omgangar/{YEAR}/", 5.0),
)
_TIMES = 100


def main() -> None:
    """Prints a line for each page: its name, milliseconds of processor time, its limit."""
    call_command("demonstrate")
    for key in ("open", "last day"):
        stage = stage_of(YEAR, key)
        assert stage is not None
        move_to(YEAR, stage, clock.now())
    for name, who, path, limit in PAGES:
        print(f"{name}\t{_milliseconds(path, _cookie(who)):.3f}\t{limit}\tms")
    print(FORM)
    print(_cookie("agent_of_municipality"))


def _cookie(who: str) -> str:
    if who == "public":
        return ""
    session: SessionBase = SessionStore()
    session[SESSION_KEY] = as_character(who).id
    session.save()
    return f"sessionid={session.session_key}; csrftoken={'c' * 32}"


def _milliseconds(path: str, cookie: str) -> float:
    for _ in range(3):
        _ask(path, cookie)
    started = time.process_time()
    for _ in range(_TIMES):
        _ask(path, cookie)
    return 1000 * (time.process_time() - started) / _TIMES


def _ask(path: str, cookie: str, form: dict[str, str] | None = None) -> bytes:
    body = urlencode(form or {}).encode()
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer: Iterator[bytes] = application(environ, lambda status, _headers: statuses.append(status))
    content = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    if statuses[0][:3] not in ("200", "302"):
        raise RuntimeError(f"{path}: {statuses[0]}")
    return content
