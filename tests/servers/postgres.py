"""A PostgreSQL of the tests' own: made, started, stopped and thrown away.

.venv/bin/python tests/servers/postgres.py COMMAND …   runs a command with both houses' databases in it
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # also run as a script
from servers.needs import free_port, needed, postgres_folder

_SECONDS_TO_START = "60"


@contextmanager
def postgres() -> Iterator[str]:
    """Starts a cluster that writes as carefully as a real one, and gives the address of its database."""
    programs = Path(needed(postgres_folder(), "PostgreSQL", "On Debian or Ubuntu: apt-get install postgresql"))
    home = Path(tempfile.mkdtemp(prefix="postgres-"))
    password = secrets.token_hex(16)
    (home / "password").write_text(password, encoding="utf-8")
    owner = _unprivileged()
    if owner:
        for path in (home, home / "password"):
            shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)
    port = free_port()
    control = [programs / "pg_ctl", "--pgdata", home / "data", "--wait", "--timeout", _SECONDS_TO_START, "--silent"]
    served_at = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=60"
    try:
        _run(owner, programs / "initdb", "--pgdata", home / "data", *_AS_OURS, "--pwfile", home / "password")
        _run(owner, *control, "--log", home / "log", "--options", served_at, "start")
        yield f"postgresql://statsbidrag:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (home / "data" / "postmaster.pid").exists():
            _run(owner, *control, "--mode", "immediate", "stop")
        shutil.rmtree(home)


def region_of(address: str) -> str:
    """Gives the address of another database on the same server, for the region's house."""
    return f"{address.rpartition('/')[0]}/region"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the run; its user may make databases."""
    with postgres() as url:
        yield url


_AS_OURS = ("--username", "statsbidrag", "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync")


def _unprivileged() -> str:
    """Gives the user to be where we are root, since PostgreSQL refuses to run as root; else an empty text."""
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known) if os.geteuid() == 0 else ""


def _run(owner: str, *command: str | Path) -> None:
    become = ("runuser", "--user", owner, "--") if owner else ()
    # Not captured by a pipe: the server inherits it and would keep it open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([*become, *command], check=False, stdout=said, stderr=said, cwd="/")
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


if __name__ == "__main__":
    with postgres() as address:
        both = {"DATABASE_URL": address, "STATSBIDRAG_REGION_DATABASE_URL": region_of(address)}
        raise SystemExit(subprocess.run(sys.argv[1:], check=False, env={**os.environ, **both}).returncode)
