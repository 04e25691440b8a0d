"""A demonstration on a database of its own, of each kind, made once and copied for every test that breaks things."""

import json
import os
import shutil
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
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

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
            [sys.executable, APART, *deed], env=self._told(), capture_output=True, text=True, check=False
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
        with subprocess.Popen(command, env=self._told(), stdin=pipe, stdout=pipe, text=True) as watcher:
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
            worker = subprocess.Popen(command, env=self._told(), stdout=said, stderr=said, start_new_session=True)
        try:
            yield worker
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()

    def _told(self) -> dict[str, str]:
        told = {**os.environ, "STATSBIDRAG_DEMO": "1", "STATSBIDRAG_DATA": str(self.data)}
        told.pop("DATABASE_URL", None)
        return {**told, **self.environment, "DJANGO_SETTINGS_MODULE": "statsbidrag.portal.settings"}


Made = Callable[[str], Installation]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def demonstrations(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Gives a new demonstration on a given day of the round, on SQLite and then on PostgreSQL."""
    kind = request.param
    server = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    folder = tmp_path_factory.mktemp(kind)
    templates: dict[str, Installation] = {}

    def new(name: str, template: Installation | None = None) -> Installation:
        data = folder / name
        if template:
            shutil.copytree(template.data, data)
        else:
            data.mkdir()
        if not server:
            return Installation(data, {})
        database = name.replace("-", "_")
        with psycopg.connect(server, autocommit=True) as control:
            control.execute(
                f"CREATE DATABASE {database}"
                + (f" TEMPLATE {template.data.name.replace('-', '_')}" if template else "")
            )
        return Installation(data, {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{database}"))})

    def made(stage: str) -> Installation:
        key = stage.replace(" ", "-")
        if key not in templates:
            templates[key] = new(key)
            _migrate(templates[key])
            templates[key].do("move", stage)
        return new(f"{key}-{len(list(folder.iterdir()))}", templates[key])

    return made


def _migrate(installation: Installation) -> None:
    for database in ("default", "region"):
        told = ["migrate", "--verbosity", "0", "--database", database]
        subprocess.run([sys.executable, "-m", "statsbidrag.portal", *told], env=installation._told(), check=True)
