"""Writing: every deed is one transaction, and writers wait in line instead of trying again and again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

# What PostgreSQL's writers wait for; any number that nothing else uses.
_TURN = 20_250_074
# Whether a deed is being done here and now.
_DEED: ContextVar[bool] = ContextVar("a deed", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """One deed: all of it is stored, or nothing.

    SQLite lets one writer in at a time and has the others try again; a lock on a file beside the database lets them
    wait in the order they came. PostgreSQL's wait at a lock of ours, so that what a deed has read still holds when it
    writes. A deed within a deed is part of the outer one.
    """
    if _DEED.get() and connection.in_atomic_block:
        yield
        return
    begun = _DEED.set(True)
    try:
        with _in_line(), transaction.atomic():
            take_turn()
            yield
    finally:
        _DEED.reset(begun)


def take_turn() -> None:
    """Lets one writer at a time build on the chain and the book, until its deed is stored.

    SQLite has only one writer anyway; PostgreSQL's wait for each other at a lock of ours.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


@contextmanager
def _in_line() -> Iterator[None]:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (settings.ENVIRONMENT.data / "writers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
