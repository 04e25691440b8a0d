"""Starts the service: a database that is up to date, processes that answer, and one that does what can wait."""

import errno
import socket
import subprocess
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from statsbidrag.portal.keeping import at_work
from statsbidrag.portal.signing.setup import read_provider
from statsbidrag.terms.faults import Fault

_WAITING = 2048
_PORTAL = (sys.executable, "-m", "statsbidrag.portal")


def require_free(host: str, port: int) -> None:
    """Raises Fault where another program answers at the port already, or nobody can answer there.

    The server would share the port with the other one, and people would be answered now by one and now by the other.
    """
    where = f"{host}:{port}"
    try:
        kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as asking:
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what was closed just now does not count
            asking.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            remedy = "Stoppa det andra programmet, eller välj en annan port med --port."
            raise Fault(where, "Porten är upptagen.", remedy) from None
        raise Fault(where, "Det går inte att svara på den adressen.", "Välj en annan med --host och --port.") from None


def make_ready() -> None:
    """Brings the database up to date and, in the demonstration, the made-up people and rounds on."""
    django.setup()
    for database in connections:  # the region's house has one of its own
        call_command("migrate", database=database, verbosity=0, skip_checks=database != DEFAULT_DB_ALIAS)
    _refuse_mixture()
    if settings.DEMONSTRATION:
        # In a process of its own: it sets letters, and the press's threads would not follow into those that answer.
        subprocess.run([*_PORTAL, "demonstrate"], check=True)  # noqa: S603  # our own program, and no word from outside
    else:
        read_provider()
    _let_go_of_the_databases()


def serve(host: str, port: int, workers: int) -> None:
    """Answers until it is told to stop; a process that dies is followed by another, and the worker stops with it."""
    with at_work():
        Granian(
            "statsbidrag.portal.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            backlog=_WAITING,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()


def _let_go_of_the_databases() -> None:
    """Closes what was opened here: the processes that answer are copies of this one, and each needs its own."""
    for database in connections.all():
        database.close()
        if isinstance(database, PostgreSQL):
            database.close_pool()


def _refuse_mixture() -> None:
    """Raises Fault where a real service would run on a demonstration's database, or the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM portal_demonstrationclock), (SELECT count(*) FROM portal_person)")
        clocks, people = cursor.fetchone()
    if clocks and not settings.DEMONSTRATION:
        why = "Databasen är en demonstrations, med påhittade personer och en klocka som går att flytta."
        raise Fault("databasen", why, "Ange en egen databas för den riktiga tjänsten.")
    if people and not clocks and settings.DEMONSTRATION:
        why = "Databasen hör till en riktig tjänst; demonstrationen skulle blanda in påhittade uppgifter."
        raise Fault("databasen", why, "Starta demonstrationen med en egen mapp i STATSBIDRAG_DATA.")
