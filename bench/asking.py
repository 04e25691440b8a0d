"""Asks the service as its server does, in this one process, and takes the processor time and counts the questions."""

import io
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

from bench.bare import application
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.middleware import SESSION_KEY
from statsbidrag.portal.sessions import SessionStore

Form = Mapping[str, str | list[str]]
_CSRF = "c" * 32
_AS_A_FORM = "application/x-www-form-urlencoded"
_HEAD = {
    "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "127.0.0.1",
    "wsgi.errors": sys.stderr,
    "wsgi.url_scheme": "http",
}


@dataclass
class Answer:
    """What an address answered, and what that cost."""

    status: int = 0
    location: str = ""
    content: bytes = b""
    milliseconds: float = 0.0


@dataclass
class Asker:
    """Someone with a browser: the public, one of the demonstration's people, or any person by its number."""

    who: str | int
    cookie: str = field(init=False)

    def __post_init__(self) -> None:
        """Steps in, as the front page does."""
        self.cookie = f"csrftoken={_CSRF}"
        if self.who != "public":
            session: SessionBase = SessionStore()
            session[SESSION_KEY] = self.who if isinstance(self.who, int) else as_character(self.who).id
            session.save()
            self.cookie += f"; sessionid={session.session_key}"

    def get(self, path: str) -> Answer:
        """Asks for a page."""
        return self._ask("GET", path, expected=200)

    def send(
        self,
        path: str,
        form: Form,
        file: tuple[str, bytes] | None = None,
        *,
        expected: int = 302,
    ) -> Answer:
        """Sends a form for the first time: with a key of its own, and the file that it carries; it has to be right."""
        if file is None:
            return self._ask("POST", path, written(form), _AS_A_FORM, expected=expected)
        return self._ask("POST", path, _in_parts(_with_keys(form), file), "multipart/form-data; boundary=part")

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "", *, expected: int = 302) -> Answer:
        address, answer = urlsplit(path), Answer()

        def begin(status: str, headers: list[tuple[str, str]]) -> None:
            answer.status, answer.location = int(status[:3]), dict(headers).get("Location", "")

        environ: dict[str, Any] = {
            **_HEAD,
            "REQUEST_METHOD": method,
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        started = time.process_time()
        given: Iterator[bytes] = application(environ, begin)
        answer.content = b"".join(given)
        given.close()  # type: ignore[attr-defined]  # what Django gives can be closed
        answer.milliseconds = 1000 * (time.process_time() - started)
        if answer.status != expected:
            raise RuntimeError(f"{self.who} {method} {path}: {answer.status}, not {expected}")
        return answer


def median_of(times: int, ask: Callable[[], Answer]) -> float:
    """The median milliseconds of several times, after two that do not count."""
    for _ in range(2):
        ask()
    return statistics.median(ask().milliseconds for _ in range(times))


def questions(ask: Callable[[], object]) -> int:
    """How many questions are put to the database."""
    count = 0

    def counted(execute: Callable[..., object], *args: object) -> object:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        ask()
    return count


def written(form: Form) -> bytes:
    """A form as a browser sends it, with a key of its own."""
    return urlencode(_with_keys(form), doseq=True).encode()


def _with_keys(form: Form) -> dict[str, str | list[str]]:
    return {**form, "csrfmiddlewaretoken": _CSRF, "deed_key": secrets.token_hex(16)}


def _in_parts(values: Form, file: tuple[str, bytes]) -> bytes:
    parts = [
        f'--part\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values_ in values.items()
        for value in ([values_] if isinstance(values_, str) else values_)
    ]
    name, content = file
    head = f'--part\r\nContent-Disposition: form-data; name="{name}"; filename="fil.pdf"\r\n\r\n'.encode()
    return b"".join([*parts, head, content, b"\r\n--part--\r\n"])
