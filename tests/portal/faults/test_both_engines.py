"""The same on SQLite and on PostgreSQL: what only grows only grows, whoever has the database in hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from portal.faults.conftest import Made
from servers.installation import Installation

TABLES = ("portal_ledgerentry", "portal_diaryentry")
REFUSED = (sqlite3.IntegrityError, psycopg.errors.RaiseException)


@pytest.mark.shows("adm-11")
@pytest.mark.parametrize("table", TABLES)
def test_ledger_and_diary_refuse_to_be_altered_or_emptied(demonstrations: Made, table: str) -> None:
    installation = demonstrations("open")
    before = rows(installation, table)
    assert len(before) > 50
    deeds = [f"UPDATE {table} SET id = id + 1000000", f"DELETE FROM {table}", f"DELETE FROM {table} WHERE id = 1"]
    if installation.environment:
        deeds += [f"TRUNCATE {table} CASCADE", f"UPDATE {table} SET id = id"]
    for deed in deeds:
        with pytest.raises(REFUSED, match="only grows"), opened(installation) as database:
            database.execute(deed)
    assert rows(installation, table) == before


def test_the_other_tables_can_be_altered(demonstrations: Made) -> None:
    installation = demonstrations("open")
    with opened(installation) as database:
        database.execute("UPDATE portal_person SET title = 'prövad'")
    with opened(installation) as database:
        assert {row[0] for row in database.execute("SELECT title FROM portal_person").fetchall()} == {"prövad"}


def rows(installation: Installation, table: str) -> list[Any]:
    """Everything in a table."""
    with opened(installation) as database:
        return list(database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall())


@contextmanager
def opened(installation: Installation) -> Iterator[Any]:
    """The database itself, without the service; what is done is stored where nothing refuses it."""
    url = installation.environment.get("DATABASE_URL", "")
    if url:
        with psycopg.connect(url) as server:
            yield server
        return
    with closing(sqlite3.connect(installation.data / "statsbidrag.sqlite3")) as file, file:
        yield file
