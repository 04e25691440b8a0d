"""Writing: every deed is one transaction, and writers wait in line instead of trying again and again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

# What PostgreSQL's writers wait for; any number that nothing else uses.
_TURN = 20_250_074
# The databases in which a deed is being done here and now.
_DEEDS: ContextVar[frozenset[str]] = ContextVar("deeds", default=frozenset())


@contextmanager
def writing(database: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """One deed: all of it is stored, or nothing.

    SQLite lets one writer in at a time and has the others try again; a lock on a file beside the database lets them
    wait in the order they came. PostgreSQL's wait at a lock of ours, so that what a deed has read still holds when it
    writes. A deed within a deed is part of the outer one. ``database`` is another house's, where it is not our own.
    """
    ours = database in _DEEDS.get()
    if ours and connections[database].in_atomic_block:
        yield
        return
    begun = _DEEDS.set(_DEEDS.get() | {database})
    try:
        # What follows when a deed is stored may be a deed of its own, and the place in line is still ours.
        with nullcontext() if ours else _in_line(database), transaction.atomic(using=database):
            take_turn(database)
            yield
    finally:
        _DEEDS.reset(begun)


def take_turn(database: str = DEFAULT_DB_ALIAS) -> None:
    """Lets one writer at a time build on the chain and the book, until its deed is stored.

    SQLite has only one writer anyway; PostgreSQL's wait for each other at a lock of ours.
    """
    if connections[database].vendor == "postgresql":
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


@contextmanager
def _in_line(database: str) -> Iterator[None]:
    connection = connections[database]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    name = "writers.lock" if database == DEFAULT_DB_ALIAS else f"writers-{database}.lock"
    with (settings.ENVIRONMENT.data / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
